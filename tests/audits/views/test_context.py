import pytest

from audits.actions import IndicatorRow, save_context
from audits.models import ContextFigure
from tests.factories import AuditFactory, ContextIndicatorFactory, InvitationFactory

pytestmark = pytest.mark.django_db


def url(audit):
    return f"/audits/{audit.slug}/context/"


def table(audit, figure="1,234", **more):
    return {
        "version": audit.context_version,
        "year-0": "2022",
        "year-1": "2023",
        "row-0-id": "",
        "row-0-topic": "population",
        "row-0-name": "Inhabitants",
        "row-0-unit": "people",
        "row-0-source": "Office",
        "row-0-figure-0": figure,
        "row-0-figure-1": "1,300.5",
        **more,
    }


def page_of(response):
    return " ".join(response.content.decode().split())


def test_figures_are_saved_and_shown_again(audit, sign_in):
    client = sign_in("researcher")
    response = client.post(url(audit), table(audit), follow=True)
    page = page_of(response)
    assert "The figures are saved." in page
    assert 'value="1,234"' in page
    assert 'value="1,300.5"' in page
    assert "The researcher" in page


def test_figures_taken_over_from_the_previous_audit_are_told(audit, sign_in):
    client = sign_in("coordinator")
    assert "Nothing is saved yet" in page_of(client.get(url(audit)))
    ContextIndicatorFactory(audit=audit)
    audit.previous = AuditFactory(title="Velmora 2023")
    audit.save()
    page = page_of(client.get(url(audit)))
    assert "Taken over from “Velmora 2023”; nothing is changed here yet" in page
    assert "Nothing is saved yet" not in page


def test_buttons_that_remove_rows_name_them(audit, sign_in):
    ContextIndicatorFactory(audit=audit, name="Inhabitants", topic="population")
    page = page_of(sign_in("coordinator").get(url(audit)))
    assert "Remove the row “Inhabitants”" in page
    assert "Remove row 4" in page


def test_bad_cell_keeps_everything_and_saves_nothing(audit, sign_in):
    response = sign_in("coordinator").post(url(audit), table(audit, "many"))
    page = page_of(response)
    assert "Inhabitants, 2022: “many” is not a figure." in page
    assert 'href="#row-0-figure-0"' in page
    assert 'value="many"' in page
    assert 'value="1,300.5"' in page
    assert not ContextFigure.objects.exists()


@pytest.mark.parametrize("button", [{"add-row": "1"}, {"add-year": "1"}, {"remove": "7"}])
def test_buttons_work_without_a_script_and_save_nothing(button, audit, sign_in):
    response = sign_in("coordinator").post(url(audit), table(audit, "many", **button))
    assert response.status_code == 200
    assert 'value="many"' in page_of(response)
    assert "Not saved yet" in page_of(response)
    assert not ContextFigure.objects.exists()


def test_table_that_others_saved_meanwhile_is_not_overwritten(audit, people, sign_in):
    opened = table(audit)
    save_context(
        audit=audit,
        rows=[IndicatorRow("population", "Inhabitants", figures={2022: 999})],
        version=audit.context_version,
        by=people["researcher"],
    )
    client = sign_in("coordinator")
    response = client.post(url(audit), opened)
    page = page_of(response)
    assert response.status_code == 409
    assert "The researcher saved this table at" in page
    assert "Inhabitants, 2022" in page
    assert "999" in page
    assert 'value="1,234"' in page
    assert ContextFigure.objects.get().value == 999

    again = {**opened, "version": response.context["grid"].version}
    assert client.post(url(audit), again).status_code == 302
    assert set(ContextFigure.objects.values_list("value", flat=True)) == {1234, 1300.5}


def test_saving_over_others_keeps_the_years_and_rows_that_only_they_have(audit, people, sign_in):
    opened = table(audit)
    save_context(
        audit=audit,
        rows=[
            IndicatorRow("population", "Inhabitants", figures={2022: 999, 2024: 5}),
            IndicatorRow("social", "Pupils", figures={2024: 7}),
        ],
        version=audit.context_version,
        by=people["researcher"],
    )
    client = sign_in("coordinator")
    grid = client.post(url(audit), opened).context["grid"]
    again = {"version": grid.version}
    for form in grid.forms:
        again |= {field.html_name: field.value() if field.value() is not None else "" for field in form}
    assert client.post(url(audit), again).status_code == 302
    saved = {(one.indicator.name, one.year): one.value for one in ContextFigure.objects.select_related("indicator")}
    assert saved[("Inhabitants", 2024)] == 5
    assert saved[("Pupils", 2024)] == 7
    assert saved[("Inhabitants", 2022)] == 1234


def test_what_is_missing_stands_above_the_table(audit, sign_in):
    ContextIndicatorFactory(audit=audit, topic="territory", figures={2022: 1, 2023: 1, 2024: 1})
    page = page_of(sign_in("coordinator").get(url(audit)))
    assert "Population: no figures yet" in page
    assert "Territory: " not in page


def test_who_only_reads_sees_the_figures_without_a_field(audit, sign_in):
    ContextIndicatorFactory(audit=audit, name="Inhabitants", source="", figures={2022: 1234})
    page = page_of(sign_in("viewer").get(url(audit)))
    assert "1,234" in page
    assert "No source yet" in page
    assert "<textarea" not in page
    assert 'name="row-0-name"' not in page


def test_researcher_is_not_led_into_the_settings(audit, sign_in):
    InvitationFactory(audit=audit)
    assert "/settings/" not in page_of(sign_in("researcher").get(url(audit)))


@pytest.mark.parametrize("who", ["viewer", "researcher"])
def test_table_takes_the_same_queries_for_1_and_for_3_rows(who, audit, sign_in, django_assert_num_queries):
    client = sign_in(who)
    client.get(url(audit))
    for more in (1, 2):
        for _ in range(more):
            ContextIndicatorFactory(audit=audit, figures={2022: 1, 2023: 2})
        with django_assert_num_queries(6):  # session, user, audit, role, indicators, figures
            client.get(url(audit))
