"""Codebook and passages as files that other programs open."""

import io
from pathlib import Path

import openpyxl
from lxml import etree

from audits.enums import Family, StakeholderGroup
from focusgroups import exports
from focusgroups.models import Code
from tests import factories
from tests.focusgroups.pages import said, to


def sheets(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_qdc_is_valid_by_the_published_schema(desk, audit):
    schema = etree.XMLSchema(etree.parse(Path(__file__).parent / "codebook.xsd"))
    code = factories.CodeFactory(audit=audit, name="Rents & <homes> \x0b“high”", definition="Co-operatives\nand lets")
    factories.CodeFactory(audit=audit, name="Čekání")
    answer = desk.get(to("codebook-qdc", audit))
    assert answer["Content-Disposition"].endswith(f'filename="{audit.slug}.qdc"')
    book = etree.fromstring(answer.content)
    schema.assertValid(book)
    found = {one.get("name"): (one.get("guid"), one.findtext("{*}Description")) for one in book.iterfind(".//{*}Code")}
    assert found["Rents & <homes> “high”"] == (str(code.uuid), "Co-operatives\nand lets")
    assert found["Čekání"][1] is None


def test_empty_codebook_cannot_be_handed_on_and_says_so(desk, audit):
    answer = desk.get(to("codebook-qdc", audit))
    assert answer.url == to("codebook", audit)
    assert said(answer) == ["There is no code yet, so there is nothing to hand on."]


def test_xlsx_holds_codes_and_passages_without_formulas_and_without_who_spoke(desk, audit, noted, seat):
    code = factories.CodeFactory(audit=audit, name="=1+1", definition="@sum")
    for _ in range(4):
        seat(StakeholderGroup.MIGRANTS)
    many, few = seat(StakeholderGroup.MIGRANTS), seat(StakeholderGroup.POLICE)
    for number, taken in enumerate((many, few)):
        note = factories.NoteFactory(group=noted, seat=taken, text=f"+{number} said")
        factories.CodingFactory(note=note, code=code, coder__name="Ada", end=7)
    answer = desk.get(to("codes-export", audit))
    found = sheets(answer.content)
    # Two people coded, each another note.
    assert found["Codebook"][1][:4] == ("=1+1", "@sum", 2, 0)
    rows = found["Passages"]
    assert [row[4] for row in rows[1:]] == ["+0 said", "+1 said"]
    # One of five migrants spoke, and the only police officer: beside words of a family, words of none would be known for
    # those of the officer.
    told = " ".join(str(cell) for sheet in found.values() for row in sheet for cell in row)
    assert not any(str(name) in told for name in (*StakeholderGroup.labels, *Family.labels))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_words_that_a_correction_took_out_are_in_no_file(desk, audit, noted):
    note = factories.NoteFactory(group=noted, text="Ask Mrs Petrova about rents")
    factories.CodingFactory(note=note, end=15)
    note.text = "Ask a neighbour about rents"
    note.save()
    [passage] = sheets(desk.get(to("codes-export", audit)).content)["Passages"][1:]
    assert passage[4] == "The note was changed since."


def test_exporting_asks_as_often_for_30_passages_as_for_three(audit, noted, django_assert_max_num_queries):
    code, ada = factories.CodeFactory(audit=audit), factories.UserFactory()
    question = factories.SessionQuestionFactory(group=noted)
    for number in (3, 27):
        for note in factories.NoteFactory.create_batch(number, group=noted, question=question):
            factories.CodingFactory(note=note, code=code, coder=ada)
        with django_assert_max_num_queries(5):
            exports.xlsx(audit)
    assert Code.objects.count() == 1
