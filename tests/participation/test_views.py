import re
import uuid
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from audits.participation import actions, limits
from audits.participation.enums import Purpose
from audits.participation.models import Change, Consent, Participant
from audits.tokens import spaced
from checklists.actions import begin_paper_sheet
from checklists.enums import WalkState
from checklists.models import Sheet
from tests.factories import AuditFactory, CityWalkFactory, ParticipantFactory
from tests.stored import everything_stored

JOIN = "/join/7KPM3XWD/"
AGREES = {"taking_part": "on", "age": "adult"}
ADDRESS = "203.0.113.77"


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests(db):
    cache.clear()


def join(client, **more):
    """Joins the walk and returns the personal code from the receipt."""
    response = client.post(JOIN, {**AGREES, **more})
    assert response.status_code == 302, response.context["form"].errors
    receipt = client.get(response.url).content.decode()
    return re.search(r"<code>([^<]+)</code>", receipt).group(1)


def save_agreed(client, **ticked):
    """Saves the page of what was agreed to with these boxes ticked."""
    page = {"owner": Participant.objects.get().uuid, "shown": ["quotation"]}
    return client.post(f"{JOIN}agreed/", {**page, **ticked})


# What the page says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [code for code, _name in settings.PARTICIPANT_LANGUAGES])
def test_join_page_speaks_each_language_of_participants(client, walk, code):
    response = client.get(JOIN, {"lang": code}, follow=True)
    page = response.content.decode()
    direction, sheet = ("rtl", "bootstrap.rtl.min.css") if code == "ar" else ("ltr", "bootstrap.min.css")
    assert f'<html lang="{code}" dir="{direction}">' in page
    assert sheet in page
    assert response.headers["Content-Language"] == code


def test_language_of_the_browser_is_taken_until_somebody_chooses(client, walk):
    asked = {"HTTP_ACCEPT_LANGUAGE": "uk-UA,uk;q=0.9,en;q=0.5"}
    assert '<html lang="uk"' in client.get(JOIN, **asked).content.decode()
    client.get(JOIN, {"lang": "ar"}, **asked)
    assert '<html lang="ar"' in client.get(JOIN, **asked).content.decode()


@pytest.mark.parametrize("address", ["/join/", "/join/nothing-here/"])
def test_language_is_chosen_before_the_code_is_known(client, address):
    assert '<html lang="uk"' in client.get(address, {"lang": "uk"}, follow=True).content.decode()
    assert '<html lang="uk"' in client.get("/join/").content.decode()


def test_language_of_the_page_does_not_leak_into_the_next_request(client, walk):
    client.get(JOIN, {"lang": "ar"}, follow=True)
    assert client.get(reverse("account_login")).headers["Content-Language"] == "en"


def test_unknown_language_falls_back(client, walk):
    assert '<html lang="en"' in client.get(JOIN, {"lang": "xx"}, follow=True).content.decode()


def test_join_page_names_walk_time_and_controller_and_ticks_nothing(client, walk):
    page = client.get(JOIN).content.decode()
    assert "Walk with us: Old Harbour" in page
    assert "Data Office, Main Square 1, Velmora" in page
    assert "4 short sentences" in page
    assert " checked" not in page


def test_city_stands_for_the_controller_where_none_is_named(client, walk):
    walk.audit.controller = ""
    walk.audit.save()
    assert client.get(JOIN).context["controller"] == walk.audit.city.authority


@pytest.mark.parametrize("address", ["", "receipt/", "agreed/", "sheet/"])
def test_pages_are_not_stored_and_name_no_address_to_other_sites(client, walk, address):
    response = client.get(JOIN + address)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_join_code_may_be_typed_by_hand(client, walk):
    assert client.post("/join/", {"code": "7kpm 3xwd"}).url == JOIN
    response = client.post("/join/", {"code": "nothing"})
    assert "Nothing is found under this code" in response.content.decode()
    assert 'value="nothing"' in response.content.decode()


def test_personal_code_typed_where_codes_are_typed_leads_to_its_owners_place(client, walk):
    code = join(client)
    other = Client()
    assert other.post("/join/", {"code": code.lower()}).url == f"{JOIN}sheet/"
    assert other.get(f"{JOIN}sheet/").status_code == 200


def test_personal_code_of_several_places_leads_to_a_list_of_them(client, walk):
    code = join(client)
    second = CityWalkFactory(audit=walk.audit, checklist=walk.checklist, join_code="9ACDEFGH", title="New Quarter")
    client.post("/join/9ACDEFGH/", AGREES)
    client.post(f"/join/{second.join_code}/go-on/")
    other = Client()
    page = other.post("/join/", {"code": code}, follow=True).content.decode()
    assert "Walk with us: Old Harbour" in page
    assert "Walk with us: New Quarter" in page
    assert other.post("/join/9ACDEFGH/go-on/").url == "/join/9ACDEFGH/sheet/"


def test_code_of_a_paper_form_typed_where_codes_are_typed_asks_for_consent(client, walk):
    participant, code = actions.reserve(audit=walk.audit, language="en")
    Sheet.objects.filter(pk=begin_paper_sheet(walk=walk).pk).update(participant=participant)
    assert client.post("/join/", {"code": code}).url == f"{JOIN}#consent"


@pytest.mark.parametrize("scope", ["address", "occasion", "audit"])
def test_personal_codes_cannot_be_tried_without_end_where_no_occasion_is_known(client, walk, monkeypatch, scope):
    code = join(client)
    monkeypatch.setitem(limits.CODE, scope, (2, 600))
    other = Client()
    for _ in range(2):
        assert "Nothing is found under this code" in other.post("/join/", {"code": "33333333"}).content.decode()
    refused = other.post("/join/", {"code": code})
    assert refused.status_code == 429
    assert "Too many codes" in refused.content.decode()
    # What stands on a poster still leads on.
    assert other.post("/join/", {"code": "7KPM3XWD"}).url == JOIN


def test_receipt_says_where_the_code_is_typed(client, walk):
    page = client.get(client.post(JOIN, AGREES).url).content.decode()
    assert '<strong dir="ltr">testserver/join</strong>' in page


def test_somebody_else_takes_part_with_the_same_phone(client, walk):
    first = join(client)
    page = client.get(JOIN).content.decode()
    assert "Somebody else takes part with this phone" in page
    said = client.post(f"{JOIN}leave/", {"another": "yes"}, follow=True).content.decode()
    assert "Whoever was here comes back with the personal code" in said
    assert join(client) != first
    assert Participant.objects.count() == 2


def test_unknown_join_code_says_so_and_offers_to_type_it(client, walk):
    response = client.get("/join/33333333/")
    assert response.status_code == 404
    assert "Nothing is found under this address" in response.content.decode()


# Joining -----------------------------------------------------------------------------------------------------


def test_joining_makes_participant_consents_and_sheet(client, walk):
    join(client, quotation="on", group="ngo", gender="woman", age_band="30_44")
    participant = Participant.objects.get()
    assert (participant.group, participant.gender, participant.age_band) == ("ngo", "woman", "30_44")
    assert participant.joined_at is not None
    assert set(participant.consents.values_list("purpose", "given")) == {("taking_part", True), ("quotation", True)}
    sheet = Sheet.objects.get()
    assert (sheet.walk, sheet.participant, sheet.number, sheet.source) == (walk, participant, 1, "phone")


def test_only_taking_part_is_needed(client, walk):
    join(client)
    assert list(Consent.objects.values_list("purpose", flat=True)) == ["taking_part"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"age": "adult"}, "taking_part"),
        ({"taking_part": "on"}, "age"),
        ({**AGREES, "group": "spies"}, "group"),
        ({**AGREES, "age_band": "under_18"}, "age_band"),
        ({"taking_part": "on", "age": "guardian", "age_band": "30_44"}, "age_band"),
    ],
    ids=["no consent", "no age", "unknown group", "adult under 18", "minor of 30"],
)
def test_bad_input_is_explained_at_its_field_and_writes_nothing(client, walk, sent, field):
    response = client.post(JOIN, {"quotation": "on", **sent})
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["quotation"].value() is True
    # On a small screen without script it is read at once.
    page = response.content.decode()
    assert page.index("<h1") < page.index('id="errors"') < page.index('class="lead"')
    assert not Participant.objects.exists()


def test_under_18_a_guardian_agrees_and_each_consent_says_so(client, walk):
    join(client, age="guardian", age_band="under_18", quotation="on")
    assert list(Consent.objects.values_list("guardian", flat=True)) == [True, True]


def test_personal_code_is_shown_until_it_is_kept_and_stands_in_no_table(client, walk):
    code = join(client)
    assert client.get(f"{JOIN}receipt/").context["personal_code"] == code
    stored = everything_stored()
    assert code not in stored
    assert code.replace(" ", "") not in stored
    assert client.post(f"{JOIN}receipt/", {"kept": "yes"}).url == f"{JOIN}sheet/"
    page = client.get(f"{JOIN}receipt/").content.decode()
    assert code not in page
    assert "shown once" in page


@pytest.mark.parametrize("language", ["en", "uk", "ar"])
def test_personal_code_can_be_saved_as_a_picture_until_it_is_kept(client, walk, language):
    client.get(JOIN, {"lang": language})
    join(client)
    answer = client.get(f"{JOIN}receipt/picture/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with Image.open(BytesIO(answer.content), formats=["PNG"]) as picture:
        assert picture.width > 1000
    client.post(f"{JOIN}receipt/", {"kept": "yes"})
    assert client.get(f"{JOIN}receipt/picture/").status_code == 404


def test_code_is_not_given_up_before_it_is_kept(client, walk):
    code = join(client)
    response = client.post(f"{JOIN}receipt/")
    assert "First keep your code" in response.content.decode()
    assert response.context["personal_code"] == code


def test_second_press_of_the_button_makes_no_second_participant(client, walk):
    join(client)
    assert client.post(JOIN, AGREES).url == f"{JOIN}sheet/"
    assert Participant.objects.count() == 1


def test_form_whose_end_the_connection_did_not_bring_joins_nobody(client, walk):
    whole = b"taking_part=on&age=adult&joining=7f1c8a54-6ff5-4b69-93d9-3a3a4f6f5f0e"
    came = {"wsgi.input": BytesIO(whole[:24]), "CONTENT_LENGTH": str(len(whole))}
    assert (
        client.generic("POST", JOIN, whole, content_type="application/x-www-form-urlencoded", **came).status_code == 400
    )
    assert not Participant.objects.exists()


def test_two_quick_presses_are_one_joining_and_both_answers_show_the_same_code(walk):
    page = Client().get(JOIN)
    sent = {**AGREES, "joining": str(page.context["form"]["joining"].value())}
    assert f'value="{sent["joining"]}"' in page.content.decode()
    # The second press carries no session yet, and its answer is the only one that is seen.
    codes = {join(Client(), **sent) for _press in range(2)}
    assert len(codes) == 1
    assert Participant.objects.count() == Sheet.objects.count() == 1
    assert Consent.objects.count() == 1
    stored = everything_stored()
    assert sent["joining"] not in stored
    assert sent["joining"].replace("-", "") not in stored
    client = Client()
    assert client.post(f"{JOIN}code/", {"personal_code": codes.pop()}).url == f"{JOIN}sheet/"


def test_form_of_an_old_page_joins_somebody_new(walk):
    sent = {**AGREES, "joining": "00000000-0000-4000-8000-000000000001"}
    first = join(Client(), **sent)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert join(Client(), **sent) != first
    assert Participant.objects.count() == 2


def test_form_whose_answer_was_lost_is_the_same_joining_until_something_is_given(walk):
    sent = {**AGREES, "joining": "00000000-0000-4000-8000-000000000001"}
    first = join(Client(), **sent, quotation="on")
    with time_machine.travel(timezone.now() + timedelta(minutes=59), tick=False):
        assert join(Client(), **sent) == first
        assert not Participant.objects.agreeing_to(Purpose.QUOTATION).exists()
        given = {"device": uuid.uuid4(), "sequence": 1, "subject": "sheet", "content": {}}
        Change.objects.create(uuid=uuid.uuid4(), audit=walk.audit, participant=Participant.objects.get(), **given)
        assert join(Client(), **sent) != first
    assert Participant.objects.count() == 2


def test_page_from_before_leaving_cannot_be_sent_again(walk):
    client = Client(enforce_csrf_checks=True)
    old = client.get(JOIN).context["csrf_token"]
    client.post(JOIN, {**AGREES, "csrfmiddlewaretoken": str(old)})
    client.post(f"{JOIN}leave/", {"csrfmiddlewaretoken": str(old)})
    assert client.post(JOIN, {**AGREES, "csrfmiddlewaretoken": str(old)}).status_code == 403
    assert Participant.objects.count() == 1


def test_session_changes_at_joining_and_ends_after_12_hours(client, walk):
    client.get(JOIN)
    client.session.save()
    before = client.session.session_key
    join(client)
    assert client.session.session_key != before
    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1), tick=False):
        assert client.get(f"{JOIN}sheet/").url == JOIN


def test_leaving_forgets_who_took_part_in_this_browser(client, walk):
    code = join(client)
    response = client.post(f"{JOIN}leave/", follow=True)
    assert "This phone no longer shows what you gave" in response.content.decode()
    assert client.get(f"{JOIN}sheet/").url == JOIN
    assert code not in client.get(f"{JOIN}receipt/", follow=True).content.decode()


def test_no_network_address_is_stored(client, walk):
    client = Client(REMOTE_ADDR=ADDRESS)
    join(client)
    client.post(f"{JOIN}code/", {"personal_code": "33333333"})
    assert ADDRESS not in everything_stored()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (WalkState.PLANNED, "This has not begun yet"),
        (WalkState.CLOSING, "nobody new joins any more"),
        (WalkState.CLOSED, "nobody joins any more"),
    ],
)
def test_nobody_joins_a_walk_that_is_not_open(client, walk, state, words):
    walk.state = state
    walk.date = timezone.localdate() + timedelta(days=2)
    walk.save()
    page = client.get(JOIN).content.decode()
    assert words in page
    assert 'name="taking_part"' not in page
    assert client.post(JOIN, AGREES).status_code == 409
    assert not Participant.objects.exists()


# Coming back -------------------------------------------------------------------------------------------------


def test_planned_walk_of_a_past_day_does_not_promise_that_day(client, walk):
    walk.state = WalkState.PLANNED
    walk.date = timezone.localdate() - timedelta(days=400)
    walk.save()
    page = client.get(JOIN).content.decode()
    assert "The day is past, and nobody can join here now." in page
    assert "on the day itself" not in page


def test_closed_walk_says_its_year_and_promises_nothing_any_more(client, walk):
    walk.state = WalkState.CLOSED
    walk.date = timezone.localdate() - timedelta(days=400)
    walk.save()
    page = client.get(JOIN).content.decode()
    assert str(walk.date.year) in page.split("<dt>When</dt>")[1].split("</dd>")[0]
    assert "You get a" not in page
    assert "short sentences" not in page


def test_personal_code_opens_the_sheet_on_another_phone(client, walk):
    code = join(client)
    other = Client()
    assert other.post(f"{JOIN}code/", {"personal_code": code.lower()}).url == f"{JOIN}sheet/"
    assert other.get(f"{JOIN}sheet/").status_code == 200


def test_wrong_personal_code_is_explained_and_stays_in_its_field(client, walk):
    join(Client())
    response = client.post(f"{JOIN}code/", {"personal_code": "3333 3333"})
    assert "Nothing is found under this code" in response.content.decode()
    assert 'value="3333 3333"' in response.content.decode()
    assert client.get(f"{JOIN}sheet/").status_code == 302


def test_code_of_another_audit_opens_nothing(client, walk):
    _participant, code = actions.join(audit=AuditFactory(), language="en", given=[Purpose.TAKING_PART])
    client.post(f"{JOIN}code/", {"personal_code": code})
    assert client.get(f"{JOIN}sheet/").status_code == 302


def test_code_of_a_paper_form_asks_for_consent_and_goes_on_with_its_sheet(client, walk):
    participant, code = actions.reserve(audit=walk.audit, language="en")
    sheet = begin_paper_sheet(walk=walk)
    Sheet.objects.filter(pk=sheet.pk).update(participant=participant)
    assert client.post(f"{JOIN}code/", {"personal_code": spaced(code)}).url == f"{JOIN}#consent"
    page = client.get(JOIN).content.decode()
    assert 'id="consent"' in page
    assert 'id="code"' not in page, "the code is right: nobody types it again"
    assert "Your code from the paper form is right" in client.get(JOIN).content.decode()
    assert client.get(f"{JOIN}sheet/").url == JOIN
    for owner in ({}, {"owner": ParticipantFactory(audit=walk.audit).uuid}):
        # What somebody else left open on a shared phone takes up nobody's paper.
        answer = client.post(JOIN, {**AGREES, **owner})
        assert (answer.status_code, "That page was somebody else’s" in answer.content.decode()) == (403, True)
    assert not Consent.objects.exists()
    assert f'name="owner" value="{participant.uuid}"' in page
    assert client.post(JOIN, {**AGREES, "owner": participant.uuid}).url == f"{JOIN}sheet/"
    assert Sheet.objects.get(walk=walk, participant=participant) == sheet
    participant.refresh_from_db()
    assert participant.joined_at is not None


def test_one_joining_serves_two_walks_of_an_audit(client, walk):
    other = CityWalkFactory(audit=walk.audit, checklist=walk.checklist, join_code="9ACDEFGH")
    join(client)
    assert "You take part already on this phone" in client.get("/join/9ACDEFGH/").content.decode()
    assert client.post("/join/9ACDEFGH/go-on/").url == "/join/9ACDEFGH/sheet/"
    assert Participant.objects.count() == 1
    assert set(Sheet.objects.values_list("walk", flat=True)) == {walk.pk, other.pk}


def test_quotation_is_changed_later_and_each_act_stays(client, walk):
    join(client, quotation="on")
    page = client.get(f"{JOIN}agreed/").content.decode()
    assert 'name="taking_part"' not in page
    assert save_agreed(client).status_code == 302
    assert "My comments are not quoted" in client.get(f"{JOIN}agreed/").content.decode()
    assert list(Consent.objects.filter(purpose="quotation").values_list("given", flat=True)) == [True, False]


def test_page_of_somebody_else_on_a_shared_phone_changes_nothing(client, walk):
    join(client, quotation="on")
    first = Participant.objects.get()
    client.post(f"{JOIN}leave/")
    join(client, quotation="on")
    for address in ("agreed/", "take-back/"):
        answer = client.post(JOIN + address, {"owner": first.uuid, "shown": ["quotation"]})
        assert answer.status_code == 403
        assert "That page was somebody else’s" in answer.content.decode()
    assert Participant.objects.agreeing_to(Purpose.QUOTATION).count() == 2


def test_older_page_takes_back_nothing_that_it_did_not_show(client, walk):
    join(client, quotation="on")
    page = client.get(f"{JOIN}agreed/").content.decode()
    assert '<input type="hidden" name="shown" value="quotation"' in page
    save_agreed(client, shown=[])
    assert Participant.objects.agreeing_to(Purpose.QUOTATION).exists()


def test_taking_everything_back_says_so_again_when_its_answer_was_lost(client, walk):
    join(client)
    page = {"owner": Participant.objects.get().uuid}
    for _time in range(2):
        assert "Everything is taken back" in client.post(f"{JOIN}take-back/", page).content.decode()
    assert not Participant.objects.exists()


def test_saving_unchanged_keeps_the_guardians_mark(client, walk):
    join(client, age="guardian", quotation="on")
    assert save_agreed(client, quotation="on").status_code == 302
    assert list(Consent.objects.values_list("purpose", "given", "guardian")) == [
        ("taking_part", True, True),
        ("quotation", True, True),
    ]


def test_new_yes_of_somebody_under_18_needs_the_guardian_again(client, walk):
    join(client, age="guardian")
    response = save_agreed(client, quotation="on")
    assert response.status_code == 200
    assert "Under 18 a parent or guardian has to agree" in response.content.decode()
    assert response.context["form"]["quotation"].value() is True
    assert not Consent.objects.filter(purpose="quotation").exists()
    save_agreed(client, quotation="on", guardian="on")
    assert list(Consent.objects.filter(purpose="quotation").values_list("given", "guardian")) == [(True, True)]
    save_agreed(client)
    assert save_agreed(client, quotation="on").status_code == 200
    assert not Participant.objects.agreeing_to(Purpose.QUOTATION).exists()


def test_adults_are_not_asked_for_a_guardian(client, walk):
    join(client)
    assert 'name="guardian"' not in client.get(f"{JOIN}agreed/").content.decode()
    save_agreed(client, quotation="on")
    assert list(Consent.objects.filter(purpose="quotation").values_list("given", "guardian")) == [(True, False)]


@pytest.mark.parametrize("address", ["receipt/", "agreed/"])
def test_strangers_are_led_to_the_joining_page(client, walk, address):
    assert client.get(JOIN + address).url == JOIN


# Limits ------------------------------------------------------------------------------------------------------


def test_thirty_phones_on_one_address_join_and_try_codes(walk):
    for _phone in range(30):
        client = Client(REMOTE_ADDR=ADDRESS)
        for typed in ("33333333", "44444444"):
            assert client.post("/join/", {"code": typed}).status_code == 200
        code = join(client)
        for typed in ("33333333", "44444444", code, code):
            client.post(f"{JOIN}code/", {"personal_code": typed})
        assert client.get(f"{JOIN}sheet/").status_code == 200
    assert Participant.objects.count() == 30


@pytest.mark.parametrize("scope", ["occasion", "audit", "address"])
def test_too_many_codes_are_refused_and_the_code_typed_stays(client, walk, monkeypatch, scope):
    monkeypatch.setitem(limits.CODE, scope, (2, 600))
    for _time in range(2):
        assert client.post(f"{JOIN}code/", {"personal_code": "33333333"}).status_code == 200
    response = client.post(f"{JOIN}code/", {"personal_code": "44444444"})
    assert response.status_code == 429
    assert 'value="44444444"' in response.content.decode()


def test_right_code_is_refused_too_once_the_limit_is_reached(client, walk, monkeypatch):
    code = join(Client())
    monkeypatch.setitem(limits.CODE, "occasion", (1, 600))
    client.post(f"{JOIN}code/", {"personal_code": "33333333"})
    client.post(f"{JOIN}code/", {"personal_code": code})
    assert client.get(f"{JOIN}sheet/").status_code == 302


def test_right_codes_do_not_count(client, walk, monkeypatch):
    code = join(Client())
    for scope in limits.CODE:
        monkeypatch.setitem(limits.CODE, scope, (1, 600))
    for _time in range(3):
        assert client.post(f"{JOIN}code/", {"personal_code": code}).status_code == 302


def test_one_address_shuts_out_itself_alone(walk, monkeypatch):
    monkeypatch.setattr(limits, "CODE", {"address": (3, 600), "occasion": (10, 600), "audit": (20, 600)})
    code = join(Client(REMOTE_ADDR="198.51.100.1"))
    guesser = Client(REMOTE_ADDR=ADDRESS)
    times = limits.CODE["occasion"][0] + 1
    statuses = {guesser.post(f"{JOIN}code/", {"personal_code": "33333333"}).status_code for _time in range(times)}
    assert statuses == {200, 429}
    other = Client(REMOTE_ADDR="198.51.100.2")
    assert other.post(f"{JOIN}code/", {"personal_code": code}).status_code == 302
    join(Client(REMOTE_ADDR="198.51.100.3"))


@pytest.mark.parametrize("of", [limits.JOIN, limits.CODE], ids=["join", "code"])
def test_address_comes_first_and_has_far_less_than_a_walk(of):
    assert next(iter(of)) == "address"
    times, seconds = of["address"]
    for scope in ("occasion", "audit"):
        more, longer = of[scope]
        assert longer >= seconds
        assert more >= 2 * times * longer / seconds


@pytest.mark.parametrize("way", ["typed", "opened", "personal code"])
def test_join_codes_cannot_be_tried_without_end(walk, monkeypatch, way):
    monkeypatch.setattr(limits, "JOIN_CODE", (2, 600))
    code = join(Client())
    guesser = Client(REMOTE_ADDR=ADDRESS)

    def guess(code):
        if way == "typed":
            return guesser.post("/join/", {"code": code})
        if way == "opened":
            return guesser.get(f"/join/{code}/")
        return guesser.post(f"/join/{code}/code/", {"personal_code": "33333333"})

    for typed in ("33333333", "44444444"):
        assert guess(typed).status_code in (200, 404)
    refused = guess("7KPM3XWD")
    assert refused.status_code == 429
    assert "Wait ten minutes" in refused.content.decode()
    there = Client(REMOTE_ADDR="198.51.100.2")
    assert there.post(f"{JOIN}code/", {"personal_code": code}).status_code == 302


def test_whoever_takes_part_is_not_shut_out_by_wrong_join_codes_of_others(client, walk, monkeypatch):
    monkeypatch.setattr(limits, "JOIN_CODE", (1, 600))
    join(client)
    Client().get("/join/33333333/")
    assert Client().get(JOIN).status_code == 429
    assert client.get(JOIN).status_code == 200


def test_limits_of_one_walk_leave_another_audit_alone(client, walk, monkeypatch):
    CityWalkFactory(join_code="9ACDEFGH")
    monkeypatch.setitem(limits.CODE, "occasion", (1, 600))
    monkeypatch.setitem(limits.CODE, "audit", (1, 600))
    for _time in range(2):
        client.post(f"{JOIN}code/", {"personal_code": "33333333"})
    assert client.post("/join/9ACDEFGH/code/", {"personal_code": "33333333"}).status_code == 200


@pytest.mark.parametrize("scope", ["occasion", "audit", "address"])
def test_flood_of_participants_is_stopped_and_what_was_ticked_stays(client, walk, monkeypatch, scope):
    monkeypatch.setitem(limits.JOIN, scope, (1, 600))
    join(Client())
    response = client.post(JOIN, {**AGREES, "group": "ngo"})
    assert response.status_code == 429
    assert response.context["form"]["group"].value() == "ngo"
    assert Participant.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "second"), [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), (ADDRESS, ADDRESS)], ids=["IPv6 network", "IPv4"]
)
def test_address_counts_in_a_bucket_that_does_not_tell_it(rf, first, second):
    bucket = limits.address_bucket(rf.get("/", REMOTE_ADDR=first))
    assert bucket == limits.address_bucket(rf.get("/", REMOTE_ADDR=second))
    assert re.fullmatch("[0-9a-f]{4}", bucket)


def test_address_falls_into_another_bucket_on_another_day(rf):
    request = rf.get("/", REMOTE_ADDR=ADDRESS)
    days = {limits.address_bucket(request, timezone.localdate() + timedelta(days=day)) for day in range(20)}
    assert len(days) > 1
