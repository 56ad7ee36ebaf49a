from datetime import UTC, date, datetime, time

import factory

from audits.enums import Area, TargetGroup
from focusgroups.enums import GroupKind
from focusgroups.models import (
    Code,
    Coding,
    DiscussionGuide,
    FocusGroup,
    InclusionLevel,
    Invitee,
    Note,
    Question,
    Seat,
    SessionQuestion,
)
from focusgroups.models import TargetGroup as GuideTargetGroup

from .audits import AuditFactory, UserFactory
from .instruments import InstrumentFactory
from .participation import ParticipantFactory


class DiscussionGuideFactory(InstrumentFactory):
    class Meta:
        model = DiscussionGuide

    code = factory.Sequence(lambda n: f"discussion-{n}")
    version = "1"
    origin = "original"
    title = "Focus group guide"
    source_title = "A toolkit"
    authoring = "Its authors"


class DiscussionQuestionFactory(InstrumentFactory):
    class Meta:
        model = Question

    guide = factory.SubFactory(DiscussionGuideFactory)
    key = factory.Sequence(lambda n: f"question-{n}")
    area = Area.VISION
    text = factory.Sequence(lambda n: f"What do you think of matter {n}?")
    position = factory.Sequence(int)


class InclusionLevelFactory(InstrumentFactory):
    class Meta:
        model = InclusionLevel

    question = factory.SubFactory(DiscussionQuestionFactory)
    key = factory.Sequence(lambda n: f"level-{n}")
    title = factory.Sequence(lambda n: f"Level {n}")
    text = "What it means."
    position = factory.Sequence(int)


class GuideTargetGroupFactory(InstrumentFactory):
    class Meta:
        model = GuideTargetGroup

    guide = factory.SubFactory(DiscussionGuideFactory)
    key = TargetGroup.NGOS
    text = "NGOs"
    position = factory.Sequence(int)


class FocusGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FocusGroup

    audit = factory.SubFactory(AuditFactory)
    guide = factory.SubFactory(DiscussionGuideFactory)
    title = factory.Sequence(lambda n: f"Group {n}")
    kind = GroupKind.MIXED
    date = date(2026, 10, 10)
    starts_at = time(17, 0)
    venue = "Community centre, room 2"


class SessionQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SessionQuestion

    group = factory.SubFactory(FocusGroupFactory)
    area = Area.VISION
    text = factory.Sequence(lambda n: f"How is matter {n} going?")
    position = factory.Sequence(int)


class InviteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitee

    group = factory.SubFactory(FocusGroupFactory)
    name = factory.Sequence(lambda n: f"Invitee {n}")
    organisation = "An organisation"
    email = factory.Sequence(lambda n: f"invitee-{n}@example.org")
    target_group = TargetGroup.NGOS


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    group = factory.SubFactory(FocusGroupFactory)
    participant = factory.SubFactory(ParticipantFactory, audit=factory.SelfAttribute("..group.audit"))
    number = factory.Sequence(lambda n: n + 1)


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Note

    group = factory.SubFactory(FocusGroupFactory)
    question = factory.SubFactory(SessionQuestionFactory, group=factory.SelfAttribute("..group"))
    text = factory.Sequence(lambda n: f"They say thing {n}.")
    noted_at = factory.Sequence(lambda n: datetime(2026, 10, 10, 17, n // 60 % 60, n % 60, tzinfo=UTC))


class CodeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Code

    audit = factory.SubFactory(AuditFactory)
    name = factory.Sequence(lambda n: f"Idea {n}")


class CodingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Coding

    note = factory.SubFactory(NoteFactory)
    code = factory.SubFactory(CodeFactory, audit=factory.SelfAttribute("..note.group.audit"))
    coder = factory.SubFactory(UserFactory)
    start = 0
    end = 9
    quote = factory.LazyAttribute(lambda coding: coding.note.text[coding.start : coding.end])
