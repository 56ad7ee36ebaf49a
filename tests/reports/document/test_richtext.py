import pytest
from django.utils.html import format_html

from reports.document import richtext


def fitted(html, heading=3, known=("F1", "r-1")):
    return richtext.fitted(
        html,
        heading=heading,
        reference=lambda key: format_html('<a href="#{}">{}</a>', key, key) if key in known else None,
        anchors=set(known),
    )


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src="file:///etc/passwd">',
        '<a href="file:///etc/passwd">x</a>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" JAVA\nSCRIPT:alert(1)">x</a>',
        '<a href="/admin/">x</a>',
        '<link rel="attachment" href="file:///etc/passwd">',
        "<style>@import url(http://x)</style>",
        '<p style="background: url(http://x)" onclick="x()">x</p>',
        '<svg><image href="http://x"/></svg>',
        "<script>x()</script>",
        '<iframe src="http://x"></iframe>',
        '<td colspan="99">x</td>',
    ],
)
def test_hostile_html_leaves_nothing_behind(hostile):
    for html in (richtext.clean(hostile), fitted(hostile)):
        assert not any(
            bad in html.lower() for bad in ("file:", "http:", "script", "style", "onclick", "<img", "href", "colspan")
        )


def test_text_is_escaped_after_cleaning():
    assert fitted("<p>1 &lt; 2 &amp; &lt;script&gt;</p>") == "<p>1 &lt; 2 &amp; &lt;script&gt;</p>"


def test_headings_follow_the_section():
    assert fitted("<h3>a</h3><h4>b</h4>", 2) == "<h2>a</h2><h3>b</h3>"
    assert fitted("<h4>alone</h4>", 2) == "<h2>alone</h2>"
    assert fitted("<h4>a</h4><h3>b</h3><h4>c</h4>", 2) == "<h2>a</h2><h2>b</h2><h3>c</h3>"
    for empty in ("<h3></h3>", "<h3><br></h3>", "<h3>&nbsp;</h3>", '<h3><a href="https://x.example"> </a></h3>'):
        assert fitted(f"{empty}<p>a</p>") == "<p>a</p>"


def test_links_hold_text_only_and_lead_somewhere():
    assert fitted('<a href="https://x.example"><strong>a</strong> b</a>') == '<a href="https://x.example">a b</a>'
    assert fitted('<p><a href="#F1">a</a> <a href="#gone">b</a></p>') == '<p><a href="#F1">a</a> b</p>'
    assert fitted('<p>a<a href="https://x.example"><br></a></p>') == "<p>a</p>"


def test_references_become_links_but_not_inside_links():
    assert fitted("<p>See [[F1]], [[gone]].</p>") == '<p>See <a href="#F1">F1</a>, [[gone]].</p>'
    assert fitted('<a href="https://x.example">[[F1]]</a>') == '<a href="https://x.example">[[F1]]</a>'


def test_first_row_of_a_table_becomes_its_head():
    table = "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>"
    assert '<th scope="col">a</th>' in fitted(table)
    assert "<td>b</td>" in fitted(table)


def test_ragged_tables_are_filled_up_and_empty_ones_left_out():
    table = "<table><tr><td>a</td></tr><tr><td>1</td><td>2</td></tr><tr></tr></table>"
    assert fitted(table) == (
        '<table><thead><tr><th scope="col">a</th><th scope="col"></th></tr></thead>'
        "<tr><td>1</td><td>2</td></tr></table>"
    )
    assert fitted("<table><tr><td> </td></tr></table>") == ""
    assert fitted("<table><tr><td>a</td><td>b</td></tr></table>") == (
        '<table><tr><th scope="row">a</th><td>b</td></tr></table>'
    )
    inner = "<table><tr><td>a</td></tr><tr><td>b <table><tr><td>c</td><td>d</td></tr></table></td></tr></table>"
    assert "<td>b c d " in fitted(inner)


@pytest.mark.parametrize(
    ("written", "fit"),
    [
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<ul><li><p>a</p><ol><li><p>b</p></li></ol></li></ul>", "<ul><li>a<ol><li>b</li></ol></li></ul>"),
        ("<ol><li><h3>a</h3><blockquote><p>b</p></blockquote></li></ol>", "<ol><li><strong>a</strong><br>b</li></ol>"),
        ("<ul>a<li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ('<ul><a href="#F1">a</a><li>b</li></ul>', '<ul><li><a href="#F1">a</a></li><li>b</li></ul>'),
    ],
)
def test_list_items_hold_text_and_lists_alone(written, fit):
    assert fitted(written) == fit
