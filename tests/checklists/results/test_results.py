"""Results pages, exports and the discussion: what the team reads from the sheets."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse

from audits.agenda.models import Finding
from audits.enums import Role, StakeholderGroup
from audits.models import Translation
from audits.participation.enums import Purpose
from audits.participation.models import Consent
from checklists import results, tables
from checklists.enums import WalkState
from checklists.models import ConsensusNote, Item, Score
from tests.factories import CityWalkFactory, MembershipFactory, SectionFactory, UserFactory

pytestmark = pytest.mark.django_db
GROUP = StakeholderGroup


def address(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid, *more])


@pytest.fixture
def filled(fill):
    """12 people: 6 migrants, 5 of the administration, 1 of the police."""
    fill(GROUP.MIGRANTS, times=3, V1=2, V2=1, U1=4, U2=3)
    fill(GROUP.MIGRANTS, times=3, V1=1, V2=None, U1=5, U2=3)
    fill(GROUP.ADMINISTRATION, times=5, V1=5, V2=4, U1=4, U2=3)
    fill(GROUP.POLICE, V1=5, V2=5, U1=1, U2=3)


def test_results_show_the_figures_of_the_sheets(client, walk, member, filled):
    client.force_login(member())
    page = client.get(address("walk-results", walk)).text
    # V1: (3*2 + 3*1 + 5*5 + 5) / 12 = 39 / 12
    assert "3.25" in page
    # V2: nine people, (3*1 + 5*4 + 5) / 9 = 28 / 9; three said "don't know"
    assert "3.11" in page
    assert 'aria-label="score 1: 3, score 2: 0, score 3: 0, score 4: 5, score 5: 1"' in page


def test_statements_are_read_in_the_language_of_the_page(client, walk, items, member, filled):
    Translation.objects.create(
        target=items["V1"], field="statement", language="bg", text="Твърдение едно.", source="Statement V1."
    )
    client.force_login(member())
    client.cookies["django_language"] = "bg"
    for name in ("walk-results", "consensus-list"):
        page = client.get(address(name, walk)).text
        assert "Твърдение едно." in page
        assert '<span lang="en" dir="ltr">Statement V2.</span>' in page
    rows = csv.reader(io.StringIO(client.get(address("walk-export", walk, "csv")).content.decode("utf-8-sig")))
    assert any("Твърдение едно." in row for row in rows)


def test_voided_sheets_and_unused_forms_do_not_count(walk, fill):
    kept, voided, unused = fill(times=3, V1=4)
    voided.voided_at, voided.void_reason = kept.created_at, "filled in twice"
    voided.save()
    unused.participant.joined_at = None
    unused.participant.save()
    found = results.for_walk(walk)
    assert (found.sheets, found.participants) == (1, 1)
    assert found.item_results["V1"].figure.n == 1


def test_audit_pools_the_participants_of_all_walks(walk, fill, checklist):
    other = CityWalkFactory(audit=walk.audit, checklist=checklist)
    fill(times=3, V1=1)
    fill(times=1, on=other, V1=5)
    found = results.for_audit(walk.audit)
    assert found.participants == 4
    assert found.item_results["V1"].figure.mean_shown == Decimal("2.00")


def test_who_walked_twice_counts_once_with_the_mean_of_both(walk, fill, checklist, items):
    other = CityWalkFactory(audit=walk.audit, checklist=checklist)
    (sheet,) = fill(V1=1)
    again = type(sheet).objects.create(walk=other, participant=sheet.participant, number=1)
    Score.objects.create(sheet=again, item=items["V1"], value=4)
    fill(V1=5)
    figure = results.for_audit(walk.audit).item_results["V1"].figure
    assert (figure.n, figure.mean_shown) == (2, Decimal("3.75"))


def test_small_group_is_rolled_up_into_its_family(walk, filled):
    side = tables.by_groups(results.for_walk(walk))
    labels = [column.label for column in side.columns]
    # The only policeman could be found as "institutions minus administration", so the family alone is shown.
    assert labels == ["Institutions", "TCN and migrants"]
    assert any("Police" in sentence for sentence in side.hidden)
    assert any("City administration" in sentence for sentence in side.hidden)


def test_groups_page_names_no_figure_of_a_hidden_group(client, walk, member, filled):
    client.force_login(member())
    page = client.get(address("walk-groups", walk)).text
    # U1: the five of the administration gave 4 and the policeman 1, (5 * 4 + 1) / 6; nobody is shown alone.
    assert "3.50" in page
    assert "Police: Fewer than 5 people answered" in page
    assert '<td class="num">1.00' not in page


def test_change_since_the_previous_audit_is_of_the_shown_means(client, walk, member, filled, fill, checklist):
    previous = CityWalkFactory(checklist=checklist, state=WalkState.CLOSED)
    previous.audit.starts_on, previous.audit.ends_on = date(2022, 11, 1), date(2023, 2, 28)
    previous.audit.save()
    walk.audit.previous = previous.audit
    walk.audit.save()
    fill(times=5, on=previous, V1=3, U1=4)
    client.force_login(member())
    page = client.get(address("walk-results", walk)).text
    # By the year in which it ended, as in the report.
    assert "Change since 2023" in page
    assert "Change since 2023" in client.get(address("walk-item", walk, "V1")).text
    assert "▲" in page  # V1: 3.25 - 3.00
    assert "0.25" in page
    assert "not compared" not in page or "V2" in page
    assert "Change since" not in client.get(address("walk-results", walk), {"compare": "no"}).text


def test_viewer_sees_no_figures_of_fewer_than_five_sheets(client, walk, member, fill):
    fill(times=4, V1=5)
    client.force_login(member(Role.VIEWER))
    page = client.get(address("walk-results", walk)).text
    assert "Fewer than 5 sheets are in" in page
    assert "5.00" not in page
    assert client.get(address("walk-export", walk, "xlsx")).status_code == 404
    client.force_login(member(Role.FACILITATOR))
    assert "5.00" in client.get(address("walk-results", walk)).text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 200),
        (Role.FACILITATOR, 200),
        (Role.RESEARCHER, 200),
        (Role.PARTNER, 200),
        (Role.VIEWER, 200),
        (Role.REVIEWER, 404),
    ],
)
def test_results_by_role(client, walk, member, filled, role, status):
    client.force_login(member(role))
    for name in ("walk-results", "walk-groups", "consensus-list", "ideas"):
        assert client.get(address(name, walk)).status_code == status, name


def test_results_are_unknown_to_others(client, walk, filled):
    assert client.get(address("walk-results", walk)).status_code == 302
    client.force_login(MembershipFactory().user)
    assert client.get(address("walk-results", walk)).status_code == 404
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get(address("walk-results", walk)).status_code == 404


def test_walk_of_another_audit_is_not_found(client, walk, member, filled):
    other = CityWalkFactory(checklist=walk.checklist, state=WalkState.CLOSED)
    client.force_login(member())
    assert client.get(reverse("checklists:walk-results", args=[walk.audit.slug, other.uuid])).status_code == 404


def test_comments_stand_without_their_authors(client, walk, member, fill):
    fill(GROUP.POLICE, V1=2, comment="The leaflets are in one language")
    client.force_login(member())
    page = client.get(address("walk-item", walk, "V1")).text
    assert "The leaflets are in one language" in page
    assert "Police" not in page


def test_aggregate_readers_see_only_comments_that_may_be_quoted(client, walk, member, fill):
    agreeing, *_others = fill(times=6, V1=2, comment="marker-quoted")
    Score.objects.exclude(sheet=agreeing).update(comment="marker-private")
    Consent.objects.create(
        participant=agreeing.participant, purpose=Purpose.QUOTATION, given=True, text_version="1", language="en"
    )
    client.force_login(member(Role.PARTNER))
    page = client.get(address("walk-item", walk, "V1")).text
    assert "marker-quoted" in page
    assert "marker-private" not in page
    Consent.objects.create(
        participant=agreeing.participant, purpose=Purpose.QUOTATION, given=False, text_version="1", language="en"
    )
    assert "marker-quoted" not in client.get(address("walk-item", walk, "V1")).text


def test_hidden_comment_is_shown_nowhere(client, walk, member, fill):
    (sheet, *_) = fill(times=5, V1=2, comment="marker")
    Score.objects.filter(sheet__walk=walk).update(hidden_reason="names a person")
    client.force_login(member())
    assert "marker" not in client.get(address("walk-item", walk, "V1")).text
    assert b"marker" not in client.get(address("walk-export", walk, "xlsx")).content
    assert sheet.scores.get(item__key="V1").comment == "marker"


def test_comment_is_hidden_from_the_page_of_its_statement_by_those_who_run_walks(client, walk, member, fill):
    fill(times=5, V1=2)
    (sheet,) = fill(V1=2, comment="marker")
    score = sheet.scores.get()
    Consent.objects.create(
        participant=sheet.participant, purpose=Purpose.QUOTATION, given=True, text_version="1", language="en"
    )
    hide = address("comment-hide", walk, score.uuid)
    for role, may in ((Role.FACILITATOR, True), (Role.RESEARCHER, False), (Role.PARTNER, False)):
        client.force_login(member(role))
        page = client.get(address("walk-item", walk, "V1")).text
        assert "marker" in page
        assert (hide in page) is may, role
    client.force_login(member(Role.FACILITATOR))
    of_all = reverse("checklists:audit-item", args=[walk.audit.slug, "V1"])
    assert f"{hide}?from=audit-item" in client.get(of_all).text
    for page, stands_there in (("walk-item", address("walk-item", walk, "V1")), ("audit-item", of_all)):
        assert stands_there in client.get(hide, {"from": page}).text
        response = client.post(f"{hide}?from={page}", {"reason": "Names a person."})
        assert response.url == stands_there
        assert client.post(f"{hide}?from={page}", {"show": "yes"}).url == stands_there
    sheet_page = address("sheet-entry", walk, sheet.number)
    assert client.post(f"{hide}?from=//elsewhere.example", {"reason": "x"}).url == sheet_page


def test_number_of_comments_is_of_those_that_the_reader_finds(client, walk, member, fill):
    fill(times=5, V1=2, comment="Private")
    client.force_login(member())
    assert "5 comments" in client.get(address("walk-results", walk)).text
    client.force_login(member(Role.PARTNER))
    assert "comment" not in client.get(address("walk-results", walk)).text


def test_walks_lead_to_the_results_of_all_of_them_once_there_are_any(client, walk, member, fill):
    client.force_login(member(Role.VIEWER))
    walks = reverse("checklists:walk-list", args=[walk.audit.slug])
    link = reverse("checklists:audit-results", args=[walk.audit.slug])
    assert link not in client.get(walks).text
    fill(V1=3)
    assert link in client.get(walks).text


def test_statement_becomes_a_finding_with_its_figures_kept(client, walk, member, filled):
    client.force_login(member())
    response = client.post(
        address("walk-item", walk, "V1"), {"kind": "deficiency", "text": "The strategy is hardly known."}
    )
    finding = Finding.objects.get(audit=walk.audit)
    assert response.status_code == 302
    evidence = finding.evidence.get()
    assert (evidence.app, evidence.type, evidence.source) == ("checklists", "item:V1", walk.uuid)
    assert evidence.figures == {"mean": "3.25", "sd": "1.86", "n": 12}
    assert finding.area == "vision"


def test_finding_without_text_is_refused_beside_the_field(client, walk, member, filled):
    client.force_login(member())
    response = client.post(address("walk-item", walk, "V1"), {"kind": "deficiency", "text": ""})
    assert response.status_code == 422
    assert not Finding.objects.exists()


def test_partner_cannot_write_a_finding(client, walk, member, filled):
    client.force_login(member(Role.PARTNER))
    response = client.post(address("walk-item", walk, "V1"), {"kind": "deficiency", "text": "x"})
    assert response.status_code == 403
    assert not Finding.objects.exists()


def test_xlsx_holds_the_figures_of_the_page_and_native_charts(client, walk, member, filled):
    client.force_login(member())
    book = openpyxl.load_workbook(io.BytesIO(client.get(address("walk-export", walk, "xlsx")).content))
    assert book.sheetnames == ["Summary", "Scores", "Comments"]
    rows = {row[1]: row for row in book["Summary"].iter_rows(min_row=2, values_only=True)}
    assert rows["V1"][3:13] == (3, 3, 0, 0, 6, 0, 0, 3.25, 1.86, 12)
    assert len(book["Summary"]._charts) == 2


def test_export_joins_no_score_with_a_group(client, walk, member, filled):
    client.force_login(member())
    book = openpyxl.load_workbook(io.BytesIO(client.get(address("walk-export", walk, "xlsx")).content))
    for name in ("Scores", "Comments"):
        words = {str(cell) for row in book[name].iter_rows(values_only=True) for cell in row}
        assert not words & {str(label) for label in GROUP.labels}
    assert [cell.value for cell in book["Scores"][1]] == ["Person", "V1", "V2", "U1", "U2"]


def test_export_for_aggregate_readers_has_no_single_scores(client, walk, member, filled):
    client.force_login(member(Role.VIEWER))
    book = openpyxl.load_workbook(io.BytesIO(client.get(address("walk-export", walk, "xlsx")).content))
    assert book.sheetnames == ["Summary", "By group"]
    head, *rows = book["By group"].iter_rows(values_only=True)
    for row in rows:
        for label, mean, n in zip(head[2::2], row[2::2], row[3::2], strict=True):
            assert (n is None) if mean in (None, "not shown") else n >= 5, (row[1], label)
    assert any(row[5] for row in rows)


def test_comment_that_looks_like_a_formula_stays_text(client, walk, member, fill):
    fill(times=5, V1=2, comment="=1+1")
    client.force_login(member())
    book = openpyxl.load_workbook(io.BytesIO(client.get(address("walk-export", walk, "xlsx")).content))
    cell = book["Comments"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_csv_holds_the_summary_and_no_formula(client, walk, member, filled, items):
    Item.objects.filter(pk=items["V1"].pk).update(statement="=HYPERLINK(1)")
    client.force_login(member())
    text = client.get(address("walk-export", walk, "csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][1:4] == ["V1", "'=HYPERLINK(1)", "3"]
    assert client.get(address("walk-export", walk, "pdf")).status_code == 404


def test_discussion_lists_what_reaches_the_threshold(client, walk, member, fill):
    # sample deviation of 2, 3, 4 is exactly 1.00
    for value in (2, 3, 4):
        fill(V1=value, V2=3)
    found = results.for_walk(walk)
    assert [item.item for item in found.discussion] == ["V1"]
    client.force_login(member())
    assert "1 statement to discuss" in client.get(address("consensus-list", walk)).text


def test_consensus_note_never_changes_a_figure(client, walk, member, filled):
    client.force_login(member())
    before = results.for_walk(walk).item_results["V1"]
    response = client.post(address("consensus", walk, "V1"), {"text": "Known in offices only.", "outcome": "2"})
    assert response.status_code == 302
    note = ConsensusNote.objects.get(walk=walk)
    assert (note.agreement, note.agreed_score, note.version) == ("agreed", 2, 1)
    assert results.for_walk(walk).item_results["V1"] == before


def test_no_agreement_is_an_outcome(client, walk, member, filled):
    client.force_login(member())
    client.post(address("consensus", walk, "V1"), {"text": "", "outcome": "none"})
    note = ConsensusNote.objects.get(walk=walk)
    assert (note.agreement, note.agreed_score) == ("no_agreement", None)


def test_stale_note_answers_with_both_texts(client, walk, member, filled):
    client.force_login(member())
    client.post(address("consensus", walk, "V1"), {"text": "first", "outcome": ""})
    client.post(address("consensus", walk, "V1"), {"text": "second", "outcome": "", "version": "1"})
    response = client.post(address("consensus", walk, "V1"), {"text": "mine", "outcome": "", "version": "1"})
    assert response.status_code == 409
    assert "second" in response.text
    assert "mine" in response.text
    assert ConsensusNote.objects.get().text == "second"
    # The page carries the version that stands there now, so the next save goes through.
    assert 'name="version" value="2"' in response.text


def test_empty_note_is_refused(client, walk, member, filled):
    client.force_login(member())
    response = client.post(address("consensus", walk, "V1"), {"text": "", "outcome": ""})
    assert response.status_code == 422
    assert not ConsensusNote.objects.exists()


def test_room_reads_only_comments_that_may_be_quoted(client, walk, member, fill):
    fill(times=5, V1=2, comment="marker")
    client.force_login(member())
    assert "marker" not in client.get(address("consensus", walk, "V1")).text


def test_viewer_cannot_open_the_discussion(client, walk, member, filled):
    client.force_login(member(Role.VIEWER))
    assert client.get(address("consensus", walk, "V1")).status_code == 403


def test_idea_is_kept_under_its_section(client, walk, member, checklist):
    client.force_login(member())
    urban = checklist.sections.get(key="urban")
    client.post(address("ideas", walk), {"section": urban.pk, "text": "Light the underpass"})
    assert walk.ideas.get().section == urban
    page = client.get(address("ideas", walk)).text
    assert "Light the underpass" in page
    client.post(reverse("checklists:idea-delete", args=[walk.audit.slug, walk.uuid, walk.ideas.get().uuid]))
    assert not walk.ideas.exists()


def test_idea_for_a_section_of_another_checklist_is_refused(client, walk, member):
    foreign = SectionFactory()
    client.force_login(member())
    response = client.post(address("ideas", walk), {"section": foreign.pk, "text": "Something"})
    assert response.status_code == 422
    assert "Something" in response.text
    assert not walk.ideas.exists()


def test_who_joined_and_wrote_nothing_is_no_participant_of_the_results(walk, fill):
    fill(times=5, V1=4)
    fill(times=3)
    found = results.for_walk(walk)
    assert (found.participants, found.sheets) == (5, 5)


# Sent twice --------------------------------------------------------------------------------------------------


def test_finding_and_idea_that_are_sent_twice_stand_once(client, walk, member, fill):
    fill(times=5, V1=3)
    client.force_login(member())
    for name, more, words in (
        ("walk-item", ["V1"], {"kind": "task", "text": "Light the path."}),
        ("ideas", [], {"section": walk.checklist.sections.first().pk, "text": "Lamps at the park."}),
    ):
        url = address(name, walk, *more)
        page = client.get(url).content.decode()
        sent = {**words, "uuid": re.search(r'name="uuid" value="([^"]+)"', page)[1]}
        for _press in range(2):
            assert client.post(url, sent).status_code == 302
        again = {**sent, "text": "Other words, from a page that was gone back to."}
        for _press in range(2):
            assert client.post(url, again).status_code == 302
    assert [finding.text for finding in walk.audit.findings.all()] == [
        "Light the path.",
        "Other words, from a page that was gone back to.",
    ]
    assert walk.ideas.count() == 2


def test_finding_from_a_page_that_was_gone_back_to_is_another_one_each_time(client, walk, member, fill):
    fill(times=5, V1=3)
    client.force_login(member())
    sent = {"uuid": str(uuid4()), "text": "Light the path."}
    kinds = ["observation", "task", "achievement", "task"]
    for kind in kinds:
        assert client.post(address("walk-item", walk, "V1"), {**sent, "kind": kind}).status_code == 302
    assert [finding.kind for finding in walk.audit.findings.all()] == kinds[:3]


def test_idea_that_is_too_long_is_not_cut_off_by_the_browser(client, walk, member):
    client.force_login(member(Role.FACILITATOR))
    assert "maxlength" not in client.get(address("ideas", walk)).content.decode()
    page = client.post(
        address("ideas", walk), {"section": walk.checklist.sections.first().pk, "text": "x" * 1001}
    ).content.decode()
    assert "1001" in page
    assert "x" * 1001 in page
