from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits.enums import AuditState, Role
from audits.models import Audit, City
from tests.factories import AuditFactory, CityFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PERIOD = {"title": "Audit 2026", "starts_on": "2026-03-01", "ends_on": "2026-12-18", "language": "en"}


def test_list_shows_the_own_audits_alone_with_role_and_stage(client, people, audit, sign_in):
    AuditFactory(title="Somebody else's")
    page = sign_in("partner").get("/").content.decode()
    assert "Velmora 2026" in page
    assert "Partner" in page
    assert "Preparing" in page
    assert "Somebody else's" not in page


def test_list_before_the_first_audit_says_how_to_begin(sign_in):
    page = sign_in("nobody").get("/").content.decode()
    assert "No audits yet" in page
    assert "/audits/new/" in page


def test_reviewer_is_told_that_nothing_is_shared_yet(audit, sign_in):
    page = sign_in("reviewer").get("/").content.decode()
    assert "Nothing is shared with you yet." in page
    assert f'href="{audit.get_absolute_url()}"' not in page


def test_list_asks_for_sign_in(client):
    assert client.get("/")["Location"].startswith("/accounts/login/")


def test_list_takes_the_same_queries_for_1_for_3_and_for_300_audits(people, sign_in):
    user, queries = people["outsider"], []
    client = sign_in("outsider")
    client.get("/")
    for number in (1, 3, 300):
        while user.memberships.count() < number:
            MembershipFactory(user=user, role=Role.VIEWER)
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get("/").context["object_list"]) == number
        queries.append(len(captured))
    assert queries == [3, 3, 3], "session, user, audits"


def test_create_opens_an_audit_with_a_new_city(people, sign_in):
    city = {"city_name": "Halberg", "authority": "City of Halberg", "country": "DE"}
    response = sign_in("nobody").post("/audits/new/", {**PERIOD, **city})
    audit = Audit.objects.get(title="Audit 2026")
    assert response["Location"] == audit.get_absolute_url()
    assert audit.city == City.objects.get(name="Halberg")
    assert audit.memberships.get().user == people["nobody"]
    assert audit.memberships.get().role == Role.COORDINATOR


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("coordinator", ["Free", "Velmora"]),
        ("facilitator", ["Free", "Velmora"]),
        ("reviewer", ["Free"]),
        ("nobody", ["Free"]),
        ("platform", ["Free", "Halberg", "Velmora"]),
    ],
)
def test_next_audit_of_a_city_is_opened_by_its_team_or_the_platform(audit, people, client, person, offered):
    theirs = AuditFactory(city__name="Halberg").city
    known = {audit.city, theirs, CityFactory(name="Free")}
    user = people.get(person) or UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    choices = client.get("/audits/new/").context["form"].fields["city"].queryset
    assert [city.name for city in choices if city in known] == offered
    response = client.post("/audits/new/", {**PERIOD, "city": theirs.pk})
    if person == "platform":
        assert response.status_code == 302
    else:
        assert "Ask its coordinator to invite you" in response.content.decode()
        assert theirs.audits.count() == 1


def test_create_with_a_mistake_keeps_what_was_typed_and_writes_nothing(sign_in):
    before = City.objects.count(), Audit.objects.count()
    data = {**PERIOD, "city_name": "Halberg", "authority": "City of Halberg", "country": "DE", "ends_on": "2020-01-01"}
    response = sign_in("nobody").post("/audits/new/", data)
    page = response.content.decode()
    assert "The last day is before the first day." in page
    assert 'value="City of Halberg"' in page
    assert (City.objects.count(), Audit.objects.count()) == before


def test_create_asks_for_sign_in(client):
    assert client.get("/audits/new/")["Location"].startswith("/accounts/login/")


def settings_data(audit, **changes):
    return {**PERIOD, "title": audit.title, "state": audit.state, "version": audit.version, **changes}


def settings_url(audit):
    return f"/audits/{audit.slug}/settings/"


def test_settings_save_all_fields_and_the_stage(audit, sign_in):
    values = {
        "title": "Velmora again",
        "starts_on": "2026-04-01",
        "ends_on": "2026-11-01",
        "language": "hr",
        "other_languages": ["en", "ar"],
        "description": "Project",
        "authors": "Irena\nPetra",
        "disclaimer": "Not theirs",
        "controller": "City, City Square 1",
        "state": "collecting",
    }
    response = sign_in("coordinator").post(settings_url(audit), settings_data(audit, **values))
    assert response.status_code == 302
    audit.refresh_from_db()
    assert (audit.starts_on, audit.ends_on) == (date(2026, 4, 1), date(2026, 11, 1))
    assert audit.state == AuditState.COLLECTING
    for field in ("title", "language", "other_languages", "description", "authors", "disclaimer", "controller"):
        assert getattr(audit, field) == values[field]


def test_stale_settings_are_shown_beside_the_saved_ones_and_saved_on_the_second_try(audit, sign_in):
    client = sign_in("coordinator")
    opened = settings_data(audit)
    client.post(settings_url(audit), {**opened, "authors": "Petra Kolar"})
    response = client.post(settings_url(audit), {**opened, "authors": "Irena Vidal"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody saved the settings while you were writing." in page
    assert "Petra Kolar" in page
    assert "Irena Vidal" in page
    audit.refresh_from_db()
    assert audit.authors == "Petra Kolar"

    again = {**opened, "authors": "Irena Vidal", "version": response.context["form"]["version"].value()}
    assert client.post(settings_url(audit), again).status_code == 302
    audit.refresh_from_db()
    assert audit.authors == "Irena Vidal"


def test_settings_with_a_mistake_show_the_saved_title_in_the_pages_head(audit, sign_in):
    data = settings_data(audit, title="Not saved yet", ends_on="2020-01-01")
    response = sign_in("coordinator").post(settings_url(audit), data)
    page = response.content.decode()
    assert "The last day is before the first day." in page
    assert 'value="Not saved yet"' in page
    assert "Audit: Velmora 2026" in page


def test_city_that_was_opened_meanwhile_is_refused_beside_its_field(sign_in, monkeypatch):
    """Two forms were valid at the same moment."""
    AuditFactory(city=CityFactory(name="Velmora", country="HR"))
    monkeypatch.setattr("audits.forms.audits.fold", lambda name: f"{name} as it stood a moment ago")
    data = {**PERIOD, "city_name": "Velmora", "authority": "Municipality", "country": "HR"}
    client, before = sign_in("nobody"), Audit.objects.count()
    assert "This city has an audit with a team of its own." in client.post("/audits/new/", data).content.decode()
    assert Audit.objects.count() == before


def test_disclaimer_is_taken_over_by_a_button_that_saves_nothing(audit, sign_in):
    data = settings_data(audit, suggest="1", controller="Typed before")
    page = sign_in("coordinator").post(settings_url(audit), data).content.decode()
    assert "Typed before" in page
    assert page.count("The European Commission does not accept any responsibility") == 2
    audit.refresh_from_db()
    assert audit.disclaimer == ""


def test_follow_up_opens_the_next_audit_with_the_team(audit, people, sign_in):
    response = sign_in("coordinator").post(
        f"/audits/{audit.slug}/follow-up/",
        {"title": "Velmora 2029", "starts_on": "2029-01-01", "ends_on": "2029-12-01"},
    )
    following = Audit.objects.get(title="Velmora 2029")
    assert response["Location"] == following.get_absolute_url()
    assert following.previous == audit
    assert following.memberships.count() == audit.memberships.count()


def test_follow_up_names_the_team_that_is_taken_over(audit, sign_in):
    page = sign_in("coordinator").get(f"/audits/{audit.slug}/follow-up/").content.decode()
    assert "The researcher (Researcher)" in page


@pytest.mark.parametrize("what", ["new city", "follow-up"])
def test_audit_is_opened_once_however_often_the_button_is_pressed(what, audit, people, sign_in):
    address = "/audits/new/" if what == "new city" else f"/audits/{audit.slug}/follow-up/"
    client = sign_in("coordinator")
    page = client.get(address)
    city = {"city_name": "Halberg", "authority": "City of Halberg", "country": "DE"} if what == "new city" else {}
    period = {**PERIOD, "starts_on": "2026-03-02"}
    sent = {**period, **city, "uuid": str(page.context["form"]["uuid"].value())}
    assert f'value="{sent["uuid"]}"' in page.content.decode()
    addresses = {client.post(address, sent)["Location"] for _press in range(2)}
    assert addresses == {Audit.objects.get(title="Audit 2026").get_absolute_url()}


def test_identifier_of_somebody_elses_audit_opens_a_new_one(audit, people, sign_in):
    other = AuditFactory()
    city = {"city_name": "Halberg", "authority": "City of Halberg", "country": "DE"}
    response = sign_in("coordinator").post("/audits/new/", {**PERIOD, **city, "uuid": str(other.uuid)})
    assert response["Location"] == Audit.objects.get(title="Audit 2026").get_absolute_url()
    assert Audit.objects.get(title="Audit 2026").uuid != other.uuid
