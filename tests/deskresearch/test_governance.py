import pytest

from deskresearch import overview
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


def test_levels_name_what_each_box_shows(city):
    levels = overview.levels(city.institutions.in_order(), city.partnerships.prefetch_related("institutions"))
    assert [level.level for level in levels] == list(GovernanceLevel)
    shown = [[(box.name, box.exists, box.tcn, box.reports_to, box.cooperates) for box in one.boxes] for one in levels]
    assert shown == [
        [("City Council", True, None, "", ()), ("Deputy Mayor", True, True, "City Council", ())],
        [("Housing", True, False, "Deputy Mayor", ("Case conference",))],
        [("NGOs", True, None, "", ("Case conference",)), ("TCN forum", False, None, "", ())],
    ]


def test_mandate_in_part_is_drawn_as_one_and_said_in_part():
    one = Institution(name="City Council", level="decide", tcn_mandate="partly")
    box = overview.levels([one], [])[0].boxes[0]
    assert (box.tcn, box.mandate) == (True, "Partly")


def test_lines_are_drawn_upward_or_to_the_box_before(city):
    housing = city.institutions.get(name="Housing")
    factories.InstitutionFactory(audit=city, name="Desk", position=9, reports_to=housing)
    factories.InstitutionFactory(audit=city, name="Branch", position=10, reports_to=housing)
    boxes = [box for level in overview.levels(city.institutions.in_order(), []) for box in level.boxes]
    assert {box.name: box.line for box in boxes} == {
        "City Council": "",
        "Deputy Mayor": "beside",
        "Housing": "above",
        "Desk": "beside",
        "Branch": "",
        "NGOs": "",
        "TCN forum": "",
    }


def test_levels_leave_out_a_superior_that_is_not_in_the_list():
    one = Institution(pk=4, name="Housing", level="deliver", reports_to_id=9)
    box = overview.levels([one], [])[1].boxes[0]
    assert (box.reports_to, box.superior) == ("", None)


def test_page_says_the_diagram_in_a_table(city, desk):
    words = words_of(desk.get(to("governance", city)))
    diagram, _, table = words.partition("The same in a table")
    for expected in ("reports to: Deputy Mayor", "TCN mandate", "missing", "Case conference"):
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
