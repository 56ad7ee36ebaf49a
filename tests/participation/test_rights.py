"""Behind the personal code: everything that is held as one file, and taking it all back."""

import json
import zipfile
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client

from audits.participation import actions
from audits.participation.models import Change, Consent, Participant
from checklists.enums import WalkState
from checklists.models import Score, Sheet
from reports.actions import open_report
from reports.assembly import assemble
from reports.document import blocks
from tests.checklists.conftest import answer, as_json, items
from tests.factories import CityWalkFactory, SheetFactory
from tests.stored import everything_stored

JOIN = "/join/7KPM3XWD/"
MARKER = "the blue door behind the bakery"
DEVICE = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def phone(client, walk):
    """The browser of somebody who has joined, answered and commented, and may be quoted."""
    client.post(JOIN, {"taking_part": "on", "quotation": "on", "age": "adult", "group": "ngo", "gender": "woman"})
    sheet = Sheet.objects.get()
    change = as_json(answer(items(walk)[0], 4, comment=MARKER))
    body = {"sheet": str(sheet.uuid), "device": DEVICE, "changes": [change]}
    response = client.post(f"{JOIN}sheet/changes/", json.dumps(body), content_type="application/json")
    assert response.status_code == 200
    return client


@pytest.fixture(params=WalkState.values)
def state(request, walk, phone):
    walk.state = request.param
    walk.save()


def take_back(client, participant):
    return client.post(f"{JOIN}take-back/", {"owner": participant.uuid})


def unpacked(response):
    """What was said, out of the file that holds everything."""
    content = b"".join(response.streaming_content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return json.loads(archive.read("everything.json"))


def test_everything_held_is_one_file(phone, walk, state):
    page = phone.get(f"{JOIN}agreed/").content.decode()
    assert f'href="{JOIN}held/"' in page
    response = phone.get(f"{JOIN}held/")
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "What is held about me" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"
    held = unpacked(response)
    assert (held["about_me"]["group"], held["about_me"]["gender"]) == ("ngo", "woman")
    assert [(act["purpose"], act["given"]) for act in held["consents"]] == [("taking_part", True), ("quotation", True)]
    [sheet] = held["checklists"]["sheets"]
    assert [(one["score"], one["comment"]) for one in sheet["answers"]] == [(4, MARKER)]
    assert sheet["history"]


def test_everything_held_is_read_on_a_page_in_ones_language(phone, walk):
    answers = phone.get(f"{JOIN}held/")
    with zipfile.ZipFile(BytesIO(b"".join(answers.streaming_content))) as archive:
        page = archive.read("everything.html").decode()
    assert '<html lang="en" dir="ltr">' in page
    statement = str(Score.objects.get().item.statement)
    for words in (
        statement,
        MARKER,
        '<dd dir="auto">4<br>',
        "Quotation of comments without a name",
        "agreed on",
        "Woman",
    ):
        assert words in page, words


def test_file_tells_nothing_about_others(phone, walk):
    join = Client()
    join.post(JOIN, {"taking_part": "on", "age": "adult", "gender": "man"})
    assert MARKER not in str(unpacked(join.get(f"{JOIN}held/")))


def test_taking_back_asks_first_and_says_what_goes_and_what_stays(phone, walk):
    assert f'href="{JOIN}take-back/"' in phone.get(f"{JOIN}agreed/").content.decode()
    page = phone.get(f"{JOIN}take-back/").content.decode()
    for words in ("your answers, comments and ideas", "your personal code", "Figures in a report"):
        assert words in page
    assert Score.objects.exists()


def test_taken_back_is_found_nowhere_and_the_session_is_over(phone, walk, state):
    other = SheetFactory(walk=walk, number=9)
    elsewhere = CityWalkFactory(audit=walk.audit, checklist=walk.checklist, join_code="9ACDEFGH")
    SheetFactory(walk=elsewhere, participant=Participant.objects.exclude(pk=other.participant_id).get(), number=1)
    response = take_back(phone, Participant.objects.exclude(pk=other.participant_id).get())
    assert response.status_code == 200
    assert "Everything is taken back" in response.content.decode()
    assert MARKER not in everything_stored()
    assert Participant.objects.get() == other.participant
    assert Sheet.objects.get() == other
    assert not Change.objects.exists()
    assert not Consent.objects.filter(participant=None).exists()
    for address in ("sheet/", "agreed/", "held/", "take-back/"):
        assert phone.get(JOIN + address).url == JOIN
    assert phone.post(f"{JOIN}take-back/").url == JOIN


def test_another_phone_hears_that_everything_was_taken_back_and_of_nobody_else(phone, walk):
    owner = str(Participant.objects.get().uuid)
    ask = lambda: phone.get("/join/erased/", headers={"X-Owner": owner}).json()  # noqa: E731
    assert ask() == {"erased": False, "message": ""}
    take_back(phone, Participant.objects.get())
    assert ask()["erased"] is True
    assert "is deleted too" in ask()["message"]
    for other in (str(uuid4()), "nobody", ""):
        assert phone.get("/join/erased/", headers={"X-Owner": other}).json()["erased"] is False


def test_code_that_was_taken_back_opens_nothing(client, walk):
    response = client.post(JOIN, {"taking_part": "on", "age": "adult"})
    code = client.get(response.url).context["personal_code"]
    take_back(client, Participant.objects.get())
    assert Client().post(f"{JOIN}code/", {"personal_code": code}).status_code == 200


def test_holder_of_a_paper_form_reaches_both_though_nobody_joins_any_more(client, walk):
    participant, code = actions.reserve(audit=walk.audit, language="en")
    SheetFactory(walk=walk, participant=participant, number=3)
    walk.state = WalkState.CLOSED
    walk.save()
    client.post(f"{JOIN}code/", {"personal_code": code})
    assert f'href="{JOIN}take-back/"' in client.get(JOIN).content.decode()
    assert unpacked(client.get(f"{JOIN}held/"))["checklists"]["sheets"][0]["number"] == 3
    take_back(client, participant)
    assert not Participant.objects.exists()


def test_quotation_in_a_draft_goes_with_it(phone, walk):
    for number in range(6):
        Score.objects.create(sheet=SheetFactory(walk=walk, number=10 + number), item=items(walk)[0], value=3)
    walk.state = WalkState.CLOSED
    walk.save()
    report = open_report(audit=walk.audit, language="en")
    report.blocks.create(
        section="city_tours", position=99, kind="live", live=f"quote:{Score.objects.get(comment=MARKER).uuid}"
    )
    assert MARKER in json.dumps(blocks.to_dict(assemble(report)))
    take_back(phone, Score.objects.get(comment=MARKER).sheet.participant)
    assert MARKER not in json.dumps(blocks.to_dict(assemble(report)))
