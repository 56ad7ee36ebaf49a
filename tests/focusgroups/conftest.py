from datetime import timedelta

import pytest
from django.utils import timezone

from audits.enums import Area, Role
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
