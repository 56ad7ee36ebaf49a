"""A benchmark as a booklet: what the document says, in which language, and the file."""

import io
import re
import time
import uuid

import page as page_validation
import pdfplumber
import pytest
from django.urls import reverse

from audits.enums import Role
from benchmarks.enums import Part
from benchmarks.models import Benchmark
from benchmarks.printed.booklet import booklet_document
from reports.document import blocks, numbering, pdf
from reports.document.html import render_html
from tests import factories
from tests.factories.instruments import BenchmarkFactory, ExampleFactory, GuideQuestionFactory, KeyFactorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit():
    return factories.AuditFactory()


@pytest.fixture
def reader(client, audit):
    client.force_login(factories.MembershipFactory(audit=audit, role=Role.VIEWER).user)
    return client


def text_of(document):
    return " ".join(render_html(document, target="page").split())


def no_media(key):
    raise KeyError(key)


def address(name, audit, benchmark, *more):
    return reverse(f"benchmarks:{name}", args=[audit.slug, benchmark.code, benchmark.version, *more])


CODES = ("anti_discrimination", "cultural_diversity", "theme_a", "theme_b", "theme_cd", "unites_codesign")


def test_booklet_holds_every_text_of_its_benchmark(seeded):
    for code in CODES:
        benchmark = Benchmark.objects.get(code=code)
        page = re.sub(r"<[^>]+>", " ", render_html(booklet_document(benchmark, "en"), target="page"))
        words = re.sub(r"\W+", " ", page.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&"))
        for row in benchmark.rows():
            for field in row.translatable:
                for line in getattr(row, field).splitlines():
                    assert re.sub(r"\W+", " ", line).strip() in words, f"{code} {row} {field}: {line}"
        assert re.sub(r"\W+", " ", benchmark.authoring).strip() in words


@pytest.mark.parametrize(
    ("code", "language"), [("cultural_diversity", "en"), ("theme_cd", "bg"), ("unites_codesign", "it")]
)
def test_booklet_is_an_accessible_pdf(seeded, tmp_path, code, language):
    result = pdf.render_pdf(booklet_document(Benchmark.objects.get(code=code), language), media=no_media)
    path = tmp_path / "booklet.pdf"
    path.write_bytes(result.data)
    checked = page_validation.validate_pdf(path, profile="ua1")
    assert checked.is_compliant, checked
    assert result.unprintable == {}
    with pdfplumber.open(io.BytesIO(result.data)) as file:
        cover = file.pages[0].extract_text()
    assert "EUROCITIES" in cover


def test_paragraphs_and_sub_points_stay_what_they_are():
    benchmark = BenchmarkFactory(rationale="First.\n\nSecond.", standard="The city does it.")
    factor = KeyFactorFactory(benchmark=benchmark, key="KF/N1", rationale="Because.\nAnd so.")
    question = GuideQuestionFactory(factor=factor, text="Who & what?", position=1)
    GuideQuestionFactory(factor=factor, parent=question, text="the <young>", position=2)
    ExampleFactory(factor=factor, city="Ghent", title="A stand", text="It stood.\n\nIt stands.")
    page = text_of(booklet_document(benchmark, "en"))
    assert '<p lang="en" dir="ltr">First.</p> <p lang="en" dir="ltr">Second.</p>' in page
    assert "<li>Who &amp; what?<ul><li>the &lt;young&gt;</li></ul></li>" in page
    assert "<strong>Ghent: A stand</strong></p><p>It stood.</p><p>It stands.</p>" in page


def test_factor_without_a_title_is_headed_by_its_statement_once():
    benchmark = BenchmarkFactory()
    KeyFactorFactory(benchmark=benchmark, title="", statement="The city leads.")
    document = booklet_document(benchmark, "en")
    said = [
        node
        for node in numbering.walk(document)
        if getattr(node, "text", getattr(node, "title", "")) == "The city leads."
    ]
    assert [type(node) for node in said] == [blocks.Section]


def test_parts_of_a_theme_are_chapters_of_their_own():
    benchmark = BenchmarkFactory()
    for part in (Part.NEIGHBOURHOOD, Part.CORE):
        KeyFactorFactory(benchmark=benchmark, part=part)
    titles = [chapter.title for chapter in booklet_document(benchmark, "en").chapters]
    assert titles[2:4] == ["Core: the whole city", "Neighbourhoods and other sub-city areas"]


def test_own_words_are_in_the_language_of_the_booklet_and_the_instrument_in_its_own():
    benchmark = BenchmarkFactory(language="fr", standard="La ville agit.")
    GuideQuestionFactory(factor__benchmark=benchmark, text="Pourquoi ?")
    document = booklet_document(benchmark, "en")
    assert document.language == "en"
    assert document.cover.language == "fr"
    page = text_of(document)
    assert '<p lang="fr" dir="ltr" class="lead">La ville agit.</p>' in page
    assert re.search(r'<section id="factor-\d+-questions" class="depth-3" lang="en" dir="ltr">', page)
    assert re.search(r'<div class="rich" lang="fr" dir="ltr"><ol><li>Pourquoi \?</li>', page)


def test_booklet_is_printed_and_fetched(reader, audit):
    benchmark = KeyFactorFactory().benchmark
    waiting = reader.post(address("booklet", audit, benchmark), {"uuid": str(uuid.uuid4())}).url
    for _second in range(300):
        response = reader.get(waiting)
        if response.context["progress"].state in ("done", "failed"):
            break
        time.sleep(0.2)
    assert response.context["progress"].state == "done"
    file = reader.get(address("booklet-print-file", audit, benchmark, response.context["print"].key))
    assert file.headers["Content-Type"] == "application/pdf"
    assert f"{benchmark.code}-{benchmark.version}-en.pdf" in file.headers["Content-Disposition"]
    assert "no-store" in file.headers["Cache-Control"]
    assert b"".join(file.streaming_content).startswith(b"%PDF")


def test_booklet_that_is_asked_for_twice_is_made_once(reader, audit, monkeypatch):
    started = []
    monkeypatch.setattr("reports.document.child.start", lambda *args, **more: started.append(args))
    benchmark = KeyFactorFactory().benchmark
    page = reader.get(address("benchmark-detail", audit, benchmark)).content.decode()
    sent = {"uuid": re.search(r'name="uuid" value="([^"]+)"', page)[1]}
    first = reader.post(address("booklet", audit, benchmark), sent)
    assert reader.post(address("booklet", audit, benchmark), sent).url == first.url
    assert len(started) == 1
    reader.cookies["django_language"] = "bg"
    reader.post(address("booklet", audit, benchmark), sent)
    assert len(started) == 2


def test_booklet_of_one_benchmark_is_not_found_below_another(reader, audit, monkeypatch):
    monkeypatch.setattr("reports.document.child.start", lambda *args, **more: None)
    one, other = (KeyFactorFactory().benchmark for _ in range(2))
    waiting = reader.post(address("booklet", audit, one), {"uuid": str(uuid.uuid4())}).url
    key = waiting.rstrip("/").rsplit("/", 1)[1]
    assert reader.get(address("booklet-print", audit, one, key)).context["print"] is not None
    assert "has been deleted" in reader.get(address("booklet-print", audit, other, key)).content.decode()
