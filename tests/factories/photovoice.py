from datetime import UTC, datetime

import factory

from audits.enums import PictureKind
from photovoice.enums import ActivityState, AllowedUse, GivenBy, VisiblePeople
from photovoice.models import (
    Activity,
    CaptionTranslation,
    Photo,
    PhotoRights,
    PhotovoiceGuide,
    Remark,
    Theme,
    WrapUpCategory,
)

from .audits import AuditFactory, PictureFactory
from .instruments import InstrumentFactory
from .participation import ParticipantFactory


class PhotovoiceGuideFactory(InstrumentFactory):
    class Meta:
        model = PhotovoiceGuide

    code = factory.Sequence(lambda n: f"photovoice-{n}")
    version = "1"
    origin = "original"
    title = "Photovoice guide"
    source_title = "A toolkit"
    authoring = "Its authors"


class PhotoThemeFactory(InstrumentFactory):
    class Meta:
        model = Theme

    guide = factory.SubFactory(PhotovoiceGuideFactory)
    key = factory.Sequence(lambda n: f"theme-{n}")
    title = factory.Sequence(lambda n: f"Theme {n}")
    text = "What belongs to it."
    position = factory.Sequence(int)


class WrapUpCategoryFactory(InstrumentFactory):
    class Meta:
        model = WrapUpCategory

    guide = factory.SubFactory(PhotovoiceGuideFactory)
    key = factory.Sequence(lambda n: f"category-{n}")
    title = factory.Sequence(lambda n: f"Category {n}")
    position = factory.Sequence(int)


class ActivityFactory(factory.django.DjangoModelFactory):
    """A collective activity that is open, and was held on a fixed day."""

    class Meta:
        model = Activity

    audit = factory.SubFactory(AuditFactory)
    guide = factory.SubFactory(PhotovoiceGuideFactory)
    title = factory.Sequence(lambda n: f"Activity {n}")
    starts = datetime(2026, 10, 10, 10, tzinfo=UTC)
    ends = datetime(2026, 10, 10, 13, tzinfo=UTC)
    meeting_point = "Town hall"
    final_point = "Library"
    state = ActivityState.OPEN


class PhotoFactory(factory.django.DjangoModelFactory):
    """A photo of a participant whose picture is none; `PhotoRightsFactory` gives it rights."""

    class Meta:
        model = Photo

    activity = factory.SubFactory(ActivityFactory)
    participant = factory.SubFactory(ParticipantFactory, audit=factory.SelfAttribute("..activity.audit"))
    picture = factory.SubFactory(
        PictureFactory,
        audit=factory.SelfAttribute("..activity.audit"),
        kind=PictureKind.PHOTO,
        width=1600,
        height=1200,
    )
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Photo {n}")
    text = "What I see here."


class PhotoRightsFactory(factory.django.DjangoModelFactory):
    """A complete statement: own photo, for all that earns no money, without a name, nobody visible."""

    class Meta:
        model = PhotoRights

    photo = factory.SubFactory(PhotoFactory)
    declared = True
    use = AllowedUse.ALL
    anonymous = True
    people = VisiblePeople.NONE
    given_by = GivenBy.PARTICIPANT
    text_version = "photo-2026-1"
    language = "en"


class RemarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Remark

    activity = factory.SubFactory(ActivityFactory)
    category = factory.SubFactory(WrapUpCategoryFactory, guide=factory.SelfAttribute("..activity.guide"))
    text = factory.Sequence(lambda n: f"What was said {n}.")


class CaptionTranslationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaptionTranslation

    photo = factory.SubFactory(PhotoFactory)
    language = "bg"
    title = "Заглавие"
