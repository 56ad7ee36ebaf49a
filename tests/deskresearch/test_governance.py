import pytest

from deskresearch import governance
from deskresearch.enums import GovernanceLevel
from deskresearch.models import Institution, Research
from tests import factories
from tests.deskresearch.pages import to, words_of

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def city(audit):
    """A council, a deputy mayor with a TCN mandate, a department, an NGO, a forum that is missing."""
    council = factories.InstitutionFactory(audit=audit, name="City Council", level="decide", note="Committee")
    deputy = factories.InstitutionFactory(
        audit=audit, name="Deputy Mayor", level="decide", position=1, tcn_mandate="yes", reports_to=council
    )
    housing = factories.InstitutionFactory(audit=audit, name="Housing", tcn_mandate="no", reports_to=deputy)
    ngos = factories.InstitutionFactory(audit=audit, name="NGOs", level="consult", kind="ngo")
    factories.InstitutionFactory(audit=audit, name="TCN forum", level="consult", kind="body", exists=False, position=1)
    standing = factories.PartnershipFactory(audit=audit, title="Case conference", standing=True)
    standing.institutions.set([ngos, housing])
    factories.PartnershipFactory(audit=audit, title="One project").institutions.set([ngos])
    factories.PartnershipFactory(audit=audit, title="Planned", standing=True, exists=False).institutions.set([ngos])
    return audit


def parts(audit):
    return list(audit.institutions.in_order()), list(audit.partnerships.prefetch_related("institutions"))


def test_levels_name_what_each_row_shows(city):
    levels = governance.levels(*parts(city))
    assert [level.level for level in levels] == list(GovernanceLevel)
    shown = [[(box.name, box.exists, box.tcn, box.reports_to, box.cooperates) for box in one.boxes] for one in levels]
    assert shown == [
        [("City Council", True, "", "", ()), ("Deputy Mayor", True, "Yes", "City Council", ())],
        [("Housing", True, "No", "Deputy Mayor", ("Case conference",))],
        [("NGOs", True, "", "", ("Case conference",)), ("TCN forum", False, "", "", ())],
    ]


def test_fill_tells_how_far_a_body_has_a_mandate(city):
    for name, rating in (("NGOs", "partly"), ("City Council", "unknown"), ("TCN forum", "yes")):
        city.institutions.filter(name=name).update(tcn_mandate=rating)
    drawn = governance.diagram(*parts(city))
    assert {body.name: body.style for tier in drawn.tiers for body in tier.bodies} == {
        "City Council": "",
        "Deputy Mayor": "full",
        "Housing": "",
        "NGOs": "part",
        "TCN forum": "missing",
    }


def test_lines_lead_to_the_superior_on_any_level_and_to_partners_on_others(city):
    housing, council = city.institutions.get(name="Housing"), city.institutions.get(name="City Council")
    factories.InstitutionFactory(audit=city, name="Desk", position=9, reports_to=housing)
    council.reports_to = housing
    council.save()
    drawn = governance.diagram(*parts(city))
    names = {body.key: body.name for tier in drawn.tiers for body in tier.bodies}
    assert {(names[one.below], names[one.above], one.kind) for one in drawn.lines} == {
        ("City Council", "Housing", "reports"),
        ("Deputy Mayor", "City Council", "reports"),
        ("Housing", "Deputy Mayor", "reports"),
        ("Desk", "Housing", "reports"),
        ("NGOs", "Housing", "works"),
    }


def test_round_table_of_the_whole_city_is_named_and_not_drawn(city):
    members = [factories.InstitutionFactory(audit=city, level=level, position=9) for level in ["decide", "consult"] * 4]
    round_table = factories.PartnershipFactory(audit=city, title="City round table", standing=True)
    round_table.institutions.set(members)
    drawn = governance.diagram(*parts(city), source="Interviews.")
    assert {line.kind for line in drawn.lines if str(members[0].uuid) in (line.above, line.below)} == set()
    assert drawn.source.startswith("Interviews. ")
    assert "City round table" in drawn.source
    assert "City round table" in str(governance.levels(*parts(city)))


def test_superior_that_is_not_in_the_list_is_left_out():
    one = Institution(pk=4, name="Housing", level="deliver", reports_to_id=9)
    assert governance.levels([one], [])[1].boxes[0].reports_to == ""
    assert governance.diagram([one], []).lines == ()


def test_page_draws_what_the_report_draws_and_says_it_in_a_table(city, desk):
    page = desk.get(to("governance", city))
    assert "Housing reports to Deputy Mayor" in page.content.decode()
    assert '<div class="body full">' in page.content.decode()
    words = words_of(page)
    diagram, _, table = words.partition("The same in a table")
    for expected in ("TCN mandate", "missing", "no TCN mandate, or not known", "Consult"):
        assert expected in diagram
    for expected in ("Housing Deliver No Deputy Mayor Case conference", "TCN forum Missing"):
        assert expected in table
    assert "One project" not in words


def test_page_reads_any_number_of_institutions_with_the_same_queries(audit, guide, desk, django_assert_max_num_queries):
    counts = []
    for total in (3, 300):
        for _ in range(total - audit.institutions.count()):
            one = factories.InstitutionFactory(audit=audit, reports_to=audit.institutions.first())
            factories.PartnershipFactory(audit=audit, standing=True).institutions.add(one)
        with django_assert_max_num_queries(20) as captured:
            desk.get(to("governance", audit))
        counts.append(len(captured))
    assert counts == [9, 9]


def test_reading_begins_no_research_and_the_first_save_does(audit, guide, desk, researcher):
    page = desk.get(to("governance", audit))
    assert 'name="version" value="1"' in page.content.decode()
    assert not Research.objects.exists()
    response = desk.post(to("governance", audit), {"strengths": "Four posts", "weaknesses": "", "version": 1}, **JSON)
    assert response.json()["version"] == 2
    research = Research.objects.get()
    assert (research.guide, research.strengths, research.changed_by) == (guide, "Four posts", researcher)


def test_two_who_begin_at_once_see_both_texts(audit, guide, desk, signed_in, member):
    desk.post(to("governance", audit), {"strengths": "First", "version": 1})
    response = desk.post(to("governance", audit), {"strengths": "Second", "version": 1})
    assert response.status_code == 409
    assert "First" in words_of(response)
    assert desk.post(to("governance", audit), {"strengths": "Second", "version": 1}, **JSON).status_code == 409
    assert Research.objects.get().strengths == "First"


def test_long_text_is_refused_with_a_sentence_and_given_back(audit, guide, desk):
    response = desk.post(to("governance", audit), {"strengths": "x" * 6001, "version": 1})
    assert "at most 6000 characters" in words_of(response)
    assert "x" * 6001 in response.content.decode()


def test_readers_read_strengths_as_lists(audit, guide, signed_in, member):
    factories.ResearchFactory(audit=audit, guide=guide, strengths="Four posts\nA strategy")
    page = signed_in(member("viewer")).get(to("governance", audit))
    assert "<li>A strategy</li>" in page.content.decode()
    assert "<form" not in page.content.decode().partition('id="model"')[2].partition("</main>")[0]


def test_nothing_can_be_written_where_no_guide_is_loaded(audit, desk):
    page = desk.get(to("governance", audit))
    assert page.status_code == 200
    assert "data-autosave" not in page.content.decode()
    assert desk.post(to("governance", audit), {"strengths": "x", "version": 1}).status_code == 404
