"""An activity that is over, with photos of people, sorted and with words, for the tests of results and report."""

from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from audits import images
from audits.enums import PictureKind
from audits.participation.enums import Purpose
from audits.participation.models import Consent
from photovoice.models import Placement, Remark
from tests import factories

CATEGORIES = (
    ("deficiencies", "Deficiencies of the city", ""),
    ("most_common", "Most common", "deficiencies"),
    ("urgent", "Urgent", "deficiencies"),
    ("subtle", "Subtle", "deficiencies"),
    ("achievements", "Achievements of the city", ""),
    ("way_ahead", "The way ahead", ""),
)


def guide():
    """A guide with both themes and all wrap-up categories."""
    made = factories.PhotovoiceGuideFactory()
    factories.PhotoThemeFactory(guide=made, key="friendly", title="Friendly city", position=1)
    factories.PhotoThemeFactory(guide=made, key="improvement", title="Room for improvement", position=2)
    rows = {}
    for position, (key, title, above) in enumerate(CATEGORIES, 1):
        rows[key] = factories.WrapUpCategoryFactory(
            guide=made, key=key, title=title, position=position, parent=rows.get(above)
        )
    return made


def activity(audit, title="Harbour and mills", **fields):
    fields = {"guide": guide(), "state": "closed"} | fields
    return factories.ActivityFactory(audit=audit, title=title, **fields)


def agree(participant, purpose=Purpose.PUBLICATION, *, given=True):
    Consent.objects.create(participant=participant, purpose=purpose, given=given, text_version="1", language="en")


def person(audit, group="", **fields):
    """Somebody who agrees that photos are used and published."""
    found = factories.ParticipantFactory(audit=audit, group=group, **fields)
    for purpose in (Purpose.TAKING_PART, Purpose.PHOTO_USE, Purpose.PUBLICATION):
        agree(found, purpose)
    return found


def drawn(audit, colour, size=(64, 48)):
    """A real picture, taken in by the only way in."""
    image = Image.new("RGB", size, colour)
    width, height = size
    pen = ImageDraw.Draw(image)
    pen.rectangle((width * 0.1, height * 0.45, width * 0.4, height), fill="#d9d2c3")
    pen.ellipse((width * 0.6, height * 0.1, width * 0.85, height * 0.4), fill="#f4e3a1")
    out = BytesIO()
    image.save(out, "JPEG")
    made = images.draw(ContentFile(out.getvalue(), name="photo.jpg"), PictureKind.PHOTO)
    return images.keep(made, audit=audit)


def photo(of, author, category="", theme="improvement", *, rights=True, colour="", size=(64, 48), **fields):
    """A photo of the activity, sorted under the category; `rights` are fields of the ledger, False for none."""
    if colour:
        fields["picture"] = drawn(of.audit, colour, size)
    made = factories.PhotoFactory(
        activity=of,
        participant=author,
        theme=of.guide.themes.get(key=theme) if theme else None,
        **{
            "alt": "A queue before a counter",
            "alt_language": "en",
            "title": "Nine in the morning",
            "text": "One counter is open.",
        }
        | fields,
    )
    if rights:
        stated = rights if isinstance(rights, dict) else {"credit": "Samira O.", "anonymous": False}
        factories.PhotoRightsFactory(photo=made, **stated)
    if category:
        Placement.objects.create(photo=made, category=of.guide.wrap_up_categories.get(key=category))
    return made


def remark(of, category, text, theme="improvement", **fields):
    return Remark.objects.create(
        activity=of,
        category=of.guide.wrap_up_categories.get(key=category),
        theme=of.guide.themes.get(key=theme) if theme else None,
        text=text,
        **fields,
    )


def contest(audit, **fields):
    """A contest whose two weeks are over."""
    now = timezone.now()
    return activity(
        audit, kind="contest", starts=now - timedelta(days=30), ends=now - timedelta(days=16), title="Contest", **fields
    )
