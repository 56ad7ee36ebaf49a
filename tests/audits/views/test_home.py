from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits import methods
from audits.enums import AuditState, Role
from audits.methods import Deadline, Method, Missing, NextStep, Progress
from tests.factories import (
    AuditFactory,
    CityWalkFactory,
    ContextIndicatorFactory,
    FindingFactory,
    InvitationFactory,
    JudgementFactory,
    MembershipFactory,
    PartnerOrganisationFactory,
    RecommendationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def announce(monkeypatch):
    """Announces methods to the registry for one test; `announce(key, progress=...)`."""
    monkeypatch.setattr(methods, "_methods", {})

    def one(key, *, may_see="see_results", order=1, progress=None):
        methods.register(
            Method(
                key=key,
                name=key.title(),
                icon="signpost-split",
                order=order,
                url=lambda audit: f"/{key}/",
                may_see=may_see,
                progress=(lambda audit, user: progress) if progress else None,
            )
        )

    return one


def home(client, audit):
    return client.get(audit.get_absolute_url())


def text(response):
    return " ".join(response.content.decode().split())


def test_stages_show_what_is_done_and_where_the_audit_stands(audit, sign_in, announce):
    audit.state = AuditState.ANALYSING
    audit.save()
    stages = home(sign_in("viewer"), audit).context["stages"]
    assert [stage["done"] for stage in stages] == [True, True, False, False, False]
    assert [stage["label"] for stage in stages if stage["current"]] == ["Analysing"]


def test_method_announces_itself_with_a_card(audit, sign_in, announce):
    announce(
        "walks",
        progress=Progress(
            "now",
            "41 of 50 sheets in",
            41,
            50,
            missing=(Missing("9 paper sheets are not typed in", "/walks/9/"),),
            link_label="Type in sheets",
            link_url="/walks/type/",
        ),
    )
    page = text(home(sign_in("facilitator"), audit))
    assert 'value="41" max="50" aria-label="Walks: 41 of 50 sheets in"' in page
    assert '<a href="/walks/9/">9 paper sheets are not typed in</a>' in page
    assert "Type in sheets" in page


def test_method_that_is_not_built_is_not_listed(audit, sign_in, announce):
    page = text(home(sign_in("coordinator"), audit))
    assert "Photovoice" not in page


def test_methods_numbers_and_days_are_gathered(audit, sign_in, announce):
    progress = Progress(
        "now",
        "Seven findings",
        by_area={"urban": {"Findings": 7}},
        deadlines=(Deadline(date(2026, 11, 20), "Comment on findings"),),
    )
    announce("agenda", progress=progress)
    response = home(sign_in("partner"), audit)
    assert "Comment on findings" in text(response)
    counts = {one["area"].value: one["counts"] for one in response.context["areas"]}
    assert counts["urban"] == [("Findings", 7)]
    assert counts["vision"] == [("Findings", 0)]
    assert "none yet" in text(response)


def test_method_that_the_role_may_not_see_shows_nothing_at_all(audit, sign_in, announce):
    step = NextStep("Type in 9 paper sheets", "Type in sheets", "/walks/", priority=1)
    announce("walks", may_see="run_walks", progress=Progress("now", "41 of 50", next_step=step))
    for who in ("partner", "viewer"):
        assert "Type in" not in text(home(sign_in(who), audit))
    assert "Type in 9 paper sheets" in text(home(sign_in("facilitator"), audit))


def test_one_next_step_is_the_most_urgent_of_all(audit, sign_in, announce):
    for key, priority in (("desk", 50), ("walks", 5), ("report", 80)):
        step = NextStep(f"Do {key}", "Go", f"/{key}/", priority=priority)
        announce(key, progress=Progress("now", "", next_step=step))
    response = home(sign_in("coordinator"), audit)
    assert response.context["next_step"].text == "Do walks"
    assert "Do desk" not in text(response)
    assert text(response).count("btn-primary") == 1


def test_coordinator_of_a_new_audit_is_led_to_what_is_missing(audit, sign_in, announce):
    response = home(sign_in("coordinator"), audit)
    assert response.context["next_step"].text == "Name the controller of the data"


def test_reader_has_nothing_waiting_and_no_way_into_the_settings(audit, sign_in, announce):
    for who in ("partner", "viewer"):
        page = text(home(sign_in(who), audit))
        assert "Nothing is waiting for you" in page
        assert "/settings/" not in page
        assert "Invite someone" not in page


def test_deadlines_stand_in_order_and_say_how_far_away_they_are(audit, sign_in, announce, time_machine):
    time_machine.move_to("2026-11-21 12:00+02:00")
    days = [
        (date(2026, 12, 1), "Discussion"),
        (date(2026, 11, 18), "Open questions"),
        (date(2026, 11, 21), "Today's walk"),
        (date(2026, 11, 27), "Paper sheets"),
        (date(2026, 11, 20), "Photos"),
    ]
    announce("walks", progress=Progress("now", "", deadlines=tuple(Deadline(*one) for one in days)))
    found = [(due.deadline.text, due.tone, due.words) for due in home(sign_in("viewer"), audit).context["deadlines"]]
    assert found == [
        ("Open questions", "bad", "3 days late"),
        ("Photos", "bad", "1 day late"),
        ("Today's walk", "warn", "today"),
        ("Paper sheets", "warn", "in 6 days"),
        ("Discussion", "", "in 10 days"),
        ("The audit ends", "", "in 3 weeks"),
    ]


def test_published_audit_is_never_late_and_offers_the_follow_up(audit, sign_in, announce, time_machine):
    time_machine.move_to("2027-01-10")
    audit.state = AuditState.PUBLISHED
    audit.save()
    response = home(sign_in("coordinator"), audit)
    assert response.context["deadlines"] == []
    assert "/follow-up/" in text(response)
    assert "/follow-up/" not in text(home(sign_in("partner"), audit))


def test_team_panel_names_members_and_tells_coordinators_who_is_invited(audit, sign_in, announce):
    InvitationFactory(audit=audit, email="amina@bridge.example")
    page = text(home(sign_in("coordinator"), audit))
    assert "The coordinator (you)" in page
    assert "The partner" in page
    assert "amina@bridge.example" in page
    assert "amina@bridge.example" not in text(home(sign_in("partner"), audit))


def test_previous_audit_is_a_link_only_for_its_own_team(audit, people, sign_in, announce):
    audit.previous = AuditFactory(title="Velmora 2023")
    audit.save()
    assert "Velmora 2023" in text(home(sign_in("viewer"), audit))
    assert audit.previous.get_absolute_url() not in text(home(sign_in("viewer"), audit))
    MembershipFactory(audit=audit.previous, user=people["viewer"], role=Role.VIEWER)
    assert audit.previous.get_absolute_url() in text(home(sign_in("viewer"), audit))


def test_days_of_walks_are_deadlines_until_they_are_over(audit, people, sign_in, time_machine):
    time_machine.move_to("2026-10-05 12:00+03:00")
    CityWalkFactory(audit=audit, title="Station Quarter", date=date(2026, 10, 10), facilitator=people["facilitator"])
    CityWalkFactory(audit=audit, title="Old Town", date=date(2026, 10, 1))
    due = home(sign_in("facilitator"), audit).context["deadlines"][0]
    assert (due.deadline.text, due.deadline.who, due.words) == ("City walk “Station Quarter”", "You", "in 5 days")
    page = text(home(sign_in("viewer"), audit))
    assert "The facilitator" in page
    assert "City walk “Old Town”" not in page


def fill(audit, number):
    for _ in range(number):
        MembershipFactory(audit=audit, role=Role.VIEWER)
        InvitationFactory(audit=audit)
        PartnerOrganisationFactory(audit=audit)
        ContextIndicatorFactory(audit=audit, figures={2022: 1, 2023: 2})
        FindingFactory(audit=audit)
        RecommendationFactory(audit=audit)
        CityWalkFactory(audit=audit, facilitator=MembershipFactory(audit=audit).user)
        JudgementFactory(assessed__assessment__audit=audit, verdict="in_place")


def test_home_takes_the_same_queries_at_3_and_at_300_rows(audit, sign_in):
    """With the methods of the project as they announce themselves."""
    client = sign_in("coordinator")
    home(client, audit)
    queries = []
    for more in (3, 297):
        fill(audit, more)
        with CaptureQueriesContext(connection) as captured:
            assert home(client, audit).status_code == 200
        queries.append(len(captured))
    assert queries[0] == queries[1]


def test_home_of_the_room_alone_takes_eight_queries(audit, sign_in, announce):
    client = sign_in("coordinator")
    fill(audit, 3)
    home(client, audit)
    with CaptureQueriesContext(connection) as captured:
        home(client, audit)
    assert len(captured) == 8, [query["sql"][:90] for query in captured]
