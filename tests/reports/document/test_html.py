import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from reports.document import blocks as b
from reports.document.html import render_html
from tests.reports.document import sample

VOID = {"meta", "link", "img", "br", "col", "rect", "line", "circle", "polyline"}


class Outline(HTMLParser):
    """Reads a page strictly: every element closed in order; collects what the tests ask about."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.links, self.headings, self.elements, self.attributes = (
            [],
            [],
            [],
            [],
            Counter(),
            set(),
        )
        self.unnamed = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements[tag] += 1
        self.attributes |= set(found)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img" and not found.get("alt"):
            self.unnamed.append(tag)
        if tag == "th" and not found.get("scope"):
            self.unnamed.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements[tag] += 1
        self.attributes |= set(dict(attrs))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module", params=["report", "arabic"])
def page(request):
    document = {"report": sample.report, "arabic": sample.arabic}[request.param]()
    return render_html(document, target="page", stylesheets=("/static/report/page.css",), media_url="/media/{}".format)


def test_page_is_well_formed_and_named_throughout(page):
    outline = Outline(page)
    assert [key for key, count in Counter(outline.ids).items() if count > 1] == []
    assert outline.unnamed == []
    assert page.count("<svg") == page.count('role="img"') == page.count("<title>") - 1


def test_page_holds_under_a_strict_security_policy(page):
    outline = Outline(page)
    assert "style" not in outline.attributes
    assert not any(name.startswith("on") for name in outline.attributes)
    assert not {"script", "style", "iframe", "object"} & set(outline.elements)


def test_page_can_be_walked_by_headings_and_links(page):
    outline = Outline(page)
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)
    assert page.index('class="skip"') < page.index("<header") < page.index("<main") < page.index("<nav")


def test_language_and_direction_are_declared():
    english = render_html(sample.report(), target="page")
    assert '<html lang="en" dir="ltr">' in english
    assert 'lang="bg" dir="ltr"' in english
    assert '<p lang="ar" dir="rtl">' in english
    assert '<html lang="ar" dir="rtl">' in render_html(sample.arabic(), target="page")


def test_numbers_follow_the_language_of_the_passage():
    page = render_html(sample.report(), target="page")
    mean = sample.rounds(sample.items("attitudes")[0].mean)
    english, bulgarian = page.split('id="summary-bg"')
    assert f">{mean}<" in english
    assert f">{mean.replace('.', ',')}<" in bulgarian


def test_counts_of_a_bar_have_a_name():
    item = sample.items("urban")[7]
    said = "; ".join(f"score {score}: {count}" for score, count in enumerate(item.counts, 1))
    assert f"<title>{said}</title>" in render_html(sample.report(), target="page")


@pytest.mark.parametrize("target", ["print", "page"])
def test_markup_in_any_text_is_shown_as_text(target):
    evil = '"><img src=file:///etc/passwd><script>x()</script>'
    document = sample.report()
    chapter = b.Section(
        "evil",
        evil,
        running_title=evil,
        blocks=(
            b.Paragraph(evil, side=evil),
            b.Finding("evil-f", evil, evil),
            b.Quote(evil, evil),
            b.Table(evil, (b.Column(evil),), (b.Row((evil,)),), source=evil),
            b.Pictures((b.Picture("evil-p", sample.PHOTO, evil, evil, evil, evil),)),
            b.Recommendation("evil-r", evil, evil, addressee=evil, horizon=evil),
            b.SmallMultiples(evil, (b.Panel(evil, ((evil, 1.0), (evil, 2.0))),)),
            b.RichText(evil),
        ),
    )
    html = render_html(
        replace(document, title=evil, imprint=evil, chapters=(*document.chapters, chapter)), target=target
    )
    assert "<script" not in html
    assert "<img src=file" not in html


def test_method_not_carried_out_and_hidden_figures_say_so():
    page = render_html(sample.report(), target="page")
    assert "This method has not been carried out in this audit." in page
    assert "Not shown.</b> Answers of three groups" in page
    assert "Not shown: fewer than five participants each." in page


def test_evidence_that_is_not_in_the_document_is_left_out():
    page = render_html(sample.report(), target="page")
    assert "not-in-this-report" not in page
    evidence = page[page.index("Evidence:") :][:400]
    assert re.findall(r">([^<>]+)</a>", evidence)[:4] == ["F3", "F4", "C3", "[1]"]


def test_unknown_target_is_refused():
    with pytest.raises(ValueError, match="docx"):
        render_html(sample.report(), target="docx")


def test_statements_that_tie_in_the_glance_table_stand_by_their_codes():
    tied = tuple(b.Aspect(code, f"Statement {code}", 4.0) for code in ("V2", "V5", "V7"))
    row = b.GlanceRow("vision", 3.5, 0.5, 26, best=tied, worst=(b.Aspect("V3", "Structures", 2.1),))
    chapter = b.Section("one", "One", blocks=(b.Glance("At one glance", (row,), now="2026"),))
    page = render_html(b.Document("Title", "en", "City", "Running", chapters=(chapter,)), target="page")
    assert "<b>4.00</b> V2, V5, V7<" in page
    assert "Statement V2" not in page
    assert "Structures <b>2.10</b>" in page


@pytest.mark.parametrize("target", ["print", "page"])
def test_passage_of_another_language_carries_it_and_its_references(target):
    said = b.Passage("كلمات <b>", "ar", "[[t]], 01 {}: {}")
    table = b.Table("Table", (b.Column("a"), b.Column("b")), (b.Row((said, said)),), key="t")
    items = b.ItemsTable("Scores", (b.Item("V1", said),), "People")
    wheel = b.Wheel("Wheel", (b.Spoke("01", 3),), (), notes=(said,))
    chapter = b.Section("one", "One", blocks=(table, items, wheel, b.Bullets((said,))))
    document = b.Document("Title", "en", "City", "Running", chapters=(chapter,))
    assert b.from_dict(b.to_dict(document)) == document
    html = render_html(document, target=target)
    assert html.count('Table 1</a>, 01 <span lang="ar" dir="rtl">كلمات &lt;b&gt;</span>: {}') == 5
