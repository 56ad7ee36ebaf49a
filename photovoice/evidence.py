"""Photos as evidence, each by its UUID. Captions are kept in links that the whole team reads, so they hold number and
theme, never the author's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from audits.agenda.models import EvidenceLink
from audits.methods import Evidence, Reference, files_showing
from audits.models import Audit, User
from audits.permissions import Ability, may

from .models import Photo

KEY = "photovoice"
PHOTO = "photo"


def resolve(references: Collection[Reference], user: User) -> dict[Reference, Evidence]:
    """What the references show now, without what is gone, does not count, or is not for the user: photos are for those
    who run photovoice."""
    wanted = {reference.source for reference in references if reference.type == PHOTO}
    found = dict(_photos(Photo.objects.counting().filter(uuid__in=wanted), user)) if wanted else {}
    return {reference: found[reference] for reference in references if reference in found}


def evidence_choices(audit: Audit, user: User) -> list[tuple[Reference, Evidence]]:
    """The photos of the audit that a finding or judgement can be linked to by hand."""
    return list(_photos(Photo.objects.counting().filter(activity__audit=audit), user))


def _photos(rows: QuerySet[Photo], user: User) -> Iterable[tuple[Reference, Evidence]]:
    for photo in rows.select_related("theme").prefetch_related("activity__audit"):
        audit = photo.activity.audit
        if not may(user, Ability.RUN_PHOTOVOICE, audit):
            continue
        caption = _("%(activity)s, photo %(number)s") % {"activity": photo.activity.title, "number": photo.number}
        if photo.theme:
            caption = f"{caption}: {photo.theme.title}"
        yield Reference(KEY, PHOTO, photo.uuid), Evidence(caption, photo.get_absolute_url(), audit=audit.pk)


@dataclass(frozen=True)
class Use:
    """What rests on a photo or shows it: what kind of thing it is, its own words, and where it can be read."""

    kind: str
    name: str
    url: str


def uses_of(photo: Photo, user: User) -> list[Use]:
    """Everything that rests on the photo, as findings and judgements, and files that show it and the user may see."""
    links = EvidenceLink.objects.filter(app=KEY, type=PHOTO, source=photo.uuid).order_by("holder_type", "holder_id")
    holders = [link.holder for link in links.prefetch_related("holder") if link.holder]
    files = files_showing(photo.activity.audit, photo.picture.uuid, user)
    return [
        *(Use(capfirst(one._meta.verbose_name), str(one), one.get_absolute_url()) for one in holders),
        *(Use(_("File"), name, url) for name, url in files),
    ]
