"""Measures as files: calendar, workbook, the development plan."""

import io
import time
from datetime import date, timedelta

import openpyxl
import page as page_validation
import pikepdf
import pytest
from django.utils import timezone
from icalendar import Calendar

from audits import printing
from audits.agenda import actions
from audits.agenda.plan import plan
from audits.agenda.printed import plan_document, plan_section
from reports.document import blocks, pdf
from reports.document.html import render_html
from tests import factories

from .test_findings import to, words_of


@pytest.fixture
def lead(client, coordinator):
    client.force_login(coordinator)
    return client


def text_of(document):
    return " ".join(render_html(document, target="page").split())


# Calendar ----------------------------------------------------------------------------------------------------


def test_calendar_holds_open_measures_as_all_day_events(audit, lead):
    made = factories.MeasureFactory(audit=audit, number=4, title="Open, late; often", due=date(2027, 3, 1), version=3)
    factories.MeasureFactory(audit=audit)
    response = lead.get(to("measure-ics", audit))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["UID"] == f"measure-{made.uuid}@integra"
    assert (event["DTSTART"].dt, "DTEND" in event) == (date(2027, 3, 1), False)
    assert event["SUMMARY"] == "Due: M4 Open, late; often"
    assert event["SUMMARY"].params["LANGUAGE"] == "en"
    assert event["URL"] == "http://testserver" + made.get_absolute_url()
    assert event["SEQUENCE"] == 2


def test_calendar_moves_its_event_with_the_state_and_cancels_what_is_dropped(audit, lead, coordinator):
    measure = actions.create_measure(audit=audit, by=None, area="urban", title="x", due=date(2027, 3, 1))

    def event():
        (found,) = Calendar.from_ical(lead.get(to("measure-ics", audit)).content).walk("VEVENT")
        return found

    before = event()
    assert before["STATUS"] == "CONFIRMED"
    actions.record_progress(measure=measure, by=coordinator, state="done")
    after = event()
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CONFIRMED")
    assert after["SUMMARY"] == "Done: M1 x"
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt == measure.progress.last().created_at.replace(microsecond=0)
    measure.refresh_from_db()
    measure.due = date(2027, 4, 1)
    actions.save_measure(measure=measure, version=1, by=coordinator)
    assert event()["SEQUENCE"] > after["SEQUENCE"]
    actions.record_progress(measure=measure, by=coordinator, state="dropped")
    assert event()["STATUS"] == "CANCELLED"


def test_calendar_stands_a_day_at_the_end_of_time(audit, lead):
    factories.MeasureFactory(audit=audit, due=date.max)
    (event,) = Calendar.from_ical(lead.get(to("measure-ics", audit)).content).walk("VEVENT")
    assert event["DTSTART"].dt == date.max


def test_calendar_names_nobody(audit, lead, coordinator):
    factories.MeasureFactory(
        audit=audit, due=date(2027, 3, 1), responsible="Ana Horvat", created_by=coordinator, changed_by=coordinator
    )
    text = lead.get(to("measure-ics", audit)).content.decode()
    assert "Horvat" not in text
    assert coordinator.email not in text
    assert coordinator.name not in text


def test_calendar_without_measures_is_still_a_calendar(audit, lead):
    assert Calendar.from_ical(lead.get(to("measure-ics", audit)).content).walk("VEVENT") == []


# Workbook ----------------------------------------------------------------------------------------------------


def test_workbook_has_all_fields_and_the_history_and_no_formula(audit, lead, coordinator):
    recommendation = factories.RecommendationFactory(audit=audit, number=2, title="Open up")
    measure = actions.create_measure(
        audit=audit,
        by=coordinator,
        area="urban",
        title="=1+1",
        responsible="@SUM(A1)",
        due=date(2020, 1, 1),
        recommendation=recommendation,
    )
    factories.EvidenceLinkFactory(holder=measure, caption="A3 The city consults")
    actions.record_progress(measure=measure, by=coordinator, state="under_way", note="+begun")
    response = lead.get(to("measure-export", audit))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet, history = book.worksheets
    row = dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in sheet[2]], strict=True))
    assert (row["Code"], row["Measure"], row["Responsible"]) == ("M1", "=1+1", "@SUM(A1)")
    assert (row["Due"].date(), row["Overdue"], row["State"]) == (date(2020, 1, 1), "yes", "Under way")
    assert row["Not complete yet"] == "objective, resources"
    assert (row["From the recommendation"], row["Made from"]) == ("R2 Open up", "A3 The city consults")
    assert [cell.value for cell in history["D"]] == ["State", "Planned", "Under way"]
    assert [cell.value for cell in history["E"]] == ["Note", None, "+begun"]
    assert {cell.data_type for sheet in book for cells in sheet for cell in cells} <= {"s", "d", "n"}


def test_workbook_takes_the_same_queries_for_3_and_for_300(audit, lead, django_assert_num_queries):
    lead.get("/help/")
    for total in (3, 300):
        while audit.measures.count() < total:
            measure = factories.MeasureFactory(audit=audit)
            factories.EvidenceLinkFactory(holder=measure)
            factories.MeasureProgressFactory(measure=measure, by=None)
        with django_assert_num_queries(7):
            lead.get(to("measure-export", audit))


# Development plan ----------------------------------------------------------------------------------------------


def test_plan_gathers_measures_under_their_objective():
    texts = ["", "To consult", " to  CONSULT ", "To inform"]
    measures = [factories.MeasureFactory.build(audit=None, objective=text) for text in texts]
    found = [(objective.text, len(objective.measures)) for objective in plan(measures)]
    assert found == [("To consult", 2), ("To inform", 1), ("", 1)]


def test_plan_marks_what_is_not_complete_and_what_is_overdue(audit):
    yesterday = timezone.localdate() - timedelta(days=1)
    factories.MeasureFactory(audit=audit, number=1, title="Council", objective="To consult", due=yesterday)
    factories.MeasureFactory(audit=audit, number=2, title="Old idea", state="dropped")
    text = text_of(plan_document(audit, list(audit.measures.all()), "", "en"))
    for expected in ("To consult", "M1 Council *", "(overdue)", "M2 Old idea", "Dropped", "1 measure is overdue."):
        assert expected in text
    assert "* Not complete yet: M1 (responsible, resources)." in text


def test_plan_is_one_table_with_objectives_as_bands_and_one_of_what_else_there_is_to_say(audit):
    for number, objective in enumerate(("To consult", "To inform", ""), start=1):
        measure = factories.MeasureFactory(audit=audit, number=number, objective=objective)
    measure.indicator = "200 a month"
    factories.EvidenceLinkFactory(holder=measure, caption="A3 The city consults")
    _summary, table, more = plan_section([*audit.measures.exclude(number=3), measure]).blocks
    assert [row.cells[0] for row in table.rows if row.style == "band"] == [
        "To consult",
        "To inform",
        "Without an objective yet",
    ]
    assert len(table.rows) == 6
    assert [row.cells for row in more.rows] == [("M3", "200 a month", "A3 The city consults", None, None)]


def test_steps_of_the_plan_stand_as_a_list(audit):
    factories.MeasureFactory(audit=audit, number=1, step="Ask the council;\n\nHave a good answer to: why?")
    factories.MeasureFactory(audit=audit, number=2, step="One step")
    html = text_of(plan_document(audit, list(audit.measures.for_plan()), "", "en"))
    assert "<li>Ask the council</li><li>Have a good answer to: why?</li>" in html
    assert "<td>One step</td>" in html


def test_plan_without_measures_says_so():
    section = plan_section([])
    assert section.blocks == (blocks.Paragraph("There is no measure yet."),)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_plan_is_an_accessible_pdf(audit, language, tmp_path):
    for number, objective in enumerate(("To consult", "To consult", ""), start=1):
        factories.MeasureFactory(
            audit=audit,
            number=number,
            objective=objective,
            step="Ask\nTell [[M1]] <b>",
            due=date(2027, 1, number),
            area=["vision", "civic", "urban"][number - 1],
        )
    made = pdf.render_pdf(plan_document(audit, list(audit.measures.all()), "", language), media=lambda name: None)
    path = tmp_path / "plan.pdf"
    path.write_bytes(made.data)
    checked = page_validation.validate_pdf(path, profile="ua1")
    assert checked.is_compliant, checked
    with pikepdf.open(path) as file:
        assert file.check_pdf_syntax() == []


def test_plan_is_printed_in_the_language_and_with_the_measures_that_were_chosen(audit, lead, monkeypatch):
    documents = []

    def begin(owner, key, document):
        documents.append(document())
        return printing.Print(key, None)

    monkeypatch.setattr(printing, "begin", begin)
    factories.MeasureFactory(audit=audit, title="Still open")
    factories.MeasureFactory(audit=audit, title="Long done", state="done")
    response = lead.post(to("measure-pdf", audit), {"language": audit.language, "which": "open"})
    assert "/measures/print/" in response["Location"]
    assert "Still open" in text_of(documents[0])
    assert "Long done" not in text_of(documents[0])
    assert documents[0].language == audit.language
    refused = lead.post(to("measure-pdf", audit), {"language": "xx", "which": "open"})
    assert "language" in refused.context["form"].errors


def test_plan_is_made_and_fetched(audit, lead, settings, tmp_path):
    settings.SPOOL_ROOT = tmp_path
    factories.MeasureFactory(audit=audit)
    address = lead.post(to("measure-pdf", audit), {"language": audit.language, "which": "all"})["Location"]
    for _ in range(240):
        page = lead.get(address)
        if page.context["progress"].state in ("done", "failed"):
            break
        time.sleep(0.5)
    assert "The PDF is ready" in words_of(page)
    file = lead.get(f"{address}file/")
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    other = factories.MembershipFactory().audit
    assert lead.get(address.replace(audit.slug, other.slug)).status_code == 404
