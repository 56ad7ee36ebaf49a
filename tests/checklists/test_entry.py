import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audits.enums import Role
from audits.participation.models import Participant
from checklists import actions
from checklists.enums import SheetSource, WalkState
from checklists.models import Score, Sheet
from tests.checklists.conftest import answer, as_json, items
from tests.factories import AuditFactory, CityWalkFactory, MembershipFactory, ParticipantFactory, SheetFactory

DEVICE = str(uuid.UUID(int=1))


@pytest.fixture
def team(client, facilitator):
    """A browser of the walk's facilitator."""
    client.force_login(facilitator)
    return client


def address(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid, *more])


def deliver(client, sheet, *changes, **envelope):
    body = {"sheet": str(sheet.uuid), "device": DEVICE, "changes": list(changes), **envelope}
    return client.post(
        address("sheet-changes", sheet.walk, sheet.number), json.dumps(body), content_type="application/json"
    )


# Access ------------------------------------------------------------------------------------------------------

PAGES = [("type-in", ()), ("sheet-entry", (1,)), ("late-answers", ())]
POSTS = [("type-in", ()), ("sheet-entry", (1,)), ("sheet-changes", (1,)), ("late-decide", (1,))]


@pytest.mark.parametrize(("name", "more"), PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 200),
        (Role.FACILITATOR, 200),
        (Role.RESEARCHER, 403),
        (Role.PARTNER, 403),
        (Role.VIEWER, 403),
        (Role.REVIEWER, 404),
    ],
)
def test_pages_are_for_those_who_run_walks(client, sheet, name, more, role, status):
    client.force_login(MembershipFactory(audit=sheet.walk.audit, role=role).user)
    assert client.get(address(name, sheet.walk, *more), follow=True).status_code == status


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_pages_do_not_exist_for_another_team(client, sheet, name, more):
    client.force_login(MembershipFactory(audit=AuditFactory()).user)
    assert client.get(address(name, sheet.walk, *more)).status_code == 404


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_anonymous_visitors_sign_in_first(client, sheet, name, more):
    assert client.get(address(name, sheet.walk, *more)).url.startswith(reverse("account_login"))


@pytest.mark.parametrize(("name", "more"), POSTS)
def test_nobody_else_writes(client, sheet, name, more):
    client.force_login(MembershipFactory(audit=sheet.walk.audit, role=Role.RESEARCHER).user)
    assert client.post(address(name, sheet.walk, *more)).status_code == 403
    client.force_login(MembershipFactory(audit=AuditFactory()).user)
    assert client.post(address(name, sheet.walk, *more)).status_code == 404


def test_walk_of_another_audit_is_not_reached_through_ones_own(team, sheet):
    other = CityWalkFactory()
    assert team.get(reverse("checklists:type-in", args=[sheet.walk.audit.slug, other.uuid])).status_code == 404


# The page ----------------------------------------------------------------------------------------------------


def test_page_shows_the_sheet_like_the_paper(team, sheet, facilitator):
    first, second = items(sheet.walk)[:2]
    actions.record(
        sheet=sheet,
        changes=[answer(first, 4, comment="New lamps."), answer(second, missing="empty", sequence=2)],
        device=uuid.uuid4(),
        by=facilitator,
    )
    page = team.get(address("sheet-entry", sheet.walk, 1)).content.decode()
    assert first.statement in page
    assert f'name="answer-{first.pk}" value="4" checked' in page
    assert "New lamps." in page
    assert "2 of 4 entered" in page


@pytest.mark.parametrize("number", [3, 300])
def test_query_count_does_not_depend_on_the_number_of_sheets(team, walk, django_assert_num_queries, number):
    people = ParticipantFactory.create_batch(number, audit=walk.audit)
    sheets = Sheet.objects.bulk_create(
        Sheet(walk=walk, participant=person, number=index) for index, person in enumerate(people, start=1)
    )
    Score.objects.bulk_create(Score(sheet=sheet, item=item, value=3) for sheet in sheets for item in items(walk)[:2])
    team.get(address("sheet-entry", walk, 1))
    with django_assert_num_queries(16):
        response = team.get(address("sheet-entry", walk, 3))
    assert len(response.context["sheets"]) == number


def test_table_shows_the_fifty_sheets_around_this_one(team, walk):
    people = ParticipantFactory.create_batch(60, audit=walk.audit)
    Sheet.objects.bulk_create(Sheet(walk=walk, participant=one, number=n) for n, one in enumerate(people, start=1))

    def shown(number, **query):
        table = team.get(address("sheet-entry", walk, number), query).context["table"]
        return [row["sheet"].number for row in table["rows"]]

    assert shown(1) == list(range(1, 51))
    assert shown(55) == list(range(51, 61))
    assert shown(55, page=1) == list(range(1, 51))


def test_typing_in_goes_on_with_the_first_paper_that_is_not_typed_in_whole(team, walk):
    for number in (1, 2, 3):
        SheetFactory(walk=walk, number=number)
    SheetFactory(walk=walk, number=4, source=SheetSource.PHONE)
    for item in items(walk):
        Score.objects.create(sheet=Sheet.objects.get(number=1), item=item, value=3)
    Score.objects.create(sheet=Sheet.objects.get(number=2), item=items(walk)[0], value=3)
    assert team.get(address("type-in", walk)).url == address("sheet-entry", walk, 2)


def test_list_of_sheets_counts_those_that_are_whole_and_agreed_to(team, walk):
    whole, part, refused = (SheetFactory(walk=walk, number=number) for number in (1, 2, 3))
    for sheet, given in ((whole, items(walk)), (part, items(walk)[:1]), (refused, items(walk))):
        Score.objects.bulk_create(Score(sheet=sheet, item=item, value=3) for item in given)
    refused.participant.joined_at = None
    refused.participant.save()
    page = team.get(address("sheet-entry", walk, 2)).text
    assert "1 of 3</span></h2>" in page
    assert (page.count("in part</span>"), page.count("agreement missing</span>")) == (1, 1)


def test_without_a_script_a_sheet_that_does_not_count_is_told_of(team, walk):
    sheet = SheetFactory(walk=walk, number=1)
    SheetFactory(walk=walk, number=2)
    sheet.participant.joined_at = None
    sheet.participant.save()
    Score.objects.create(sheet=sheet, item=items(walk)[0], value=3)
    page = team.get(address("sheet-entry", walk, 1))
    sent = {"was-person": page.context["person_was"], "next": "yes"}
    response = team.post(address("sheet-entry", walk, 1), sent, follow=True)
    assert "“Takes part” is not ticked on sheet 1: it is kept and does not count." in response.text


def test_late_answers_of_somebody_who_has_not_agreed_are_told_of(team, walk, facilitator):
    sheet = SheetFactory(walk=walk, number=1)
    sheet.participant.joined_at = None
    sheet.participant.save()
    walk.state = WalkState.CLOSED
    walk.save()
    late = [answer(items(walk)[0], 3)]
    actions.record(sheet=sheet, changes=late, device=uuid.uuid4(), by=facilitator)
    response = team.post(address("late-decide", walk, 1), {"decision": "admit"}, follow=True)
    assert "It counts once the agreement to take part is entered." in response.text
    assert "counts now" not in response.text


def test_walk_without_papers_offers_to_begin_one(team, walk):
    assert "Begin the first sheet" in team.get(address("type-in", walk)).content.decode()
    assert team.post(address("type-in", walk)).url == address("sheet-entry", walk, 1)
    assert Sheet.objects.get().source == SheetSource.PAPER


def test_closed_walk_begins_no_sheet(team, walk):
    walk.state = WalkState.CLOSED
    walk.save()
    team.post(address("type-in", walk))
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    ("state", "words"), [(WalkState.PLANNED, "The walk is not open yet"), (WalkState.CLOSED, "The walk is closed")]
)
def test_page_says_when_what_is_typed_does_not_count(team, sheet, state, words):
    sheet.walk.state = state
    sheet.walk.save()
    assert words in team.get(address("sheet-entry", sheet.walk, 1)).content.decode()


# Deliveries of the script ------------------------------------------------------------------------------------


def test_delivery_is_saved_and_answered_change_by_change(team, sheet):
    change = as_json(answer(items(sheet.walk)[0], 4, comment="Уличното осветление е ново."))
    response = deliver(team, sheet, change)
    assert response.status_code == 200
    assert response.json() == {"results": [{"uuid": change["uuid"], "outcome": "saved", "message": ""}]}
    assert Score.objects.values_list("value", "comment").get() == (4, "Уличното осветление е ново.")
    assert deliver(team, sheet, change).json()["results"][0]["outcome"] == "repeat"


def test_one_bad_change_blocks_no_other_and_says_why(team, sheet):
    first, second = items(sheet.walk)[:2]
    good = as_json(answer(second, 2))
    response = deliver(team, sheet, as_json(answer(first, 3), value="seven"), {"uuid": [1]}, 7, good)
    assert response.status_code == 200
    results = response.json()["results"]
    assert [result["outcome"] for result in results] == ["refused", "refused", "refused", "saved"]
    assert all(result["message"] for result in results[:3])
    assert Score.objects.get().item == second


def test_conflict_answers_409_and_saves_the_rest(team, sheet):
    first, second = items(sheet.walk)[:2]
    change = as_json(answer(first, 4))
    deliver(team, sheet, change)
    response = deliver(team, sheet, {**change, "value": 1}, as_json(answer(second, 2)))
    assert response.status_code == 409
    assert [result["outcome"] for result in response.json()["results"]] == ["conflict", "saved"]
    assert list(Score.objects.values_list("value", flat=True)) == [4, 2]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"device": "x", "changes": []}', b'{"device": "%s", "changes": 3}', b"\xff", b"[" * 9999],
)
def test_delivery_that_cannot_be_read_takes_nothing(team, sheet, body):
    body = body.replace(b"%s", DEVICE.encode())
    response = team.post(address("sheet-changes", sheet.walk, 1), body, content_type="application/json")
    assert response.status_code == 400
    assert response.json().keys() == {"message"}


def test_delivery_with_too_many_changes_takes_nothing(team, sheet):
    change = as_json(answer(items(sheet.walk)[0], 4))
    assert deliver(team, sheet, *[change] * 301).status_code == 400
    assert not Score.objects.exists()


def test_delivery_that_is_too_large_is_not_read(team, sheet):
    response = deliver(team, sheet, as_json(answer(items(sheet.walk)[0], 4), comment="x" * 600_000))
    assert response.status_code == 413
    assert not Score.objects.exists()


@pytest.mark.parametrize("sequence", [-1, 2**63, "soon", None])
def test_sequence_that_no_device_counts_is_refused(team, sheet, sequence):
    response = deliver(team, sheet, as_json(answer(items(sheet.walk)[0], 4), sequence=sequence))
    assert response.json()["results"][0]["outcome"] == "refused"


def test_walk_that_is_not_open_keeps_everything_with_its_sender(team, sheet):
    sheet.walk.state = WalkState.PLANNED
    sheet.walk.save()
    response = deliver(team, sheet, as_json(answer(items(sheet.walk)[0], 4)))
    assert response.status_code == 403
    assert "results" not in response.json()
    assert "not open yet" in response.json()["message"]


def test_delivery_without_csrf_token_is_refused(sheet, facilitator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(facilitator)
    assert deliver(client, sheet, as_json(answer(items(sheet.walk)[0], 4))).status_code == 403
    assert not Score.objects.exists()


# The plain form ----------------------------------------------------------------------------------------------


def form_of(client, sheet):
    """What a browser without scripts would send of the page as it stands."""
    context = client.get(address("sheet-entry", sheet.walk, sheet.number)).context
    data = {"was-person": context["person_was"], **{k: v for k, v in context["person"].initial.items() if v}}
    for row in context["entry"].rows:
        data |= {
            f"was-{row.name}": row.was,
            f"answer-{row.name}": row.answer,
            f"comment-{row.name}": row.content["comment"],
            f"idea-{row.name}": row.content["suggestion"],
        }
    return data


def test_plain_form_saves_what_was_changed_on_it(team, sheet):
    first, second, third = items(sheet.walk)[:3]
    data = form_of(team, sheet) | {
        f"answer-{first.pk}": "4",
        f"comment-{first.pk}": "One\r\ntwo",
        f"answer-{second.pk}": "empty",
        "group": "ngo",
        "takes_part": "on",
    }
    assert team.post(address("sheet-entry", sheet.walk, 1), {**data, "save": "yes"}).status_code == 302
    assert list(Score.objects.values_list("item", "value", "missing", "comment")) == [
        (first.pk, 4, "", "One\ntwo"),
        (second.pk, None, "empty", ""),
    ]
    assert Participant.objects.get(sheets=sheet).group == "ngo"
    assert third.pk not in Score.objects.values_list("item", flat=True)


def test_plain_form_sent_twice_or_late_does_not_undo_others(team, sheet, facilitator):
    first, second = items(sheet.walk)[:2]
    data = form_of(team, sheet) | {f"answer-{first.pk}": "4"}
    other = MembershipFactory(audit=sheet.walk.audit, role=Role.FACILITATOR).user
    actions.record(sheet=sheet, changes=[answer(second, 5)], device=uuid.uuid4(), by=other)
    for _time in range(2):
        team.post(address("sheet-entry", sheet.walk, 1), {**data, "save": "yes"})
    assert list(Score.objects.values_list("value", flat=True)) == [4, 5]
    assert sheet.walk.audit.changes.count() == 2


def test_plain_form_keeps_what_was_typed_beside_its_error(team, sheet):
    first, second = items(sheet.walk)[:2]
    data = form_of(team, sheet) | {
        f"answer-{first.pk}": "4",
        f"comment-{first.pk}": "x" * 2001,
        f"answer-{second.pk}": "5",
    }
    response = team.post(address("sheet-entry", sheet.walk, 1), {**data, "next": "yes"})
    page = response.content.decode()
    assert "At most 2000 characters" in page
    assert "x" * 2001 in page
    assert Score.objects.get().item == second


def test_plain_form_keeps_a_date_in_words_beside_its_error(client, per_place_walk):
    client.force_login(MembershipFactory(audit=per_place_walk.audit).user)
    sheet = SheetFactory(walk=per_place_walk, number=1)
    place = per_place_walk.places.first()
    data = form_of(client, sheet) | {f"was-place-{place.pk}": "", f"date-{place.pk}": "last Friday"}
    page = client.post(address("sheet-entry", per_place_walk, 1), {**data, "save": "yes"}).content.decode()
    assert "Write the date as year-month-day" in page
    assert 'value="last Friday"' in page
    assert not sheet.places.exists()


def test_next_sheet_opens_the_following_paper_or_begins_one(team, walk):
    for number in (1, 2, 5):
        SheetFactory(walk=walk, number=number)
    SheetFactory(walk=walk, number=3, source=SheetSource.PHONE)
    assert team.post(address("sheet-entry", walk, 2), {"next": "yes"}).url == address("sheet-entry", walk, 5)
    assert team.post(address("sheet-entry", walk, 5), {"next": "yes"}).url == address("sheet-entry", walk, 6)
    assert Sheet.objects.count() == 5


def test_void_sheet_shows_why_and_takes_nothing(team, walk):
    sheet = SheetFactory(walk=walk, number=1, voided_at=timezone.now(), void_reason="filled in twice")
    assert "filled in twice" in team.get(address("sheet-entry", walk, 1)).content.decode()
    assert deliver(team, sheet, as_json(answer(items(walk)[0], 4))).status_code == 403


def test_answers_of_a_phone_are_shown_locked(team, participant_sheet):
    actions.record(
        sheet=participant_sheet,
        changes=[answer(items(participant_sheet.walk)[0], 4, comment="Mine.")],
        device=uuid.uuid4(),
        participant=participant_sheet.participant,
    )
    response = team.get(address("sheet-entry", participant_sheet.walk, 7))
    assert [row.locked for row in response.context["entry"].rows] == [True, False, False, False]
    data = form_of(team, participant_sheet) | {f"answer-{items(participant_sheet.walk)[0].pk}": "1"}
    team.post(address("sheet-entry", participant_sheet.walk, 7), {**data, "save": "yes"})
    assert Score.objects.get().value == 4


# Late answers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("decision", "scores"), [("admit", 1), ("refuse", 0)])
def test_late_answers_wait_on_a_page_for_a_decision(team, sheet, decision, scores):
    sheet.walk.state = WalkState.CLOSED
    sheet.walk.save()
    assert deliver(team, sheet, as_json(answer(items(sheet.walk)[0], 4))).json()["results"][0]["outcome"] == "late"
    assert "Sheet 1" in team.get(address("late-answers", sheet.walk)).content.decode()
    team.post(address("late-decide", sheet.walk, 1), {"decision": decision})
    assert Score.objects.count() == scores
    assert "Nothing waits for a decision" in team.get(address("late-answers", sheet.walk)).content.decode()


def test_late_answers_wait_on_without_a_clear_decision(team, sheet):
    sheet.walk.state = WalkState.CLOSED
    sheet.walk.save()
    deliver(team, sheet, as_json(answer(items(sheet.walk)[0], 4)))
    response = team.post(address("late-decide", sheet.walk, 1), {"decision": "perhaps"}, follow=True)
    assert "Choose whether the late answers count" in response.content.decode()
    assert len(actions.late_changes(sheet.walk)) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_late_page_asks_the_same_number_of_queries_for_any_number_of_sheets(
    team, walk, facilitator, django_assert_num_queries, number
):
    sheets = [SheetFactory(walk=walk, number=n) for n in range(1, number + 1)]
    walk.state = WalkState.CLOSED
    walk.save()
    for sheet in sheets:
        actions.record(sheet=sheet, changes=[answer(items(walk)[0], 3)], device=uuid.uuid4(), by=facilitator)
    team.get(address("late-answers", walk))
    with django_assert_num_queries(9):
        assert len(team.get(address("late-answers", walk)).context["rows"]) == number


def test_what_was_typed_late_is_shown_on_the_sheet(team, sheet):
    sheet.walk.state = WalkState.CLOSED
    sheet.walk.save()
    item = items(sheet.walk)[0]
    deliver(team, sheet, as_json(answer(item, 4)))
    page = team.get(address("sheet-entry", sheet.walk, 1)).content.decode()
    assert f'name="answer-{item.pk}" value="4" checked' in page


# Comments ----------------------------------------------------------------------------------------------------


@pytest.fixture
def commented(participant_sheet):
    actions.record(
        sheet=participant_sheet,
        changes=[answer(items(participant_sheet.walk)[0], 4, comment="Ask Mr Petrov.")],
        device=uuid.uuid4(),
        participant=participant_sheet.participant,
    )
    return Score.objects.get()


def test_comment_is_hidden_with_a_reason_and_shown_again(team, walk, commented):
    url = address("comment-hide", walk, commented.uuid)
    assert "Ask Mr Petrov." in team.get(url).content.decode()
    assert "Write why the comment is hidden." in team.post(url, {"reason": ""}).content.decode()
    team.post(url, {"reason": "It names a person."})
    commented.refresh_from_db()
    assert commented.hidden_reason == "It names a person."
    team.post(url, {"show": "yes"})
    commented.refresh_from_db()
    assert commented.hidden_reason == ""


def test_comment_is_hidden_by_those_who_run_walks_alone(client, walk, commented):
    url = address("comment-hide", walk, commented.uuid)
    assert client.post(url, {"reason": "x"}).status_code == 401
    client.force_login(MembershipFactory(audit=walk.audit, role=Role.VIEWER).user)
    assert client.post(url, {"reason": "x"}).status_code == 403
    client.force_login(MembershipFactory().user)
    assert client.post(url, {"reason": "x"}).status_code == 404
    other = CityWalkFactory(audit=walk.audit)
    client.force_login(MembershipFactory(audit=walk.audit).user)
    assert client.post(address("comment-hide", other, commented.uuid), {"reason": "x"}).status_code == 404
    commented.refresh_from_db()
    assert commented.hidden_reason == ""


def test_delivery_reaches_its_sheet_after_it_got_another_number(team, walk, facilitator):
    sheet = actions.begin_paper_sheet(walk=walk)
    other = actions.begin_paper_sheet(walk=walk)
    Sheet.objects.filter(pk=sheet.pk).update(number=99)
    Sheet.objects.filter(pk=other.pk).update(number=sheet.number)
    assert deliver(team, sheet, as_json(answer(items(walk)[0], 4))).status_code == 200
    assert Score.objects.get().sheet == sheet
    moved = SheetFactory(walk=CityWalkFactory(audit=walk.audit, checklist=walk.checklist), number=99)
    moved.walk = walk
    assert deliver(team, moved, as_json(answer(items(walk)[0], 4))).status_code == 403
