"""The invitation letter: its words, sending it, paper."""

import io
import re
import sys
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import page as page_validation
import pdfplumber
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone, translation
from icalendar import Calendar

from audits.dates import long_date
from focusgroups import letters
from focusgroups.actions import invitations, people
from focusgroups.letters import Kind
from focusgroups.models import FocusGroup, InvitationLetter, Invitee
from focusgroups.printed.letters import letters_document
from reports.document import pdf
from tests import factories

from .pages import said, to, words_of


def post(desk, name, group, **data):
    return desk.post(to(name, group.audit, group.uuid), data)


def event_of(letter):
    ics = next(part for part in letter.attachments if part[0] == "invitation.ics")
    calendar = Calendar.from_ical(ics[1])
    return calendar, next(iter(calendar.walk("VEVENT")))


def link_in(letter):
    return re.search(r"/groups/reply/\w+/", letter.body)[0]


# Words ---------------------------------------------------------------------------------------------------------


def test_preset_says_what_is_planned_and_leaves_out_what_is_not(ahead, invitee):
    ahead.childcare = "On the spot, from 2 years"
    filled = letters.fill(letters.letter_of(ahead), invitee, "https://city.example/x")
    for words in (
        "Dear Amal Haddad,",
        "– Housing\n– Work",
        "17:00",
        "105 minutes",
        "Where: Community centre, room 2",
        "Language: English",
        "Childcare: On the spot, from 2 years",
        "https://city.example/x",
        "delete them 30 days after it",
    ):
        assert words in filled.text
    assert "until this day" not in filled.text
    assert "{" not in filled.text + filled.subject
    assert '<a href="https://city.example/x">' in filled.html
    # Nobody's name or plan becomes markup.
    invitee.name = "<b>Amal</b> {venue}"
    assert "<b>" not in letters.fill(letters.letter_of(ahead), invitee, "").html


def test_letter_says_what_becomes_of_contact_data_from_the_register(desk, ahead, invitee):
    known = factories.InviteeFactory(group=ahead, stakeholder=factories.StakeholderFactory(audit=ahead.audit))
    text = letters.fill(letters.letter_of(ahead), known, "").text
    assert "from the stakeholder register of the audit" in text
    assert "for this focus group alone" not in text
    address = to("letter", ahead.audit, ahead.uuid)
    assert "Put {data} into the letter" not in words_of(desk.get(address))
    post(desk, "letter", ahead, subject="Come", text="We delete your data after 30 days. {link}", version=1)
    assert "Put {data} into the letter" in words_of(desk.get(address))


def test_preset_and_its_facts_are_in_the_language_of_the_session(ahead, invitee):
    ahead.language = "bg"
    filled = letters.fill(letters.letter_of(ahead), invitee, "")
    assert filled.language == "bg"
    assert "Български" in filled.text or "български" in filled.text


def test_letter_is_worded_checked_and_put_back(desk, ahead, invitee):
    preset = letters.preset("en")
    bad = post(desk, "letter", ahead, subject="Come", text="Dear {nmae}, at {time", version=1)
    shown = words_of(bad)
    assert "{nmae} is not a placeholder" in shown
    assert "A curly bracket stands alone" in shown
    assert "Dear {nmae}, at {time" in shown
    assert "needs {link}" in words_of(post(desk, "letter", ahead, subject="Come", text="Dear {name}", version=1))
    days = {
        "1999-01-01": "Write a day of the years",
        ahead.date + timedelta(days=1): "after the session",
        timezone.localdate() - timedelta(days=1): "This day is past",
    }
    for day, reason in days.items():
        off = post(desk, "letter", ahead, subject="Come", text="{link}", reply_by=day, version=1)
        assert reason in words_of(off)

    text = "Dear {name}, come on {date}: {link}"
    answer = post(desk, "letter", ahead, subject="Come {name}", text=text, version=1)
    assert answer.status_code == 302
    assert "Dear Amal Haddad, come on" in words_of(desk.get(to("letter", ahead.audit, ahead.uuid)))
    stale = post(desk, "letter", ahead, subject="Mine", text="{link}", version=1)
    assert stale.status_code == 409
    back = desk.get(to("letter", ahead.audit, ahead.uuid), {"preset": ""})
    assert back.context["form"].initial["text"] == preset["text"]
    assert InvitationLetter.objects.get().text == text


def test_letter_that_asks_for_answers_until_a_day_that_is_past_is_looked_at_before_it_goes_out(desk, ahead, invitee):
    letter = InvitationLetter.objects.create(group=ahead, **letters.preset("en"), reply_by=ahead.date)
    address = to("invite", ahead.audit, ahead.uuid)
    assert "until a day that is past" not in words_of(desk.get(address))
    for day in (timezone.localdate() - timedelta(days=1), ahead.date + timedelta(days=1)):
        InvitationLetter.objects.filter(pk=letter.pk).update(reply_by=day)
        assert "until a day that is past" in words_of(desk.get(address))


# Sending --------------------------------------------------------------------------------------------------------


def test_each_gets_a_letter_of_their_own_with_an_appointment(desk, ahead, invitee):
    other = factories.InviteeFactory(group=ahead, name="Ivo", email="ivo@police.example")
    answer = post(desk, "invite", ahead, people=[invitee.uuid, other.uuid])
    assert said(answer) == ["2 letters have been sent."]
    first, second = sorted(mail.outbox, key=lambda letter: letter.to)
    assert (first.to, second.to) == (["amal@forum.example"], ["ivo@police.example"])
    assert link_in(first) != link_in(second)
    assert link_in(first) in first.alternatives[0][0]
    calendar, event = event_of(first)
    assert calendar["method"] == "PUBLISH"
    assert event["dtstart"].dt == ahead.begins.astimezone(ZoneInfo("UTC"))
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=105)
    assert event["location"] == ahead.venue
    assert "Amal" not in calendar.to_ical().decode()
    assert first.message().as_bytes()
    invitee.refresh_from_db()
    assert invitee.invited_at
    token = link_in(first).split("/")[3]
    assert token not in str(Invitee.objects.filter(pk=invitee.pk).values())


def test_sending_twice_asks(desk, ahead, invitee):
    other = factories.InviteeFactory(group=ahead, name="Ivo")
    post(desk, "invite", ahead, people=[invitee.uuid])
    first = Invitee.objects.get(pk=invitee.pk).invited_at
    asked = post(desk, "invite", ahead, people=[invitee.uuid, other.uuid])
    assert "Amal Haddad got this letter already. Nothing has been sent." in words_of(asked)
    assert len(mail.outbox) == 1
    post(desk, "invite", ahead, people=[invitee.uuid, other.uuid], again="on")
    assert len(mail.outbox) == 3
    # The link of the first letter goes on working, and two weeks before counts from it.
    assert link_in(mail.outbox[0]) == link_in(next(one for one in mail.outbox[1:] if one.to == mail.outbox[0].to))
    assert Invitee.objects.get(pk=invitee.pk).invited_at == first


def test_failing_address_stops_nobody_and_is_shown(desk, ahead, invitee, monkeypatch):
    other = factories.InviteeFactory(group=ahead, name="Ivo", email="ivo@police.example")
    deliver = EmailBackend.send_messages

    def fail_for_amal(self, messages):
        if messages[0].to == ["amal@forum.example"]:
            raise ConnectionError("amal@forum.example refused")
        return deliver(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", fail_for_amal)
    answer = post(desk, "invite", ahead, people=[invitee.uuid, other.uuid])
    sent, failed = said(answer)
    assert sent == "1 letter has been sent."
    assert "Amal Haddad (amal@forum.example)" in failed
    invitee.refresh_from_db()
    assert (invitee.invited_at, invitee.token_hash) == (None, "")


def test_link_to_a_former_address_stays_void_when_a_letter_fails(ahead, invitee, monkeypatch):
    invitations.mark_invited([invitee])
    former = invitee.token_hash

    def fail_after_a_correction(self, messages):
        row = Invitee.objects.get(pk=invitee.pk)
        row.email = "haddad@forum.example"
        people.change(invitee=row, changed=["email"])
        raise ConnectionError

    monkeypatch.setattr(EmailBackend, "send_messages", fail_after_a_correction)
    assert invitations.send(group=ahead, invitees=[invitee], kind=Kind.INVITE).failed == [invitee]
    assert invitations.find(former) is None
    assert Invitee.objects.get().sending_at is None


def test_all_letters_go_over_one_connection_and_nobody_waits_for_a_server_that_is_down(ahead, monkeypatch):
    opened, used = [], []
    monkeypatch.setattr(EmailBackend, "open", lambda self: opened.append(self))
    monkeypatch.setattr(EmailBackend, "send_messages", lambda self, messages: used.append(self))
    people = factories.InviteeFactory.create_batch(3, group=ahead)
    assert len(invitations.send(group=ahead, invitees=people, kind=Kind.INVITE).sent) == 3
    assert used == opened * 3

    def down(self):
        opened.append(self)
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "open", down)
    people = factories.InviteeFactory.create_batch(3, group=ahead)
    assert invitations.send(group=ahead, invitees=people, kind=Kind.INVITE).failed == people
    assert len(opened) == 2
    assert (
        not ahead.invitees.filter(pk__in=[one.pk for one in people]).exclude(invited_at=None, sending_at=None).exists()
    )


def test_letter_of_a_process_that_died_is_not_taken_for_sent(desk, ahead, invitee, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", lambda self, messages: sys.exit(1))
        with pytest.raises(SystemExit):
            invitations.send(group=ahead, invitees=[invitee], kind=Kind.INVITE)
    pages = [to(name, ahead.audit, ahead.uuid) for name in ("invitee-list", "invite")]
    unknown = "not known whether the last letter went out"
    assert not any(unknown in words_of(desk.get(page)) for page in pages)
    assert "Invite 1 person by e-mail" in words_of(desk.get(pages[0]))
    # It may have gone out: its link works.
    assert invitations.find(invitations.token_hash(invitations.token_of(invitee))) == invitee

    post(desk, "invite", ahead, people=[invitee.uuid])
    assert not mail.outbox
    now = timezone.now()
    Invitee.objects.update(sending_at=now - timedelta(minutes=11))
    assert all(unknown in words_of(desk.get(page)) for page in pages)
    # An answer to an earlier letter says nothing of this one.
    for replied_at, is_unknown in ((now - timedelta(days=1), True), (now, False)):
        Invitee.objects.update(reply="yes", replied_at=replied_at)
        assert [unknown in words_of(desk.get(page)) for page in pages] == [is_unknown] * 2
    assert said(post(desk, "invite", ahead, people=[invitee.uuid]))[-1] == "1 letter has been sent."
    assert "not known whether" not in words_of(desk.get(pages[0]))


def test_reminder_goes_to_those_without_an_answer_once_a_day(desk, ahead, invitee):
    silent, answered, uninvited = invitee, *factories.InviteeFactory.create_batch(2, group=ahead)
    Invitee.objects.filter(pk__in=[silent.pk, answered.pk]).update(invited_at=timezone.now())
    Invitee.objects.filter(pk=answered.pk).update(reply="no")
    offered = desk.get(to("remind", ahead.audit, ahead.uuid)).content.decode()
    assert [str(one.uuid) in offered for one in (silent, answered, uninvited)] == [True, False, False]
    post(desk, "remind", ahead, people=[silent.uuid])
    assert mail.outbox[0].subject.startswith("Reminder: ")
    assert "reminded today already" in words_of(post(desk, "remind", ahead, people=[silent.uuid]))
    assert len(mail.outbox) == 1
    assert "Reminded:" in words_of(desk.get(to("invitee-list", ahead.audit, ahead.uuid)))


def test_whoever_answered_meanwhile_is_not_reminded(desk, ahead, invitee):
    Invitee.objects.update(invited_at=timezone.now(), reply="yes")
    answer = post(desk, "remind", ahead, people=[invitee.uuid])
    assert said(answer) == ["Amal Haddad has answered or was reminded meanwhile. Nothing has been sent to this person."]
    assert not mail.outbox


def test_change_of_the_date_is_told_to_everybody_invited_and_moves_the_appointment(desk, ahead, invitee):
    post(desk, "invite", ahead, people=[invitee.uuid])
    listed = to("invitee-list", ahead.audit, ahead.uuid)
    assert "was told another date" not in words_of(desk.get(listed))
    ahead.date += timedelta(days=3)
    ahead.version += 1
    ahead.save()
    assert "1 person was told another date, time or place" in words_of(desk.get(listed))
    post(desk, "tell-change", ahead, people=[invitee.uuid])
    assert "was told another date" not in words_of(desk.get(listed))
    before, after = (event_of(letter)[1] for letter in mail.outbox)
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt - before["dtstart"].dt == timedelta(days=3)
    assert mail.outbox[1].subject.startswith("Changed: ")
    assert "Tell" not in words_of(desk.get(listed)).split("Letters")[1]
    FocusGroup.objects.update(venue="Library")
    assert "1 person was told another" in words_of(desk.get(listed))
    post(desk, "tell-change", ahead, people=[invitee.uuid])
    assert "Where: Library" in mail.outbox[2].body
    assert "was told another" not in words_of(desk.get(listed))


def test_no_letter_goes_out_once_the_session_has_begun(desk, ahead, invitee):
    ahead.date = timezone.localdate() - timedelta(days=1)
    ahead.save()
    answer = post(desk, "invite", ahead, people=[invitee.uuid])
    assert answer.status_code == 409
    assert "no letters go out any more" in words_of(answer)
    assert not mail.outbox


def test_whoever_is_left_out_is_named_beside_those_who_got_the_letter(desk, ahead, invitee):
    other = factories.InviteeFactory(group=ahead, name="Ivo")
    Invitee.objects.filter(pk=other.pk).update(sending_at=timezone.now())
    assert said(post(desk, "invite", ahead, people=[invitee.uuid, other.uuid])) == [
        "1 letter has been sent.",
        "These letters have just been sent, or are on their way. Ivo",
    ]


def test_two_who_send_at_once_send_once(ahead, invitee):
    copies = [Invitee.objects.get(pk=invitee.pk) for _time in range(2)]
    results = [invitations.send(group=ahead, invitees=[one], kind=Kind.INVITE) for one in copies]
    assert [len(result.sent) for result in results] == [1, 0]
    assert len(mail.outbox) == 1


def test_once_more_confirmed_twice_is_once_more(desk, ahead, invitee):
    post(desk, "invite", ahead, people=[invitee.uuid])
    asked_at = desk.get(to("invite", ahead.audit, ahead.uuid)).context["form"]["asked_at"].value()
    answers = [post(desk, "invite", ahead, people=[invitee.uuid], again="on", asked_at=asked_at) for _time in range(2)]
    assert [said(answer)[-1] for answer in answers] == [
        "1 letter has been sent.",
        "These letters have just been sent, or are on their way. Amal Haddad",
    ]
    assert len(mail.outbox) == 2


# Paper ----------------------------------------------------------------------------------------------------------


def test_letters_on_paper_are_a_page_each_and_count_as_invited_when_marked(desk, ahead, invitee, monkeypatch):
    started = []
    monkeypatch.setattr("reports.document.child.start", lambda *args, **kwargs: started.append(args))
    paper = factories.InviteeFactory(group=ahead, name="Ivo", email="")
    assert post(desk, "letter-print", ahead, which="without", mark="on").status_code == 302
    assert len(started) == 1
    paper.refresh_from_db()
    invitee.refresh_from_db()
    assert paper.invited_at
    assert paper.token_hash
    assert invitee.invited_at is None
    assert "nobody for whom" in words_of(
        post(desk, "letter-print", factories.FocusGroupFactory(audit=ahead.audit), which="all")
    )


def test_printing_tells_nobody_unless_that_is_said(desk, ahead, invitee, monkeypatch):
    monkeypatch.setattr("reports.document.child.start", lambda *args, **kwargs: None)
    factories.InviteeFactory(group=ahead, name="Ivo", email="")
    post(desk, "invite", ahead, people=[invitee.uuid])
    post(desk, "letter-print", ahead, which="without", mark="on")
    listed = to("invitee-list", ahead.audit, ahead.uuid)
    assert "told another date" not in words_of(desk.get(listed))
    FocusGroup.objects.update(venue="Library")
    post(desk, "letter-print", ahead, which="all")
    assert "2 people were told another date, time or place" in words_of(desk.get(listed))
    # The new letter on paper is handed to Ivo, the e-mail goes to Amal.
    post(desk, "letter-print", ahead, which="without", mark="on")
    assert "1 person was told another date, time or place" in words_of(desk.get(listed))
    post(desk, "tell-change", ahead, people=[invitee.uuid])
    assert "told another date" not in words_of(desk.get(listed))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_printed_letters_are_a_page_each_with_a_date_and_accessible(ahead, invitee, tmp_path, language):
    ahead.language = language
    ahead.purpose = "What the city should know before it plans. " * 4
    for name in ("childcare", "interpreters", "expenses", "payment", "access"):
        setattr(ahead, name, "What we have arranged so that everybody can come, in a line or two of the letter")
    filled = letters.fill(letters.letter_of(ahead), invitee, invitations.link_of(invitee))
    document = letters_document(ahead, [("Amal Haddad\nForum", filled), ("Ivo", filled)])
    path = tmp_path / "letters.pdf"
    path.write_bytes(pdf.render_pdf(document, media=lambda name: b"").data)
    assert page_validation.validate_pdf(path, profile="ua1").is_compliant
    with translation.override(language):
        today = set(long_date(timezone.localdate()).split())
    with pdfplumber.open(path) as file:
        pages = [set(page.extract_text().split()) for page in file.pages]
    assert len(pages) == 2
    # The month may be drawn from right to left; the day and the year are not.
    digits = {part for part in today if part.isdigit()}
    assert all(digits <= page for page in pages)


def test_second_page_of_a_letter_names_its_addressee_and_counts_nothing(ahead, invitee):
    long = replace(letters.fill(letters.letter_of(ahead), invitee, ""), html="<p>Come to us.</p>" * 60)
    document = letters_document(ahead, [("Amal Haddad\nForum", long), ("Ivo", long)])
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(document, media=lambda name: b"").data)) as file:
        firsts = [page.extract_text().splitlines()[0] for page in file.pages]
        assert not any("Page" in page.extract_text() for page in file.pages)
    assert firsts[1::2] == ["Amal Haddad", "Ivo"]
