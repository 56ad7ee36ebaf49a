"""The register as a table: out, the template, and in after a preview in which broken cells are corrected."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from audits import methods
from audits.spreadsheet import UnreadableError
from audits.stakeholders.models import StakeholderUpload
from audits.stakeholders.selection import questions_of
from audits.stakeholders.spreadsheet import MOST_ROWS, read, register_xlsx, template_xlsx
from tests import factories

HEAD = ("name", "e-mail", "target group", "power")


def to(name, audit, *args):
    return reverse(f"stakeholders:{name}", args=[audit.slug, *args])


def csv_file(*rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def choose(team, audit, *rows):
    file = SimpleUploadedFile("partners.csv", csv_file(*rows))
    return team.post(to("import", audit), {"file": file})["Location"]


def test_what_is_downloaded_is_read_as_the_same_again(team, audit, guide):
    one = factories.StakeholderFactory(
        audit=audit, name="#Together", kind="function", sector="health", migrant_led="no", contact_name="=1+1",
        email="office@together.example", power=4, interest=2, arguments="Rooms\nfor all",
    )  # fmt: skip
    one.answers.create(question=questions_of(audit)[1], answer="yes", note="They teach")
    content = team.get(to("export", audit)).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    reading = read(content, factories.AuditFactory())
    [row] = reading.good
    assert (reading.problems, reading.remarks, reading.absent) == ((), (), ())
    assert row.fields == {name: getattr(one, name) for name in one.written}
    assert {key: (said.answer, said.note) for key, said in row.stakeholder.answers.items()} == {
        questions_of(audit)[1].pk: ("yes", "They teach")
    }
    # In the audit itself it is there already.
    assert [row.double for row in read(content, audit).rows] == ["It is in the register already."]


@pytest.mark.parametrize("language", ["en", "bg", "cs"])
def test_template_in_any_language_is_empty_and_its_words_are_read(audit, guide, language):
    with translation.override(language):
        book = openpyxl.load_workbook(io.BytesIO(template_xlsx(audit)))
        words = next(book["Values"].iter_rows(values_only=True))
    with pytest.raises(UnreadableError, match="no column"):
        read(csv_file(("firm", "colour"), ("x", "y")), audit)
    with translation.override(language):
        content = template_xlsx(audit)
    assert [str(one) for one in read(content, audit).problems] == ["No stakeholder is filled in yet."]
    names = ("kind", "sector", "target group", "migrant-led", "power")
    [row] = read(csv_file(("name", *names), ("Bridge", *words)), audit).good
    assert (row.fields["kind"], row.fields["migrant_led"], row.fields["power"]) == ("organisation", "yes", 1)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("name", "", "The name is missing."),
        ("e-mail", "office at bridge", "“office at bridge” is not an e-mail address."),
        ("e-mail", "a@b.example; c@d.example", "Write one address"),
        ("website", "not an address", "is not an address on the web."),
        ("power", "6", "“6” is not in the list. Choose one of: 1 (Very little)"),
        ("target group", "friends", "“friends” is not in the list."),
        ("arguments", "x" * 2001, "At most 2000 characters; these are 2001."),
        ("question-1", "perhaps", "Choose one of: Yes, No"),
        ("question-1 why", "Because", "A reason stands here, but no answer."),
    ],
)
def test_bad_cells_keep_their_row_out_with_a_reason(audit, guide, column, cell, said):
    head = ("name", "telephone") if column == "name" else ("name", "telephone", column)
    bad = (cell, "1") if column == "name" else ("Bridge", "1", cell)
    reading = read(csv_file(head, bad, ("Good", "2", "")[: len(head)]), audit)
    [[wrong]] = [row.bad for row in reading.bad]
    assert said in wrong.said
    assert [row.fields["name"] for row in reading.good] == ["Good"]


def test_rows_come_in_as_they_are_corrected_and_nothing_is_lost(team, audit):
    factories.StakeholderFactory(audit=audit, name="Old  friends")
    where = choose(
        team, audit, HEAD,
        ("Bridge", "office@bridge.example", "ngos", 4),
        ("Broken", "office at broken", "ngos", 9),
        ("Worse", "worse@", "", ""),
        ("old FRIENDS", "x", "", ""),
        ("bridge", "", "", ""),
    )  # fmt: skip
    page = team.get(where).content.decode()
    assert "“office at broken” is not an e-mail address" in page
    assert 'value="office at broken"' in page
    assert "It is in the register already." in page
    assert "It stands in row 2 already." in page
    assert audit.stakeholders.count() == 1
    corrections = {"3-e-mail": "office@broken.example", "3-power": "9", "4-e-mail": "still worse"}
    page = team.post(where, corrections | {"bring_in": "1"}, follow=True).content.decode()
    assert "1 stakeholder has come in." in page
    assert "2 rows wait here for their correction" in page
    # What was typed is kept, good or not.
    assert 'value="still worse"' in page
    assert 'value="office@broken.example"' not in page
    team.post(where, {"3-power": "3", "4-e-mail": "still worse", "bring_in": "1"})
    broken = audit.stakeholders.get(name="Broken")
    assert (broken.email, broken.power) == ("office@broken.example", 3)
    assert broken.history.get().history_user == broken.changed_by
    response = team.post(where, {"4-e-mail": "", "bring_in": "1"})
    assert response["Location"] == to("list", audit)
    assert sorted(audit.stakeholders.values_list("name", flat=True)) == ["Bridge", "Broken", "Old  friends", "Worse"]
    assert team.get(where).status_code == 404


def test_two_hundred_rows_take_a_few_queries(team, audit):
    rows = [(f"Organisation {n}", "broken" if n % 10 == 0 else f"o{n}@example.org", "ngos", 3) for n in range(200)]
    where = choose(team, audit, HEAD, *rows)
    assert team.get(where).content.decode().count("is not an e-mail address") == 20
    with CaptureQueriesContext(connection) as asked:
        team.post(where, {"bring_in": "1"})
    assert audit.stakeholders.count() == 180
    assert len(asked) < 30
    assert "20 rows to be corrected" in team.get(where).content.decode()


def test_many_broken_rows_are_corrected_a_part_at_a_time(team, audit):
    where = choose(team, audit, HEAD, *((f"Organisation {n}", "broken", "", "") for n in range(103)))
    page = team.get(where).content.decode()
    assert page.count('aria-invalid="true"') == 100
    assert "3 more rows follow when these are corrected." in page


def test_table_with_a_foreign_column_or_too_many_rows_is_refused(team, audit):
    where = choose(team, audit, ("name", "colour"), ("Bridge", "red"))
    page = team.post(where, {"bring_in": "1"}, follow=True).content.decode()
    assert "This column is not in the template" in page
    assert not audit.stakeholders.exists()
    assert team.post(where, {"discard": "1"})["Location"] == to("import", audit)
    with pytest.raises(UnreadableError, match="more than 500 rows"):
        read(csv_file(("name",), *((f"O{n}",) for n in range(MOST_ROWS + 1))), audit)
    file = SimpleUploadedFile("x.xlsx", b"%PDF-1.7 " + b"0" * 300)
    assert "This is no spreadsheet" in team.post(to("import", audit), {"file": file}).content.decode()


def test_file_is_seen_by_who_chose_it_and_expires(client, team, audit, member):
    where = choose(team, audit, HEAD, ("#a remark", "", "", ""), ("Bridge", "", "", ""))
    assert "#a remark" in team.get(where).content.decode()
    client.force_login(member())
    assert client.get(where).status_code == 404
    later = timezone.now() + datetime.timedelta(hours=1)
    method = methods.get("stakeholders")
    assert method.expire(later, dry_run=True) == {"stakeholder_uploads": 1}
    assert method.expire(later, dry_run=False) == {"stakeholder_uploads": 1}
    assert not StakeholderUpload.objects.exists()


def test_register_of_another_audit_stays_out_of_the_table(audit, guide):
    factories.StakeholderFactory(name="Of another audit")
    assert b"Of another audit" not in register_xlsx(audit, audit.stakeholders.all())
