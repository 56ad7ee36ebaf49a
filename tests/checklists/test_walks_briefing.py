import pytest
from django.urls import reverse

from audits.agenda.enums import FindingKind
from audits.enums import Area, IndicatorTopic
from audits.models import ContextFigure, ContextIndicator
from checklists.briefing import RESOURCES, SERVICES, STRATEGIES, material_of
from tests.factories import FindingFactory


@pytest.fixture
def team(client, facilitator):
    client.force_login(facilitator)
    return client


@pytest.fixture
def page(walk):
    return reverse("checklists:walk-briefing", args=[walk.audit.slug, walk.uuid])


@pytest.fixture
def filled(walk):
    """An audit that holds something for each part of the briefing."""
    audit = walk.audit
    audit.description = "Velmora together"
    audit.save()
    indicator = ContextIndicator.objects.create(
        audit=audit, topic=IndicatorTopic.TCN, name="TCN with residence", unit="people", source="Ministry"
    )
    for year, value in ((2024, 7020), (2025, 7450)):
        ContextFigure.objects.create(indicator=indicator, year=year, value=value)
    share = ContextIndicator.objects.create(
        audit=audit, topic=IndicatorTopic.ECONOMY, name="Unemployment", unit="%", source="Office"
    )
    ContextFigure.objects.create(indicator=share, year=2025, value="6.2500")
    ContextIndicator.objects.create(audit=audit, topic=IndicatorTopic.TERRITORY, name="Area", unit="km²", source="City")
    for kind, area, text in (
        (FindingKind.ACHIEVEMENT, Area.VISION, "A strategy since 2023"),
        (FindingKind.GOOD_PRACTICE, Area.CIVIC, "Rooms at no charge"),
        (FindingKind.UNUSED_RESOURCE, Area.URBAN, "An empty ground floor"),
        (FindingKind.DEFICIENCY, Area.URBAN, "Dark underpasses"),
    ):
        FindingFactory(audit=audit, kind=kind, area=area, text=text)
    FindingFactory(kind=FindingKind.ACHIEVEMENT, text="Of another audit")
    return audit


def posted(page, client, **texts):
    seen = client.get(page).context["form"]["seen"].value()
    return {"briefing_strategies": "", "briefing_resources": "", "briefing_services": "", "seen": seen, **texts}


def test_material_is_what_the_audit_holds_where_it_belongs(filled, django_assert_num_queries):
    with django_assert_num_queries(3):
        material = material_of(filled)
    texts = {name: [one.text for one in found] for name, found in material.items()}
    assert texts == {
        STRATEGIES: ["Velmora together", "A strategy since 2023"],
        RESOURCES: [
            "TCN with residence: 7,450 people (2025, Ministry)",
            "Unemployment: 6.25 % (2025, Office)",
            "An empty ground floor",
        ],
        SERVICES: ["A strategy since 2023", "Rooms at no charge"],
    }


def test_briefing_is_saved_and_read_on_the_walks_page(team, walk, page):
    response = team.post(page, posted(page, team, briefing_strategies="First line\r\nSecond line"), follow=True)
    walk.refresh_from_db()
    assert walk.briefing_strategies == "First line\nSecond line"
    assert response.redirect_chain[-1][0] == walk.get_absolute_url()


def test_take_over_adds_a_line_and_saves_nothing(team, walk, page, filled):
    key = material_of(filled)[RESOURCES][0].key
    texts = posted(page, team, briefing_resources="Two people\r\n", briefing_services="Typed, not saved")
    response = team.post(page, {**texts, "take": f"briefing_resources:{key}"})
    form = response.context["form"]
    assert form["briefing_resources"].value() == "Two people\nTCN with residence: 7,450 people (2025, Ministry)"
    assert form["briefing_services"].value() == "Typed, not saved"
    assert "Taken over" in response.content.decode()
    walk.refresh_from_db()
    assert walk.briefing_resources == ""


@pytest.mark.parametrize("take", ["briefing_resources:nothing", "join_code:x", ""])
def test_take_over_of_nothing_changes_nothing(team, page, filled, take):
    response = team.post(page, {**posted(page, team, briefing_resources="Two people"), "take": take})
    assert response.context["form"]["briefing_resources"].value() == "Two people"


def test_second_save_at_once_overwrites_nothing_and_shows_both_texts(team, walk, page):
    mine, theirs = posted(page, team, briefing_services="Mine"), posted(page, team, briefing_services="Theirs")
    team.post(page, theirs)
    response = team.post(page, mine)
    content = response.content.decode()
    assert "Mine" in content
    assert "Theirs" in content
    assert "Nothing is lost" in content
    walk.refresh_from_db()
    assert walk.briefing_services == "Theirs"
    again = {**mine, "seen": response.context["form"]["seen"].value()}
    team.post(page, again)
    walk.refresh_from_db()
    assert walk.briefing_services == "Mine"


def test_saving_the_same_text_twice_is_no_conflict(team, page):
    texts = posted(page, team, briefing_services="Same")
    assert team.post(page, texts).status_code == 302
    assert team.post(page, texts).status_code == 302


def test_text_that_is_too_long_is_kept_and_its_length_said(team, walk, page):
    assert "maxlength" not in team.get(page).content.decode().split('id="briefing"')[1]
    response = team.post(page, posted(page, team, briefing_services="x" * 4001))
    said = response.content.decode()
    assert "This text has 4001 characters; at most 4000 are possible. Shorten it." in said
    assert "x" * 4001 in said
    walk.refresh_from_db()
    assert not walk.has_briefing
