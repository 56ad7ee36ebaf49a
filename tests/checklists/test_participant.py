import json
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from audits.models import Translation
from audits.participation.models import Participant
from checklists.enums import WalkState
from checklists.models import Score, Sheet
from tests.checklists.conftest import answer, as_json, items

JOIN = "/join/7KPM3XWD/"
SHEET = f"{JOIN}sheet/"
CHANGES = f"{SHEET}changes/"
DEVICE = str(uuid.UUID(int=1))


@pytest.fixture
def phone(client, walk):
    """A browser whose owner has joined the walk."""
    client.post(JOIN, {"taking_part": "on", "age": "adult"})
    return client


def test_sheet_set_aside_says_only_that(phone, walk):
    phone.post(SHEET, {**form_of(phone), "send": "yes"})
    assert 'id="receipt" tabindex="-1" aria-labelledby="receipt-title">' in phone.get(SHEET).content.decode()
    Sheet.objects.update(voided_at=timezone.now(), void_reason="twice")
    page = phone.get(SHEET).content.decode()
    assert "The team has set this sheet aside" in page
    assert 'aria-labelledby="receipt-title" hidden>' in page
    assert "You can send now" not in page


def deliver(phone, *changes, **envelope):
    """What the page's script sends; of the browser's own sheet where none is named."""
    kept = phone.session.get("participant")
    own = Sheet.objects.filter(participant__uuid=kept["uuid"]).first() if kept else None
    body = {"sheet": str(own.uuid) if own else None, "device": DEVICE, "changes": list(changes), **envelope}
    return phone.post(CHANGES, json.dumps(body), content_type="application/json")


def move(walk, state):
    walk.state = state
    walk.save()


def form_of(phone):
    """What a browser without scripts would send of the page as it stands."""
    context = phone.get(SHEET).context
    data = {"sheet": str(context["sheet"].uuid)}
    for row in context["entry"].rows:
        data |= {
            f"was-{row.name}": row.was,
            f"answer-{row.name}": row.answer,
            f"comment-{row.name}": row.content["comment"],
            f"idea-{row.name}": row.content["suggestion"],
        }
    return data


def test_sheet_shows_each_part_with_its_statements(phone, walk):
    page = phone.get(SHEET).content.decode()
    assert all(item.statement in page for item in items(walk))
    assert '<b id="count">0</b> of 4 answered' in page


def test_briefing_stands_on_the_sheet(phone, walk):
    walk.briefing_strategies = "The strategy of 2024."
    walk.save()
    assert "The strategy of 2024." in phone.get(SHEET).content.decode()


def test_answers_are_saved_as_they_come_with_the_language_of_the_page(phone, walk):
    phone.get(JOIN, {"lang": "uk"})
    response = deliver(phone, as_json(answer(items(walk)[0], 4, comment="Освітлення", suggestion="Більше ламп")))
    assert response.status_code == 200
    assert response.json()["results"][0]["outcome"] == "saved"
    score = Score.objects.get()
    assert (score.value, score.comment, score.suggestion, score.from_phone) == (4, "Освітлення", "Більше ламп", True)
    sheet = Sheet.objects.get()
    assert sheet.language == "uk"
    assert sheet.translation_revision


def test_statements_are_read_in_the_language_of_the_page_and_the_wording_is_noted(phone, walk):
    item = items(walk)[0]
    deliver(phone, as_json(answer(item, 4, sequence=1)))
    in_english = Sheet.objects.get().translation_revision
    Translation.objects.create(target=item, field="statement", language="ar", text="شوارع آمنة.", source=item.statement)
    phone.get(JOIN, {"lang": "ar"})
    page = phone.get(SHEET).content.decode()
    assert '<span lang="ar" dir="rtl">شوارع آمنة.</span>' in page
    assert item.statement not in page
    deliver(phone, as_json(answer(item, 5, sequence=2)))
    sheet = Sheet.objects.get()
    assert sheet.language == "ar"
    assert sheet.translation_revision not in ("", in_english)


def test_answer_is_taken_back(phone, walk):
    item = items(walk)[0]
    deliver(phone, as_json(answer(item, 4, sequence=1)))
    deliver(phone, as_json(answer(item, sequence=2)))
    assert '<b id="count">0</b> of 4 answered' in phone.get(SHEET).content.decode()


def test_delivery_sends_the_sheet_only_with_everything_saved(phone, walk):
    first, second = items(walk)[:2]
    deliver(phone, as_json(answer(first, 9)), send=True)
    assert Sheet.objects.get().submitted_at is None
    deliver(phone, as_json(answer(second, 4)), send=True)
    assert Sheet.objects.get().submitted_at is not None


def test_answers_still_change_after_sending(phone, walk):
    item = items(walk)[0]
    deliver(phone, as_json(answer(item, 4, sequence=1)), send=True)
    deliver(phone, as_json(answer(item, 2, sequence=2)))
    assert Score.objects.get().value == 2


def test_plain_form_saves_and_sends(phone, walk):
    first, second = items(walk)[:2]
    data = form_of(phone) | {
        f"answer-{first.pk}": "4",
        f"comment-{first.pk}": "New lamps.",
        f"answer-{second.pk}": "dont_know",
    }
    assert phone.post(SHEET, {**data, "send": "yes"}).url == f"{SHEET}#receipt"
    assert list(Score.objects.values_list("value", "missing", "comment")) == [
        (4, "", "New lamps."),
        (None, "dont_know", ""),
    ]
    assert "Your sheet is sent" in phone.get(SHEET).content.decode()


def test_language_is_changed_without_losing_what_was_typed(phone, walk):
    first = items(walk)[0]
    data = form_of(phone) | {f"answer-{first.pk}": "4"}
    assert phone.post(SHEET, {**data, "language": "ar"}).url == SHEET
    assert Score.objects.get().value == 4
    page = phone.get(SHEET).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert f'<span lang="en" dir="ltr">{first.statement}</span>' in page


def test_plain_form_keeps_what_was_typed_beside_its_error(phone, walk):
    first, second = items(walk)[:2]
    data = form_of(phone) | {f"comment-{first.pk}": "x" * 2001, f"answer-{second.pk}": "2"}
    page = phone.post(SHEET, {**data, "send": "yes"}).content.decode()
    assert "At most 2000 characters" in page
    assert "x" * 2001 in page
    assert Score.objects.get().value == 2
    assert Sheet.objects.get().submitted_at is None


def test_without_the_code_nothing_is_shown_and_nothing_taken(phone, walk):
    stranger = Client()
    assert stranger.get(SHEET).url == JOIN
    assert "type your personal code" in stranger.get(JOIN).content.decode()
    response = deliver(stranger, as_json(answer(items(walk)[0], 4)))
    assert response.status_code == 403
    assert "kept on this phone" in response.json()["message"]
    assert not Score.objects.exists()


def test_members_of_the_team_have_no_way_into_a_participants_page(phone, walk, facilitator):
    member = Client()
    member.force_login(facilitator)
    assert member.get(SHEET).url == JOIN


def test_each_phone_sees_its_own_sheet_alone(phone, walk):
    other = Client()
    other.post(JOIN, {"taking_part": "on", "age": "adult"})
    deliver(phone, as_json(answer(items(walk)[0], 4, comment="Mine alone.")))
    assert "Mine alone." in phone.get(SHEET).content.decode()
    assert "Mine alone." not in other.get(SHEET).content.decode()


@pytest.fixture
def shared(phone):
    """A phone on which A, who is in the session now, and then B have joined; their sheets and codes."""
    people = []
    for _person in "AB":
        phone.post(f"{JOIN}leave/")
        response = phone.post(JOIN, {"taking_part": "on", "age": "adult"})
        code = phone.get(response.url).context["personal_code"]
        people.append((Sheet.objects.latest("pk"), code))
    phone.post(f"{JOIN}code/", {"personal_code": people[0][1]})
    return people


def test_answers_of_one_person_never_land_on_the_sheet_of_the_next_on_the_phone(phone, walk, shared):
    (a, code_of_a), (_b, code_of_b) = shared
    waiting = as_json(answer(items(walk)[0], 4, comment="By A."))
    phone.post(f"{JOIN}code/", {"personal_code": code_of_b})
    response = deliver(phone, waiting, sheet=str(a.uuid), send=True)
    assert response.status_code == 403
    assert "Type your personal code again" in response.json()["message"]
    assert response.json()["code_needed"] is True
    assert not Score.objects.exists()
    assert not Sheet.objects.filter(submitted_at__isnull=False).exists()
    phone.post(f"{JOIN}code/", {"personal_code": code_of_a})
    assert deliver(phone, waiting, sheet=str(a.uuid)).status_code == 200
    assert Score.objects.get().sheet == a


@pytest.mark.parametrize("named", [{}, {"sheet": None}, {"sheet": "nothing"}])
def test_delivery_that_names_no_sheet_is_not_taken(phone, walk, named):
    body = {"device": DEVICE, "changes": [as_json(answer(items(walk)[0], 4))], **named}
    response = phone.post(CHANGES, json.dumps(body), content_type="application/json")
    assert response.status_code in (400, 403)
    assert "results" not in response.json()
    assert not Score.objects.exists()


def test_plain_form_of_one_person_is_handed_back_when_the_next_is_on_the_phone(phone, walk, shared):
    first = items(walk)[0]
    data = form_of(phone) | {f"answer-{first.pk}": "4", f"comment-{first.pk}": "Long and thoughtful."}
    phone.post(f"{JOIN}code/", {"personal_code": shared[1][1]})
    response = phone.post(SHEET, {**data, "send": "yes"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Another personal code was typed on this phone" in page
    assert "Long and thoughtful." in page
    assert not Score.objects.exists()


def test_unknown_walk_leads_to_a_clear_page(phone):
    assert phone.get("/join/33333333/sheet/", follow=True).status_code == 404
    assert phone.post("/join/33333333/sheet/changes/", "{}", content_type="application/json").status_code == 403


def test_walk_that_was_put_back_keeps_answers_on_the_phone(phone, walk):
    move(walk, WalkState.PLANNED)
    assert "The walk has not begun yet" in phone.get(SHEET).content.decode()
    response = deliver(phone, as_json(answer(items(walk)[0], 4)))
    assert response.status_code == 403
    assert "not open yet" in response.json()["message"]


def test_plain_form_on_a_walk_that_was_put_back_loses_nothing_typed(phone, walk):
    data = form_of(phone) | {f"comment-{items(walk)[0].pk}": "Long and thoughtful."}
    move(walk, WalkState.PLANNED)
    response = phone.post(SHEET, {**data, "send": "yes"})
    assert response.status_code == 409
    assert "Long and thoughtful." in response.content.decode()
    assert "still on this page" in response.content.decode()


def test_closed_walk_keeps_changes_as_late_and_shows_them(phone, walk):
    item = items(walk)[0]
    deliver(phone, as_json(answer(item, 2, sequence=1)))
    move(walk, WalkState.CLOSED)
    assert deliver(phone, as_json(answer(item, 5, sequence=2))).json()["results"][0]["outcome"] == "late"
    page = phone.get(SHEET).content.decode()
    assert "The walk is closed" in page
    assert "1 of your answers waits" in page
    assert f'name="answer-{item.pk}" value="5" aria-label="5 excellent" checked' in page
    assert Score.objects.get().value == 2


def test_sheet_that_was_set_aside_says_so(phone, walk):
    Sheet.objects.update(voided_at=timezone.now(), void_reason="twice")
    assert "set this sheet aside" in phone.get(SHEET).content.decode()
    assert deliver(phone, as_json(answer(items(walk)[0], 4))).status_code == 403
    assert Participant.objects.get().sheets.count() == 1


def test_part_filled_once_per_place_asks_where(client, per_place_walk):
    client.post("/join/9ACDEFGH/", {"taking_part": "on", "age": "adult"})
    response = client.get("/join/9ACDEFGH/sheet/")
    page = response.content.decode()
    assert "Where are you?" in page
    assert "Station Square" in page
    assert "Mill Street underpass" in page
    urban, station = items(per_place_walk)[-1], per_place_walk.places.first()
    body = {
        "sheet": str(Sheet.objects.get().uuid),
        "device": DEVICE,
        "changes": [
            as_json(answer(urban, 4, place=station)),
            {
                "kind": "place",
                "uuid": str(uuid.uuid4()),
                "sequence": 2,
                "place": str(station.uuid),
                "location": "North exit",
                "date": "2026-10-10",
                "time": "11:20",
            },
        ],
    }
    response = client.post("/join/9ACDEFGH/sheet/changes/", json.dumps(body), content_type="application/json")
    assert [result["outcome"] for result in response.json()["results"]] == ["saved", "saved"]
    assert Score.objects.get().place == station
    assert Sheet.objects.get().places.get().location == "North exit"
    # Each place asks for its answers: two statements once, two at each of two places.
    page = client.get("/join/9ACDEFGH/sheet/").content.decode()
    assert '<b id="count">1</b> of 6 answered' in page
    assert "<span data-done>1</span>/2" in page
    assert "<span data-done>0</span>/2" in page


def test_sheet_asks_the_same_number_of_queries_with_and_without_answers(phone, walk, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        phone.get(SHEET)
    deliver(phone, *(as_json(answer(item, 3, sequence=n)) for n, item in enumerate(items(walk))))
    with django_assert_max_num_queries(14):
        phone.get(SHEET)
