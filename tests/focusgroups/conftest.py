from datetime import timedelta

import pytest
from django.utils import timezone

from audits.enums import Area, Role, StakeholderGroup
from audits.participation.consent import TEXT_VERSION
from audits.participation.enums import Purpose
from focusgroups.actions.questions import copy_questions
from focusgroups.models import Topic
from tests import factories


@pytest.fixture
def audit(db):
    return factories.AuditFactory()


@pytest.fixture
def member(audit):
    """Makes a member of the audit's team in a role."""

    def make(role=Role.FACILITATOR, **user):
        return factories.MembershipFactory(audit=audit, role=role, user=factories.UserFactory(**user)).user

    return make


@pytest.fixture
def desk(client, member):
    """The browser of somebody who runs focus groups, past the first request of a session."""
    client.force_login(member())
    client.get("/help/")
    return client


# Planning -------------------------------------------------------------------------------------------------


@pytest.fixture
def guide(db):
    """A guide with two questions on services and two on participation, one of them answered on levels."""
    guide = factories.DiscussionGuideFactory(purpose="We hear what people think.", planning="Invite early.")
    topics = enumerate(("Who lives here", "Services"))
    Topic.objects.bulk_create(Topic(guide=guide, key=f"topic-{n}", position=n, text=text) for n, text in topics)
    texts = {
        "vision-1": "What is the situation in our city?",
        "vision-2": "Which services are there?",
        "civic-1": "Are people involved in public life?",
        "civic-2": "How do you assess inclusion?",
    }
    for place, (key, text) in enumerate(texts.items(), start=1):
        question = factories.DiscussionQuestionFactory(
            guide=guide, key=key, text=text, position=place, area=Area(key.split("-")[0])
        )
    factories.InclusionLevelFactory(question=question, key="low", title="Low", text="Some steps.")
    return guide


@pytest.fixture
def group(audit, guide):
    """A planned group with the guide's questions."""
    group = factories.FocusGroupFactory(
        audit=audit, guide=guide, title="Old Harbour", moderator="Mila Horak", topics="Housing\nWork", minutes=105
    )
    copy_questions(group=group)
    return group


# The session ----------------------------------------------------------------------------------------------


@pytest.fixture
def session(audit):
    """A group at the table: two questions, the second answered on levels, and three taken seats."""
    group = factories.FocusGroupFactory(audit=audit, title="Old Harbour", date=timezone.localdate())
    factories.SessionQuestionFactory(group=group, area=Area.VISION, text="How is the city doing?")
    source = factories.DiscussionQuestionFactory(guide=group.guide, key="civic-3", area=Area.CIVIC)
    for level in ("none", "low", "medium", "high"):
        factories.InclusionLevelFactory(question=source, key=level, title=level.title())
    factories.SessionQuestionFactory(group=group, area=Area.CIVIC, text="How included are people?", source=source)
    for number, stakeholder in enumerate(("migrants", "ngo", "schools"), start=1):
        person = factories.ParticipantFactory(audit=audit, group=StakeholderGroup(stakeholder))
        factories.SeatFactory(group=group, number=number, participant=person)
    return group


# Analysis -------------------------------------------------------------------------------------------------


@pytest.fixture
def noted(audit):
    """A group of the audit that has been held, with notes to be added to it."""
    return factories.FocusGroupFactory(audit=audit, title="Harbour")


@pytest.fixture
def seat(noted):
    """Makes a seat of the group that somebody took; `quotes` is what they said of being quoted, None for nothing."""

    def make(own=StakeholderGroup.MIGRANTS, *, group=noted, quotes=True):
        made = factories.SeatFactory(group=group, participant__group=own)
        if quotes is not None:
            made.participant.consents.create(
                purpose=Purpose.QUOTATION, given=quotes, text_version=TEXT_VERSION, language="en"
            )
        return made

    return make


# Inviting -------------------------------------------------------------------------------------------------


@pytest.fixture
def ahead(group):
    """The group, a month from now."""
    group.date = timezone.localdate() + timedelta(days=30)
    group.save(update_fields=["date"])
    return group


@pytest.fixture
def invitee(ahead):
    return factories.InviteeFactory(group=ahead, name="Amal Haddad", email="amal@forum.example")
