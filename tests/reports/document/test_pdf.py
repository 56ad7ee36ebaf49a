import io
import logging
import re
from dataclasses import replace
from itertools import pairwise

import page as page_validation
import pdfplumber
import pikepdf
import pytest

from reports.document import blocks as b
from reports.document import pdf
from tests.reports.document import sample


class Heard(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.said = []

    def emit(self, record):
        self.said.append(record.getMessage())


@pytest.fixture(scope="module")
def heard():
    handler = Heard()
    logging.getLogger("weasyprint").addHandler(handler)
    yield handler.said
    logging.getLogger("weasyprint").removeHandler(handler)


@pytest.fixture(scope="module")
def report(heard):
    return pdf.render_pdf(sample.report(), media=sample.picture)


@pytest.fixture(scope="module")
def arabic(heard):
    return pdf.render_pdf(sample.arabic(), media=sample.picture)


@pytest.fixture(scope="module")
def pack(heard):
    return pdf.render_pdf(sample.pack(), media=sample.picture)


@pytest.fixture(scope="module")
def poster(heard):
    return pdf.render_pdf(sample.poster(), media=sample.picture)


@pytest.fixture(scope="module")
def letters(heard):
    return pdf.render_pdf(sample.letters(), media=sample.picture)


@pytest.fixture(scope="module")
def leaflet(heard):
    return pdf.render_pdf(sample.leaflet(), media=sample.picture)


@pytest.fixture(scope="module")
def texts(report):
    with pdfplumber.open(io.BytesIO(report.data)) as file:
        return [page.extract_text() for page in file.pages]


def small(*parts, **changes):
    chapter = b.Section("one", "One", blocks=parts)
    return replace(b.Document("Title", "en", "City", "Running", chapters=(chapter,)), **changes)


@pytest.mark.parametrize("name", ["report", "arabic", "pack", "poster", "letters", "leaflet"])
def test_pdf_is_accessible_and_sound(name, request, tmp_path):
    result = request.getfixturevalue(name)
    path = tmp_path / "x.pdf"
    path.write_bytes(result.data)
    checked = page_validation.validate_pdf(path, profile="ua1")
    assert checked.is_compliant, checked
    with pikepdf.open(path) as file:
        assert file.check_pdf_syntax() == []
        assert len(file.pages) == result.page_count


@pytest.mark.parametrize(
    "html",
    [
        "<p>Good \N{THUMBS UP SIGN}\U0001f3fd \N{HEAVY BLACK HEART}\ufe0f, \U0001f468\u200d\U0001f469\u200d\U0001f467</p>",
        "<p>→ ✓ ✔\ufe0f ★ ☐ ⚠ ♿ ⭐ ✅</p>",
        "<p>გამარჯობა 中文 हिन्दी עברית \u2028 \ufeff \x85</p>",
        "<h4>Deep</h4><p>a</p><h3>High</h3><h4>Deep</h4><h3></h3>",
        "<h3></h3><h3><br></h3><h3>&nbsp;</h3><h4>Title</h4><p>a</p>",
        '<ul><a href="https://x.org">link</a><li>a</li></ul><p><a href="https://e.org"><br></a></p>',
        "<table><tr><td>a</td></tr><tr><td>1</td><td>2</td></tr></table><table></table><table><tr><td>b</td></tr></table>",
        "<ul><li><p>a</p><h3>b</h3><ul><li><p>c</p></li></ul></li>d</ul><ol></ol>",
    ],
    ids=["emoji", "symbols", "scripts", "headings", "empty heading", "links", "tables", "lists"],
)
def test_any_own_text_makes_an_accessible_pdf(html, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf.render_pdf(small(b.RichText(html)), media=sample.picture).data)
    checked = page_validation.validate_pdf(path, profile="ua1")
    assert checked.is_compliant, checked


def test_layout_has_nothing_to_complain_about(report, arabic, pack, poster, letters, leaflet, heard):
    assert heard == []


def test_posters_have_a_page_each_of_their_own_size(poster):
    with pikepdf.open(io.BytesIO(poster.data)) as file:
        sizes = [[round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] for page in file.pages]
        assert sizes == [[210, 297], [148, 210]]


def test_pages_break_between_groups_of_photos():
    def photos(group):
        return b.Pictures(
            tuple(b.Picture(f"p{group}{n}", sample.PHOTO, "A street", "Photo: A") for n in range(3)), "row"
        )

    filler = [b.Paragraph("Text before the photos.")] * 8
    made = pdf.render_pdf(small(*filler, *(photos(group) for group in range(6))), media=sample.picture)
    with pdfplumber.open(io.BytesIO(made.data)) as file:
        assert [len(page.images) for page in file.pages] == [9, 9]


def test_title_language_author_and_bookmarks(report, arabic):
    with pikepdf.open(io.BytesIO(report.data)) as file:
        assert str(file.Root.Lang) == "en"
        assert str(file.docinfo.Title) == "City Audit Report: Velmora 2026"
        assert str(file.docinfo.Author) == "City of Velmora"
        with file.open_outline() as outline:
            top = [item.title for item in outline.root]
            part_two = next(item for item in outline.root if item.title == "Part II. Main audit findings")
            assert [item.title for item in part_two.children] == [
                "2.1 Desk research", "2.2 Focus groups", "2.3 City tours and checklists", "2.4 Photovoice",
            ]  # fmt: skip
    assert top[:3] == ["City Audit Report: Velmora 2026", "Contents", "Executive summary"]
    assert top[-1] == "Резюме на български език"
    with pikepdf.open(io.BytesIO(arabic.data)) as file:
        assert str(file.Root.Lang) == "ar"
        assert str(file.docinfo.Title) == "تقرير تدقيق المدينة: فيلمورا 2026"


def test_contents_give_the_right_pages(report, texts):
    expected = {
        "Executive summary": "summary", "Introduction": "introduction", "Part I. City context": "part-1",
        "2.3 City tours and checklists": "walks", "Annex B Sources": "annex-b", "Резюме на български език": "summary-bg",
    }  # fmt: skip
    for title, key in expected.items():
        printed = re.search(re.escape(title) + r"[ .]+(\d+)", texts[1])
        assert int(printed[1]) == report.pages_by_section[key].first
        assert title.split(". ")[-1].removeprefix("2.3 ").removeprefix("Annex B ") in texts[int(printed[1]) - 1]


def test_every_mean_and_count_is_printed(texts):
    whole = "\n".join(texts)
    for area in sample.AREAS:
        for item in sample.items(area.key):
            counts = " ".join(map(str, item.counts))
            assert re.search(rf"{item.code}\. .*{counts} .*{re.escape(sample.rounds(item.mean))}", whole), item
    assert re.search(r"214\s380", whole)
    assert sample.rounds(sample.items("attitudes")[0].mean).replace(".", ",") in texts[-1]


def test_pages_carry_running_heads_and_page_x_of_y(report, texts):
    total = report.page_count
    for number, text in enumerate(texts[1:], 2):
        assert "City Audit Report · Velmora 2026" in text
        # The last page is in Bulgarian.
        assert f"Page {number} of {total}" in text or f"Страница {number} от {total}" in text
    assert "Part II. Main audit findings" in texts[report.pages_by_section["walks"].last - 1]


def structure(element):
    yield element
    for kid in element.get("/K", []) if isinstance(element.get("/K"), pikepdf.Array) else []:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from structure(kid)


def test_bars_tell_their_counts_to_a_screen_reader(report):
    with pikepdf.open(io.BytesIO(report.data)) as file:
        tree = [part for kid in file.Root.StructTreeRoot.K for part in structure(kid)]
        alternatives = [str(part.Alt) for part in tree if part.S == "/Figure"]
    for item in sample.items("civic"):
        assert "; ".join(f"score {k}: {n}" for k, n in enumerate(item.counts, 1)) in alternatives


def test_every_letter_comes_from_our_fonts(report, arabic, pack):
    for result in (report, arabic, pack):
        with pdfplumber.open(io.BytesIO(result.data)) as file:
            fonts = {char["fontname"].split("+")[1] for page in file.pages for char in page.chars}
        assert all(font.startswith("Noto-") for font in fonts)


def test_extents_measure_the_printed_pages(report):
    extents = report.pages_by_section
    assert extents["summary"].first == extents["summary"].last == 3
    assert 0.5 < extents["summary"].pages < 1
    whole = extents["part-2"]
    inner = sum(extents[key].pages for key in ("desk", "groups", "walks", "photovoice"))
    assert whole.pages == pytest.approx(inner, abs=0.5)
    assert whole.last - whole.first <= whole.pages <= whole.last - whole.first + 1


def test_long_table_repeats_its_head_and_leaves_no_lone_row():
    rows = tuple(b.Row((f"Row {i}", i)) for i in range(120))
    table = b.Table("Long", (b.Column("Name of row", 60), b.Column("Count", 40, "number")), rows)
    result = pdf.render_pdf(small(table), media=sample.picture)
    with pdfplumber.open(io.BytesIO(result.data)) as file:
        pages = [page.extract_text() for page in file.pages]
    assert len(pages) > 2
    assert all("Name of row" in text for text in pages)
    assert all(text.count("Row ") >= 2 for text in pages)


def test_each_paper_form_has_its_number_on_every_side_and_starts_on_a_front(pack):
    with pdfplumber.open(io.BytesIO(pack.data)) as file:
        pages = [page.extract_text() for page in file.pages]
    for sheet in ("1", "2"):
        sides = [i for i, text in enumerate(pages, 1) if re.search(rf"Sheet {sheet}$", text, re.M)]
        assert sides == list(range(sides[0], sides[-1] + 1))
        assert sides[0] % 2 == 1
        assert f"Page {sides[1]} of {pack.page_count}" in pages[sides[1] - 1]
    first = next(text for text in pages if "7KPM 3XWD" in text)
    assert "Tear off here and keep this part" in first
    assert sum("7KPM 3XWD" in text for text in pages) == 1
    whole = "\n".join(pages)
    assert all(whole.count(f"\n{code} ") == 2 for code in ("V1", "C7", "U10", "A5"))


def test_back_of_the_tear_off_stays_empty(pack):
    with pdfplumber.open(io.BytesIO(pack.data)) as file:
        front = next(page for page in file.pages if "7KPM 3XWD" in page.extract_text())
        back = file.pages[front.page_number]
        cut = min(word["top"] for word in front.extract_words() if word["text"] == "Tear")
        assert max(word["bottom"] for word in back.extract_words()) < cut


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "http://example.org/x.png", "https://example.org/x.png", "ftp://example.org/x", "data:text/plain,x",
        "static:../../integra/settings.py", "static:fonts/../report.css", "media:../../etc/passwd", "media:", "STATIC:fonts/OFL.txt",
    ],
)  # fmt: skip
def test_fetcher_refuses_every_other_address(address):
    with pytest.raises(ValueError, match="Refused"):
        pdf._fetcher(sample.picture).fetch(address)


def test_hostile_texts_reach_no_file_and_no_network():
    evil = (
        '<link rel="attachment" href="file:///etc/passwd"><img src="file:///etc/passwd"><img src="http://example.org/x.png">'
        '<a rel="attachment" href="file:///etc/passwd">take it</a><style>@import url(http://example.org/x.css)</style>'
        '<p style="background: url(file:///etc/passwd)">text</p><base href="file:///">'
    )
    document = small(b.RichText(evil), b.Paragraph(evil), b.Quote(evil, evil), title=evil, imprint=evil)
    data = pdf.render_pdf(document, media=sample.picture).data
    with pikepdf.open(io.BytesIO(data)) as file:
        assert "/Names" not in file.Root or "/EmbeddedFiles" not in file.Root.Names
        addresses = [str(a.A.URI) for p in file.pages for a in p.get("/Annots", []) if "/A" in a and "/URI" in a.A]
    assert addresses == []
    assert b"root:x:0" not in data
    with pdfplumber.open(io.BytesIO(data)) as file:
        assert 'rel="attachment"' in file.pages[0].extract_text()


def test_missing_picture_is_named_instead_of_left_out():
    document = small(b.Figure("00000000-0000-0000-0000-0000000000ff", "A plan", "Plan"))
    with pytest.raises(pdf.MediaMissingError, match="0000000000ff"):
        pdf.render_pdf(document, media=sample.picture)


def test_progress_is_told_in_order():
    stages = []
    pdf.render_pdf(small(b.Paragraph("a")), media=sample.picture, progress=stages.append)
    assert stages == ["laying out", "writing"]


def test_no_letter_of_a_long_word_runs_past_its_column():
    """What does not fit into its line would be lost on paper: on the page, and under the words of the next column."""
    word = "Donaudampfschifffahrt" * 9 + "Ende"
    data = pdf.render_pdf(sample.long_words(word), media=sample.picture).data
    with pdfplumber.open(io.BytesIO(data)) as file:
        pages = [(page.chars, page.width) for page in file.pages]
    margin = 20 / 25.4 * 72 - 1
    assert all(margin <= char["x0"] and char["x1"] <= width - margin for chars, width in pages for char in chars)
    for chars, _width in pages:
        line = sorted(chars, key=lambda char: (round(char["bottom"], 1), char["x0"]))
        for left, right in pairwise(line):
            apart = round(left["bottom"], 1) != round(right["bottom"], 1) or left["x1"] <= right["x0"] + 1
            assert apart, (left["text"], right["text"])
    said = "".join(char["text"] for chars, _width in pages for char in chars)
    assert re.sub(r"[^A-Za-z]", "", said).count("Ende") >= 28
