import io
import re

import openpyxl
import pdfplumber
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.html import strip_tags

from audits.agenda.actions import forget_sources
from audits.enums import Role
from audits.participation.actions import note_struck, to_mend
from checklists.models import Score
from focusgroups.models import GroupSummary
from reports import actions
from reports.assembly import assemble
from reports.document.pdf import render_pdf
from reports.models import Build
from tests import factories
from tests.reports import city

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client):
    """Signs the coordinator of a report in and returns them."""

    def sign_in(report, role=Role.COORDINATOR):
        user = factories.MembershipFactory(audit=report.audit, role=role).user
        client.force_login(user)
        return user

    return sign_in


def url(name, report, *args):
    return reverse(f"reports:{name}", args=[report.audit.slug, report.language, *args])


def text_of(report, section="introduction", slot="project"):
    return report.blocks.get(section=section, slot=slot)


def test_home_shows_the_outline_with_states_and_what_is_missing(client, writer, bare):
    writer(bare)
    page = client.get(reverse("reports:report-home", args=["bare"])).content.decode()
    for title in ("Title page", "Executive summary", "Part I. City context", "2.3 City tours and checklists"):
        assert title in page
    assert "0 of 4 sections have a text" in page
    assert "5 of 5 points" in page
    # What cannot be filled yet is a sentence, not a count.
    assert page.count("This method has not been carried out yet; the report says so.") == 4
    assert "8 of 8 points" not in page
    assert "No PDF has been made yet." in page
    assert "Make the PDF" in page


def test_section_of_a_method_counts_from_its_first_text(client, writer, bare):
    writer(bare)
    block = bare.blocks.get(section="photovoice", slot="achievements")
    block.html = "<p>Children play together.</p>"
    block.save()
    page = client.get(url("report-home", bare)).content.decode()
    assert "1 of 5 sections have a text" in page
    assert page.count("This method has not been carried out yet; the report says so.") == 3
    absent = client.get(url("section", bare, "focus_groups")).content.decode()
    assert "This method has not been carried out yet; the report says so." in absent
    assert "What is missing here" not in absent


def test_letters_that_cannot_be_printed_are_told_on_the_page(client, writer, bare):
    writer(bare)
    build = bare.builds.create(state="done", facts={"pages": 18, "unprintable": {"გ": 2, "\N{THUMBS UP SIGN}": 1}})
    build.file.save("x.pdf", ContentFile(b"%PDF"))
    page = client.get(url("report-home", bare)).content.decode()
    assert "3 letters cannot be printed" in page
    assert "in the PDF: გ \N{THUMBS UP SIGN}<" in page


def test_reader_sees_the_report_and_cannot_write(client, writer, velmora):
    writer(velmora, Role.VIEWER)
    home = client.get(url("report-home", velmora)).content.decode()
    assert "Make the PDF" not in home
    page = client.get(url("section", velmora, "city_tours")).content.decode()
    assert "<textarea" not in page
    assert "Take out" not in page
    assert "praise what they can use at once" in page
    assert "phone, the flat is gone" not in page


def test_lengths_are_those_of_the_last_pdf(client, writer, bare):
    writer(bare)
    build = bare.builds.create(state="done", facts={"pages": 18, "sections": {"part_2": {"pages": 8.6}}})
    build.file.save("x.pdf", ContentFile(b"%PDF"))
    page = client.get(url("report-home", bare)).content.decode()
    assert "8.6" in page
    assert "0.6 too long" in page
    assert "18 pages" in page
    assert "8.6 pages; 5 to 8 pages advised: 0.6 too long" in " ".join(
        client.get(url("section", bare, "photovoice")).content.decode().split()
    )


def test_other_languages_of_the_audit_have_reports_of_their_own(client, writer, bare):
    writer(bare)
    assert client.get(reverse("reports:report-home", args=["bare", "bg"])).status_code == 404
    bare.audit.other_languages = ["bg"]
    bare.audit.save()
    page = client.get(reverse("reports:report-home", args=["bare", "bg"]))
    assert 'lang="bg"' in page.content.decode()
    assert bare.audit.reports.count() == 2


def test_language_of_participants_alone_has_no_report(client, writer, bare):
    audit = bare.audit
    audit.other_languages = ["hr", "ar"]
    audit.save()
    writer(bare)
    assert client.get(reverse("reports:report-home", args=[audit.slug, "hr"])).status_code == 200
    assert client.get(reverse("reports:report-home", args=[audit.slug, "ar"])).status_code == 404


@pytest.mark.parametrize("key", ["toc", "part_2", "nothing"])
def test_section_without_a_page_is_not_found(client, writer, bare, key):
    writer(bare)
    assert client.get(f"/audits/bare/report/en/{key}/").status_code == 404


def test_section_page_has_an_editor_for_each_text_and_a_preview_of_each_live_block(client, writer, velmora):
    writer(velmora)
    page = client.get(url("section", velmora, "city_tours")).content.decode()
    assert page.count("<textarea") == velmora.blocks.filter(section="city_tours", kind="text").count()
    assert "Rental housing available and affordable" in page
    assert "Results: Urban environment" in page
    assert "No ideas yet: Attitudes." in page
    assert re.search(r'<script type="importmap" nonce="[^"]{16,}">', page)
    assert "style=" not in page
    assert "[[F4]]" in page
    assert "score.U8" in page


def test_saving_a_text_without_script(client, writer, bare):
    writer(bare)
    block = text_of(bare)
    answer = client.post(
        url("text-save", bare, block.uuid), {"html": "First line.\n\nSecond <3 no tag", "version": 1}, follow=True
    )
    assert "The text has been saved." in answer.content.decode()
    answer = client.post(url("text-save", bare, block.uuid), {"html": "First.\n\nSecond.", "version": 2})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#block-{block.pk}")
    block.refresh_from_db()
    assert block.html == "<p>First.</p>\n\n<p>Second.</p>"


def save(client, report, block, **data):
    return client.post(url("text-save", report, block.uuid), data, headers={"Accept": "application/json"})


def test_saving_by_script_tells_version_time_and_words(client, writer, bare):
    writer(bare)
    answer = save(client, bare, text_of(bare), html="<p>Three small words</p>", version=1)
    assert answer.status_code == 200
    said = answer.json()
    assert (said["version"], said["words"]) == (2, 3)
    assert re.fullmatch(r"\d\d:\d\d", said["saved"])


def test_stale_save_shows_both_texts_and_discards_nothing(client, writer, bare):
    writer(bare)
    block = text_of(bare)
    actions.save_text(block=block, html="<p>What she wrote</p>", version=1, by=factories.UserFactory(name="Petra"))
    answer = client.post(url("text-save", bare, block.uuid), {"html": "<p>What I wrote</p>", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<p>What she wrote</p>" in page
    assert "&lt;p&gt;What I wrote&lt;/p&gt;" in page
    assert "Petra has saved this text" in page
    assert 'name="version" value="2"' in page
    block.refresh_from_db()
    assert block.html == "<p>What she wrote</p>"

    answer = save(client, bare, block, html="<p>What I wrote</p>", version=1)
    assert answer.status_code == 409
    assert answer.json()["version"] == 2
    assert "<p>What she wrote</p>" in answer.json()["html"]

    assert save(client, bare, block, html="<p>What I wrote</p>", version=2).status_code == 200
    page = client.get(url("text-versions", bare, block.uuid)).content.decode()
    assert "What she wrote" in page
    assert "Petra" in page


def test_text_that_is_too_long_keeps_what_was_typed(client, writer, bare):
    writer(bare)
    block = text_of(bare)
    answer = client.post(url("text-save", bare, block.uuid), {"html": "long " * 20_000, "version": 1})
    assert answer.status_code == 422
    assert "Divide it into several texts." in answer.content.decode()
    assert "long long long" in answer.content.decode()
    assert save(client, bare, block, html="long " * 20_000, version=1).status_code == 422
    assert save(client, bare, block, html="x", version="none").status_code == 422


HOSTILE = '<p>ok</p><script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">a</a><style>*{}</style>'


def test_hostile_text_is_harmless_wherever_it_is_shown(client, writer, bare):
    writer(bare)
    block = text_of(bare)
    save(client, bare, block, html=HOSTILE, version=1)
    # Past the form, as an older program or a restored backup could have left it.
    bare.blocks.filter(pk=block.pk).update(html=HOSTILE, version=3)
    for page in (
        client.get(url("preview", bare)),
        client.get(url("section", bare, "introduction")),
        client.get(url("text-versions", bare, block.uuid)),
    ):
        html = page.content.decode().replace("&lt;", "<escaped>")
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html


def test_text_of_another_audit_is_not_found(client, writer, bare, velmora):
    writer(bare)
    foreign = text_of(velmora)
    for name in ("text-save", "text-confirm", "block-move", "block-remove", "block-restore"):
        assert client.post(url(name, bare, foreign.uuid), {"html": "x", "version": 1}).status_code == 404
    assert client.get(url("text-versions", bare, foreign.uuid)).status_code == 404


def test_adding_moving_and_taking_out_blocks(client, writer, bare):
    writer(bare)
    block = text_of(bare)
    save(client, bare, block, html="<p>Kept text</p>", version=1)
    client.post(url("block-move", bare, block.uuid), {"step": "-1"})
    assert bare.blocks.filter(section="introduction").first() == block
    stale = client.post(url("block-remove", bare, block.uuid), {"version": 1})
    assert stale.status_code == 409
    assert "so it was not taken out" in stale.content.decode()
    assert 'name="version" value="2"' in stale.content.decode()
    page = client.post(url("block-remove", bare, block.uuid), {"version": 2}, follow=True).content.decode()
    assert "You can put it back" in page
    assert "Kept text" in page
    client.post(url("block-restore", bare, block.uuid))
    after = bare.blocks.get(live="introduction.methods")
    client.post(url("block-add", bare, "introduction"), {"what": "text:", "after": str(after.uuid)})
    row = list(bare.blocks.filter(section="introduction"))
    assert row[row.index(after) + 1].is_text
    page = client.post(
        url("block-add", bare, "introduction"), {"what": "part_1.table", "after": ""}, follow=True
    ).content.decode()
    assert "cannot be added here" in page


def test_changed_figures_are_told_beside_the_text_until_it_is_confirmed(client, writer, velmora):
    user = writer(velmora)
    block = text_of(velmora, "city_tours", "urban")
    actions.save_text(block=block, html="<p>Rents are high.</p>", version=block.version, by=user)
    Score.objects.filter(sheet__walk__audit=velmora.audit, item__key="U8").update(value=1)
    page = client.get(url("section", velmora, "city_tours")).content.decode()
    assert "Figures have changed since this text was saved." in page
    assert "to 1.00." in page
    assert "1 text to be looked at" in client.get(url("report-home", velmora)).content.decode()
    client.post(url("text-confirm", velmora, block.uuid))
    assert "Figures have changed" not in client.get(url("section", velmora, "city_tours")).content.decode()


def test_struck_text_is_off_the_list_once_somebody_says_that_they_have_read_it(client, writer, bare):
    writer(bare)
    finding = factories.FindingFactory(audit=bare.audit)
    note_struck(bare.audit, [finding])
    home = bare.audit.get_absolute_url()
    said = f"{finding.code}: words or evidence of somebody were taken out; read it again"
    button = re.search(r'action="([^"]*/struck/[^"]*)"', client.get(home).content.decode())[1]
    # Struck a second time since the page was opened.
    type(finding).objects.filter(pk=finding.pk).update(version=2)
    note_struck(bare.audit, [finding])
    assert said in client.post(button, follow=True).content.decode()
    again = re.search(r'action="([^"]*/struck/[^"]*)"', client.get(home).content.decode())[1]
    page = client.post(again, follow=True).content.decode()
    assert "The text counts as read." in page
    assert said not in page
    summary = GroupSummary.objects.create(group=factories.FocusGroupFactory(audit=bare.audit))
    note_struck(bare.audit, [finding, summary])
    writer(bare, Role.VIEWER)
    page = client.get(home).content.decode()
    assert said in page
    # A text that a viewer may not open is not named: a place that is not published is called by its name.
    assert f"{summary.group}: Summary" not in page
    assert "I have read it" not in page


def test_finding_that_lost_its_evidence_says_so_until_somebody_has_read_it(client, writer, bare):
    writer(bare)
    finding, other = factories.FindingFactory.create_batch(2, audit=bare.audit)
    source = factories.EvidenceLinkFactory(holder=finding, app="photovoice", type="photo").source
    build = Build.objects.create(report=bare, state="done", facts={"pictures": [], "people": []})
    forget_sources(audit=bare.audit, app="photovoice", sources=[source], passages=[])
    said = "Words or evidence of somebody were taken out."
    page = client.get(finding.get_absolute_url()).content.decode()
    assert said in page
    assert "No evidence is linked to this finding yet." not in page
    assert said not in client.get(other.get_absolute_url()).content.decode()
    assert [one.struck.row for one in to_mend(bare.audit)] == [finding.pk]
    # No word of the report was struck: its files stand.
    build.refresh_from_db()
    assert build.state == "done"


def test_only_comments_that_may_be_quoted_are_offered_and_taken(client, writer, velmora):
    writer(velmora)
    page = client.get(url("section", velmora, "city_tours")).content.decode()
    assert "the flat is gone" in page
    assert "must never be printed" not in page
    scores = {one.comment: one for one in Score.objects.exclude(comment="")}
    refused = scores["This one must never be printed."]
    page = client.post(url("quote-add", velmora, "city_tours"), {"quote": refused.uuid}, follow=True).content.decode()
    assert "This comment cannot be quoted." in page
    agreed = scores["When they hear my name on the phone, the flat is gone."]
    client.post(url("quote-add", velmora, "city_tours"), {"quote": agreed.uuid})
    assert velmora.blocks.filter(live=f"quote:{agreed.uuid}").exists()


def test_preview_is_an_accessible_page_under_the_strict_policy(client, writer, velmora):
    writer(velmora)
    answer = client.get(url("preview", velmora))
    html = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert html.startswith("<!doctype html>")
    assert "style=" not in html
    assert "<script" not in html
    assert html.count("<h1") == 1
    logo = re.search(r'<img src="([^"]+)" alt="City of Velmora">', html)[1]
    assert client.get(logo).content.startswith(b"\x89PNG")


def test_build_is_started_watched_and_fetched(client, writer, bare, monkeypatch):
    writer(bare)
    monkeypatch.setattr("reports.rendering.child.start", lambda *args, **options: None)
    answer = client.post(url("build-start", bare), {"format": "pdf"})
    build = bare.builds.get()
    assert answer["Location"] == url("build", bare, build.uuid)
    page = client.get(answer["Location"]).content.decode()
    assert "The PDF is being made." in page
    assert "Refresh this page" in page
    part = client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part

    build.refresh_from_db()
    build.state, build.facts = "done", {"pages": 3}
    build.file.save("x.pdf", ContentFile(b"%PDF-1.7"))
    part = client.get(url("build", bare, build.uuid), headers={"HX-Request": "true"}).content.decode()
    assert "every 1s" not in part
    answer = client.get(url("build-download", bare, build.uuid))
    assert answer.content == b"%PDF-1.7"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert 'filename="bare-2026-city-audit-report-en.pdf"' in answer["Content-Disposition"]


def test_failed_build_says_why_on_the_page(client, writer, bare):
    writer(bare)
    bare.builds.create(state="failed", reason="time")
    page = client.get(url("report-home", bare)).content.decode()
    assert "The PDF could not be made." in page
    assert "took too long" in page
    assert "Try again" in page


def test_download_without_a_file_is_not_found(client, writer, bare):
    writer(bare)
    for build in (bare.builds.create(), bare.builds.create(state="done"), bare.builds.create(state="failed")):
        assert client.get(url("build-download", bare, build.uuid)).status_code == 404


@pytest.mark.parametrize("name", ["report-home", "section"])
def test_pages_ask_as_often_with_many_findings_as_with_few(client, writer, bare, django_assert_max_num_queries, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    writer(bare)
    address = url(name, bare, *(["part_3"] if name == "section" else []))

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def add(numbers):
        for number in numbers:
            finding = factories.FindingFactory(audit=bare.audit, number=number, method="")
            factories.EvidenceLinkFactory(holder=finding)
            factories.RecommendationFactory(audit=bare.audit, number=number).findings.add(finding)

    count()
    add([1])
    few = count()
    add([2, 3])
    assert count() == few


def test_changing_one_score_changes_results_page_spreadsheet_and_pdf_alike(client, writer, bare):
    writer(bare)
    city.harbour(bare.audit, 6)

    def page():
        html = client.get(reverse("checklists:audit-results", args=["bare"])).content.decode()
        return set(re.findall(r"\d\.\d\d", strip_tags(re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))))

    def spreadsheet():
        answer = client.get(reverse("checklists:audit-export", args=["bare", "xlsx"]))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
        return {f"{cell:.2f}" for cell in cells if isinstance(cell, int | float)}

    def pdf():
        result = render_pdf(assemble(bare), media=lambda key: b"")
        with pdfplumber.open(io.BytesIO(result.data)) as file:
            return set(re.findall(r"\d\.\d\d", "\n".join(one.extract_text() for one in file.pages)))

    Score.objects.filter(sheet__number=6).update(value=5)
    for places in (page, spreadsheet, pdf):
        found = places()
        assert "4.17" in found
        assert "3.67" not in found
    Score.objects.filter(sheet__number=6).update(value=2)
    for places in (page, spreadsheet, pdf):
        found = places()
        assert "3.67" in found
        assert "4.17" not in found
