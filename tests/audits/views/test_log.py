"""The page "Who has seen and taken what"."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audits.actions import log_access
from audits.enums import Act, Personal
from audits.models import AccessEntry
from tests.factories import ActivityFactory, CityWalkFactory, FocusGroupFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(audit, sign_in):
    """The page as the coordinator reads it."""
    client = sign_in("coordinator")

    def read(**query):
        response = client.get(f"/audits/{audit.slug}/team/log/", query)
        assert response.status_code == 200
        return response

    return read


def rows(response):
    return [(entry.kind, str(belongs_to or "")) for entry, belongs_to in response.context["rows"]]


def saw(audit, user, kind=Personal.NOTES, act=Act.VIEWED, of=None):
    log_access(audit=audit, by=user, act=act, kind=kind, of=of)


def test_tells_who_did_what_with_what_latest_first(audit, people, page):
    saw(audit, people["facilitator"], of=FocusGroupFactory(audit=audit, title="NGOs"))
    saw(audit, None, Personal.HELD, Act.EXPORTED)
    response = page()
    # Of a participant only the day is known.
    assert rows(response) == [("notes", "NGOs"), ("held", "")]
    text = response.content.decode()
    for words in ("The facilitator", "Facilitator", "Notes of focus groups", "A participant", "Exported"):
        assert words in text


def test_shows_own_audit_alone(people, page):
    elsewhere = MembershipFactory()
    saw(elsewhere.audit, elsewhere.user)
    response = page(person=elsewhere.user.pk)
    assert rows(response) == []
    assert str(elsewhere.user) not in response.content.decode()


def test_is_narrowed_by_kind_and_person(audit, people, page):
    saw(audit, people["facilitator"])
    saw(audit, people["researcher"], Personal.STAKEHOLDERS)
    saw(audit, None, Personal.HELD)
    assert rows(page(kind="notes")) == [("notes", "")]
    assert rows(page(person=people["researcher"].pk)) == [("stakeholders", "")]
    assert rows(page(person="participant")) == [("held", "")]
    assert rows(page(kind="notes", person="participant")) == []
    assert len(rows(page(kind="nonsense", person="nobody"))) == 3


def test_line_outlives_its_person_and_what_it_names(audit, people, page):
    group = FocusGroupFactory(audit=audit, title="NGOs")
    saw(audit, people["facilitator"], of=group)
    group.delete()
    people["facilitator"].delete()
    text = page().content.decode()
    assert "Account deleted" in text
    assert "Facilitator" in text
    assert "Deleted since" in text


def test_takes_the_same_queries_for_3_lines_and_for_30(audit, people, page):
    queries = []
    for number in (1, 9):
        for _ in range(number):
            for of in (FocusGroupFactory, CityWalkFactory, ActivityFactory):
                saw(audit, MembershipFactory(audit=audit).user, of=of(audit=audit))
        page()
        with CaptureQueriesContext(connection) as captured:
            page()
        queries.append(len(captured))
    assert queries == [10, 10], "session, user, audit, role, people, count, lines, groups, walks, activities"


def test_long_log_has_pages(audit, people, page):
    AccessEntry.objects.bulk_create(AccessEntry(audit=audit, act=Act.VIEWED, kind=Personal.NOTES) for _ in range(51))
    assert len(rows(page())) == 50
    assert len(rows(page(page=2))) == 1


def test_administration_shows_it_and_changes_nothing(audit, people, client):
    saw(audit, people["facilitator"])
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    changelist = reverse("admin:audits_accessentry_changelist")
    assert "The facilitator" in client.get(changelist).content.decode()
    entry = AccessEntry.objects.get()
    assert client.get(reverse("admin:audits_accessentry_change", args=[entry.pk])).status_code == 200
    assert client.post(reverse("admin:audits_accessentry_delete", args=[entry.pk])).status_code == 403
    assert client.get(reverse("admin:audits_accessentry_add")).status_code == 403
