"""The report of a review and the visit plan on paper, and who may fetch them."""

import time
import uuid
from datetime import date

import page as page_validation
import pikepdf
import pytest
from django.utils import timezone
from django.utils.text import slugify

from audits import printing
from audits.models import Translation
from benchmarks.models import FeedbackSession
from benchmarks.printed import review as printed
from benchmarks.results import result_of
from reports.document import blocks, pdf
from reports.document.html import render_html
from reports.document.richtext import unreferenced
from tests import factories

from .conftest import WORDS


def text_of(document):
    return " ".join(render_html(document, target="page").split())


@pytest.fixture
def released(cast):
    cast.share().write().release()
    meeting = factories.MeetingFactory(
        review=cast.review, whom="Head of housing", day=date(2026, 12, 1), note="By tram"
    )
    meeting.factors.add(cast.factors[0])
    FeedbackSession.objects.filter(review=cast.review).update(held_on=date(2026, 12, 3), text="FEEDBACK")
    return cast


def test_report_holds_both_judgements_quotes_and_conclusions(released):
    text = text_of(printed.document(released.review, "en"))
    for part in (*WORDS, "HOSTREASON", "FEEDBACK", "Head of housing", "The peers see less in place", "Teacher"):
        assert part in text
    assert "Peer One" not in text, "no person who recorded something is named"


def test_visit_plan_holds_nothing_of_the_peers(released):
    text = text_of(printed.visit_plan(released.review, "en"))
    assert "Head of housing. By tram" in text
    assert not [word for word in WORDS if word in text]


def test_what_people_typed_is_no_reference(released):
    released.review.letter = "See [[all-scores]]"
    text = text_of(printed.document(released.review, "en"))
    assert unreferenced("See [[all-scores]]") in text


def test_chapters_of_two_reviews_stand_in_one_document(released):
    other = factories.PeerReviewFactory(assessment__audit=released.audit)
    factories.AssessedFactorFactory(assessment=other.assessment)
    chapters = tuple(printed.chapter(review, result_of(review.assessment, "en")) for review in (released.review, other))

    def keys(section):
        yield section.key
        for part in section.blocks:
            if isinstance(part, blocks.Section):
                yield from keys(part)

    found = [key for chapter in chapters for key in keys(chapter)]
    assert len(found) == len(set(found))


def test_factor_names_stand_in_the_language_of_the_report(released):
    factor = released.factors[0].factor
    Translation.objects.create(
        target=factor, field="title", language="bg", source=factor.title, text="Публичен ангажимент"
    )
    assert "Публичен ангажимент" in text_of(printed.document(released.review, "bg"))


def test_benchmark_stands_in_the_language_of_the_reader(released, as_user):
    benchmark = released.assessment.benchmark
    type(benchmark).objects.filter(pk=benchmark.pk).update(standard="The city is fair.")
    benchmark.refresh_from_db()
    for field, text in (("title", "Справедлив град"), ("standard", "Градът е справедлив.")):
        source = getattr(benchmark, field)
        Translation.objects.create(target=benchmark, field=field, language="bg", source=source, text=text)
    page = as_user(released.coordinator).get(released.url("review-detail"), headers={"Accept-Language": "bg"})
    for shown in (text_of(printed.document(released.review, "bg")), page.content.decode()):
        assert "Справедлив град" in shown
        assert "Градът е справедлив." in shown


@pytest.mark.parametrize("make", [printed.document, printed.visit_plan])
def test_pdf_is_accessible(released, make, tmp_path):
    tree = blocks.from_dict(blocks.to_dict(make(released.review, "en")))
    path = tmp_path / "review.pdf"
    path.write_bytes(pdf.render_pdf(tree, media=lambda key: b"").data)
    checked = page_validation.validate_pdf(path, profile="ua1")
    assert checked.is_compliant, checked


def wait(client, address):
    for _try in range(240):
        page = client.get(address)
        if page.context["progress"] is None or page.context["progress"].state in ("done", "failed"):
            return page
        time.sleep(0.25)
    raise AssertionError("The PDF took too long.")


def test_peer_prints_the_report_before_the_release_and_the_host_cannot_fetch_it(cast, as_user):
    cast.share().write()
    client = as_user(cast.peer)
    sent = client.post(cast.url("review-pdf"), {"what": "report", "language": "en"})
    address = sent["Location"]
    assert wait(client, address).context["progress"].state == "done"
    data = b"".join(client.get(f"{address}file/").streaming_content)
    assert data.startswith(b"%PDF")
    client = as_user(cast.coordinator)
    assert client.get(address).context["print"] is None
    assert client.get(f"{address}file/").status_code == 404


def test_host_prints_the_visit_plan_and_after_the_release_the_report(cast, as_user, monkeypatch):
    made = []

    def begin(owner, key, document):
        made.append(document().title)
        return printing.Print(key, None)

    monkeypatch.setattr(printing, "begin", begin)
    cast.share().write()
    client = as_user(cast.coordinator)
    client.post(cast.url("review-pdf"), {"what": "visit", "language": "en", "uuid": uuid.uuid4()})
    client.post(cast.url("review-pdf"), {"what": "report", "language": "en", "uuid": uuid.uuid4()})
    assert [title.split(":")[0] for title in made] == ["Plan of the peer visit"]
    cast.release()
    client.post(cast.url("review-pdf"), {"what": "report", "language": "en", "uuid": uuid.uuid4()})
    assert made[-1].startswith("Peer review report")


def test_printed_file_opens(cast, as_user, tmp_path):
    cast.share()
    client = as_user(cast.peer)
    address = client.post(cast.url("review-pdf"), {"what": "visit", "language": "en"})["Location"]
    wait(client, address)
    response = client.get(f"{address}file/")
    name = f"{timezone.localdate()}-plan-of-the-peer-visit-{slugify(cast.review.assessment.title)}-en.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"".join(response.streaming_content))
    with pikepdf.open(path) as file:
        assert len(file.pages) == 1


def test_report_names_the_documents_of_the_host(released):
    judgement = released.factors[0].judgements.first()
    judgement.evidence.all().delete()
    factories.EvidenceFactory(judgement=judgement, title="Annual report", place="p. 4")
    factories.EvidenceFactory(judgement=judgement, title="Budget [[all-scores]]")
    text = text_of(printed.document(released.review, "en"))
    assert f"2 pieces of evidence: Annual report (p. 4); {unreferenced('Budget [[all-scores]]')}" in text
