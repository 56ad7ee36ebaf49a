import json

import pytest
from django.utils.translation import gettext_lazy

from reports.document import blocks
from tests.reports.document import sample

DOCUMENTS = [
    make() for make in (sample.report, sample.arabic, sample.pack, sample.poster, sample.letters, sample.leaflet)
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=["report", "arabic", "pack", "poster", "letters", "leaflet"])
def test_tree_survives_json(document):
    assert blocks.from_dict(json.loads(json.dumps(blocks.to_dict(document)))) == document


def test_sample_uses_every_kind_of_block():
    text = json.dumps([blocks.to_dict(document) for document in DOCUMENTS])
    assert [name for name in blocks.NODES if f'"is": "{name}"' not in text] == []


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"version": 99, "document": {}},
        {"version": 1},
        {"version": 1, "document": {"is": "Paragraph", "text": "x"}},
        {"version": 1, "document": {"is": "os.system"}},
        {"version": 1, "document": {"is": "Document", "surprise": 1}},
    ],
)
def test_malformed_tree_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        blocks.from_dict(data)


def test_untranslated_text_is_refused():
    document = sample.pack()
    lazy = blocks.Document(gettext_lazy("Page"), "en", "", "", chapters=document.chapters)
    with pytest.raises(ValueError, match="cannot stand"):
        blocks.to_dict(lazy)


def test_direction_comes_from_the_language():
    assert [blocks.direction(code) for code in ("ar", "ar-SY", "bg", "en-GB", "uk")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "ltr",
    ]
