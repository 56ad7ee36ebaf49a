"""The city, its team, and both audits."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from audits import images
from audits.actions import IndicatorRow, add_partner, create_audit, invite, save_context, start_follow_up
from audits.enums import AuditState, Role
from audits.models import Audit, City, Membership, User
from checklists.models import Checklist

from .. import story
from . import walks


def user(email: str, name: str, organisation: str = "", **flags: bool) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, story.PASSWORD, name=name, organisation=organisation, **flags)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def previous_audit(checklist: Checklist, coordinator: User, people: dict[str, User]) -> Audit:
    city = City(**story.CITY)
    audit = create_audit(city=city, language=story.AUDIT["language"], by=coordinator, **story.PREVIOUS)
    for role, email, _name, _organisation in story.TEAM:
        if role == Role.FACILITATOR:
            Membership.objects.create(audit=audit, user=people[email], role=role)
    for field in ("authors", "controller", "disclaimer", "description"):
        setattr(audit, field, story.AUDIT[field])
    audit.state = AuditState.PUBLISHED
    audit.save()
    plan = story.WALK_BEFORE
    walk = walks.plan(audit, checklist, plan, people)
    walks.sheets(walk, plan, story.TARGET_BEFORE, people)
    walks.close(walk)
    return audit


def audit(before: Audit, coordinator: User, people: dict[str, User]) -> Audit:
    dates = {field: story.AUDIT[field] for field in ("title", "starts_on", "ends_on")}
    audit = start_follow_up(previous=before, by=coordinator, **dates)
    for field in ("other_languages", "description", "authors", "controller", "disclaimer"):
        setattr(audit, field, story.AUDIT[field])
    audit.state = AuditState.REPORTING
    audit.save()
    for role, email, _name, _organisation in story.TEAM:
        Membership.objects.update_or_create(audit=audit, user=people[email], defaults={"role": role})
    email, role = story.OPEN_INVITATION
    invite(audit=audit, email=email, role=role, by=coordinator)
    for place, name in enumerate(story.PARTNERS):
        logo = images.draw(ContentFile(_logo(place), name="logo.png"), images.PictureKind.LOGO)
        add_partner(audit=audit, name=name, logo=logo)
    rows = [
        IndicatorRow(
            topic=topic,
            name=name,
            unit=unit,
            source=source,
            figures={year: Decimal(str(value)) for year, value in zip(story.YEARS, values, strict=True)},
        )
        for topic, name, unit, source, values in story.CONTEXT
    ]
    save_context(audit=audit, rows=rows, version=audit.context_version, by=coordinator)
    audit.refresh_from_db()
    return audit


def _logo(place: int) -> bytes:
    """A plain mark drawn for the demo: shield, circle, bridge, blocks."""
    image = Image.new("RGB", (320, 320), "white")
    draw = ImageDraw.Draw(image)
    ink = "#1f3a5f"
    if place == 0:
        draw.polygon([(60, 40), (260, 40), (260, 190), (160, 290), (60, 190)], fill=ink)
        draw.polygon([(100, 180), (160, 100), (220, 180)], fill="white")
    elif place == 1:
        draw.ellipse([40, 40, 280, 280], outline=ink, width=22)
        draw.line([160, 90, 160, 230], fill=ink, width=22)
        draw.line([90, 160, 230, 160], fill=ink, width=22)
    elif place == 2:
        draw.arc([40, 90, 280, 330], 180, 360, fill=ink, width=22)
        draw.line([30, 210, 290, 210], fill=ink, width=22)
    else:
        draw.rectangle([50, 60, 140, 260], fill=ink)
        draw.rectangle([170, 140, 270, 260], outline=ink, width=18)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
