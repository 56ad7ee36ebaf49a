import re
import uuid
from datetime import date, time

import pytest
import time_machine
from django.utils import timezone

from audits import methods
from audits.enums import Area, Role
from audits.models import Translation
from audits.participation.models import Participant
from focusgroups import method
from focusgroups.enums import Confirmation, GroupState
from focusgroups.models import AreaSummary, FocusGroup, GroupSummary
from tests import factories

from .pages import said, to, words_of

pytestmark = pytest.mark.usefixtures("today")
PLAN = {
    "title": "Services for newcomers",
    "kind": "mixed",
    "language": "en",
    "date": "2026-10-10",
    "starts_at": "17:00",
    "minutes": "105",
    "venue": "Town hall, room 12",
    "purpose": "We hear what people think.",
    "topics": "Who lives here\nServices",
}


@pytest.fixture
def today():
    with time_machine.travel("2026-09-01 09:00", tick=False):
        yield


def plan_of(group, **changes):
    return {
        **{name: getattr(group, name) for name in FocusGroup.written},
        "date": group.date.isoformat(),
        "starts_at": group.starts_at.strftime("%H:%M"),
        "version": group.version,
        **changes,
    }


def translate(row, field, text, language="bg"):
    Translation.objects.create(target=row, field=field, language=language, source=getattr(row, field), text=text)


def test_a_group_is_planned_once_with_the_guides_questions(audit, guide, desk):
    words = words_of(desk.get(to("create", audit)))
    for expected in (
        "We hear what people think.",
        "Who lives here Services",
        "Invite early.",
        "Two groups may work better",
    ):
        assert expected in words
    data = {**PLAN, "uuid": str(uuid.uuid4())}
    for _time in range(2):
        assert desk.post(to("create", audit), data).status_code == 302
    group = audit.focus_groups.get()
    assert (group.title, group.guide, group.ends.time()) == ("Services for newcomers", guide, time(18, 45))
    assert [(row.area, row.text) for row in group.questions.all()] == [
        (row.area, row.text) for row in guide.questions.all()
    ]
    # The same form sent with other words is another's: both stand side by side.
    answer = desk.post(to("create", audit), {**data, "title": "Another name"})
    assert answer.status_code == 409
    assert "Services for newcomers" in words_of(answer)


def test_texts_that_nobody_touched_follow_the_language(audit, guide, desk):
    translate(guide, "purpose", "Чуваме хората.")
    translate(guide.topics.get(position=0), "text", "Кой живее тук")
    translate(guide.questions.get(key="vision-1"), "text", "Какво е положението?")
    translate(guide.questions.get(key="civic-1"), "text", "Участват ли хората?")
    desk.post(to("create", audit), {**PLAN, "topics": "My own topic"})
    group = audit.focus_groups.get()
    group.questions.filter(source__key="civic-1").update(text="In my words?")
    desk.post(to("edit", audit, group.uuid), plan_of(group, language="bg"))
    group.refresh_from_db()
    assert (group.purpose, group.topics) == ("Чуваме хората.", "My own topic")
    texts = dict(group.questions.values_list("source__key", "text"))
    assert (texts["vision-1"], texts["civic-1"]) == ("Какво е положението?", "In my words?")
    assert texts["vision-2"] == "Which services are there?"
    desk.post(to("create", audit), {**PLAN, "title": "New", "language": "bg"})
    assert audit.focus_groups.get(title="New").topic_lines == ["Кой живее тук", "Services"]


def test_change_of_the_day_says_that_others_know_another_one(desk, audit, group):
    factories.InviteeFactory(group=group, invited_at=timezone.now())
    factories.InviteeFactory(group=group)
    address = to("edit", audit, group.uuid)
    assert len(said(desk.post(address, plan_of(group, moderator="Ivo")))) == 1
    group.refresh_from_db()
    answer = desk.post(address, plan_of(group, venue="Library"))
    assert "1 person was invited before." in said(answer)[-1]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts_at": "23:00", "minutes": "120"}, "The session would end after midnight."),
        ({"date": "1900-01-01"}, "1 January 1900? Check the year."),
        ({"date": "2126-10-10"}, "10 October 2126? Check the year."),
        ({"date": "2026-08-31"}, "31 August 2026 is past. Choose a later day, or say below"),
        ({"date": "soon"}, "This is not a date."),
        ({"already_held": "on"}, "The day of the session is still to come."),
        ({"title": "old harbour"}, "There is a focus group called “old harbour” already."),
        ({"minutes": "long"}, "Write a whole number of minutes, for example 105."),
        ({"topics": "x" * 6001}, "This is too long"),
        ({"kind": "secret"}, "“secret” cannot be chosen here."),
    ],
    ids=["midnight", "1900", "2126", "past", "no-date", "not-held", "name", "minutes", "long", "kind"],
)
def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(audit, group, desk, changes, sentence):
    answer = desk.post(to("create", audit), {**PLAN, "venue": "Room that I typed", **changes})
    assert answer.status_code == 200
    assert sentence in words_of(answer)
    assert "Room that I typed" in answer.content.decode()
    assert audit.focus_groups.count() == 1


def test_a_session_that_was_held_is_opened_for_its_notes(audit, guide, desk):
    desk.post(to("create", audit), {**PLAN, "date": "2026-08-20", "already_held": "on"})
    group = audit.focus_groups.get()
    assert group.state == GroupState.OPEN
    assert group.events.get().after == GroupState.OPEN


def test_without_a_guide_the_page_says_who_loads_it(audit, desk):
    assert "No guide is loaded" in words_of(desk.get(to("create", audit)))
    assert "No guide is loaded" in words_of(desk.get(to("list", audit)))


def test_somebody_elses_save_shows_both_plans(audit, group, desk, member):
    data = plan_of(group, venue="Mine")
    FocusGroup.objects.filter(pk=group.pk).update(venue="Theirs", version=2, changed_by=member())
    answer = desk.post(to("edit", audit, group.uuid), data)
    assert answer.status_code == 409
    assert "Theirs" in words_of(answer)
    assert "Mine" in answer.content.decode()
    group.delete()
    assert "Mine" in desk.post(to("edit", audit, group.uuid), data).content.decode()


def test_the_page_of_a_group_says_what_leaves_the_toolkits_advice(audit, group, desk):
    FocusGroup.objects.filter(pk=group.pk).update(minutes=200, moderator="", topics="", date=date(2027, 1, 8))
    words = words_of(desk.get(to("detail", audit, group.uuid)))
    for expected in (
        "200 minutes are planned; the toolkit speaks of one and a half to two hours.",
        "The day lies outside the time of the audit.",
        "No moderator is named yet.",
        "No topics are named; the invitation letter and the opening speak of them.",
        "By 25 December 2026 the letters should be out.",
        "4 questions. 1 of them can be answered with yes or no.",
    ):
        assert expected in words


def test_a_session_is_opened_closed_and_put_back_with_a_reason(audit, group, desk):
    page = to("state", audit, group.uuid)
    FocusGroup.objects.filter(pk=group.pk).update(date="2026-09-01")
    desk.post(page, {"to": "open"})
    assert "Write why the session is put back." in words_of(desk.post(page, {"to": "planned"}))
    desk.post(page, {"to": "planned", "reason": "Too early"})
    desk.post(page, {"to": "open"})
    assert said(desk.post(page, {"to": "closed"}))[-1].startswith("The group “Old Harbour” is now: closed.")
    # A page that is out of date is told so.
    assert "The group is closed by now." in words_of(desk.post(page, {"to": "closed"}))
    desk.post(page, {"to": "open", "reason": "One more note"})
    group.refresh_from_db()
    assert (group.state, group.closed_at) == (GroupState.OPEN, None)
    words = words_of(desk.get(to("detail", audit, group.uuid)))
    assert "Too early" in words
    assert "One more note" in words


def test_before_its_day_a_session_is_opened_or_closed_only_when_meant_and_can_be_taken_back(audit, group, desk):
    page, close = to("state", audit, group.uuid), to("close", audit, group.uuid)
    for address, sent in ((page, {"to": "open"}), (close, {})):
        answer = desk.post(address, sent)
        group.refresh_from_db()
        assert "is planned for Saturday, 10 October 2026, which is still to come" in words_of(answer)
        assert group.state == GroupState.PLANNED
    confirmed = {"text": "Told.", "changes": "", "confirmation": "confirmed", "version": 1}
    assert "open the session first" in words_of(desk.post(to("summary", audit, group.uuid), confirmed))
    desk.post(close, {"early": "1"})
    group.refresh_from_db()
    assert group.state == GroupState.CLOSED
    desk.post(to("summary", audit, group.uuid), confirmed)
    assert GroupSummary.objects.get().confirmation == Confirmation.CONFIRMED
    desk.post(page, {"to": "planned", "reason": "By mistake"})
    group.refresh_from_db()
    assert (group.state, group.opened_at, group.closed_at) == (GroupState.PLANNED, None, None)
    assert (group.summary.confirmation, group.summary.text) == ("", "Told.")


def test_a_session_with_notes_is_no_mere_plan_and_is_not_deleted(audit, group, desk):
    page = to("delete", audit, group.uuid)
    assert "Its 4 questions go with it" in words_of(desk.get(page))
    desk.post(to("state", audit, group.uuid), {"to": "open", "early": "1"})
    note = factories.NoteFactory(group=group, question=group.questions.first(), removed=True)
    answer = desk.post(to("state", audit, group.uuid), {"to": "planned", "reason": "No"})
    assert "cannot become a mere plan again" in words_of(answer)
    assert "Something was noted in this session." in words_of(desk.get(page))
    desk.post(page)
    assert FocusGroup.objects.filter(pk=group.pk).exists()
    note.delete()
    seat = factories.SeatFactory(group=group)
    desk.post(page)
    assert FocusGroup.objects.filter(pk=group.pk).exists()
    seat.delete()
    assert desk.post(page).status_code == 302
    assert not audit.focus_groups.exists()


def test_who_does_not_run_groups_reads_what_it_is_about_and_no_more(audit, group, client, member):
    factories.InviteeFactory(group=group, name="Somebody Invited")
    factories.NoteFactory(group=group, question=None, text="Said in confidence")
    factories.SeatFactory(group=group)
    FocusGroup.objects.filter(pk=group.pk).update(state=GroupState.CLOSED, venue="Secret house")
    for role in (Role.PARTNER, Role.RESEARCHER):
        client.force_login(member(role))
        for name, args in (("detail", [group.uuid]), ("list", [])):
            words = words_of(client.get(to(name, audit, *args)))
            assert "Old Harbour" in words
            assert not re.search("Somebody Invited|Said in confidence|Secret house|Mila Horak|invitation list", words)
        assert "1 person took part." in words_of(client.get(to("detail", audit, group.uuid)))


def test_a_group_of_another_audit_is_not_found(audit, desk):
    other = factories.FocusGroupFactory().uuid
    for name in ("detail", "edit", "state", "delete", "questions", "script"):
        assert desk.get(to(name, audit, other)).status_code == 404


@pytest.mark.parametrize("number", [3, 300])
def test_the_list_asks_as_many_questions_for_many_groups_as_for_few(
    audit, guide, desk, number, django_assert_max_num_queries
):
    groups = factories.FocusGroupFactory.create_batch(number, audit=audit, guide=guide)
    factories.InviteeFactory(group=groups[0])
    factories.NoteFactory(group=groups[1])
    desk.get(to("list", audit))
    with django_assert_max_num_queries(12):
        desk.get(to("list", audit))


# The card on the audit home ------------------------------------------------------------------------------


def step_of(audit, user):
    return method.progress(audit, user).next_step


def test_focus_groups_are_announced_between_desk_research_and_walks():
    assert methods.get("focusgroups") is method.METHOD
    keys = [one.key for one in methods.methods()]
    assert keys.index("deskresearch") < keys.index("focusgroups") < keys.index("checklists")


def test_the_first_step_is_for_those_who_run_groups(audit, member):
    assert step_of(audit, member()).label == "Plan a focus group"
    progress = method.progress(audit, member(Role.PARTNER))
    assert (progress.state, progress.words, progress.next_step) == ("todo", "No focus groups yet", None)


def test_the_card_follows_a_group_to_its_end(audit, group, member):
    user, partner = member(name="Mila Horak"), member(Role.PARTNER)

    def card():
        return method.progress(audit, user)

    assert card().words == "1 focus group: 1 planned"
    assert [one.text for one in card().missing] == ["Nobody is on the list of invitations of “Old Harbour” yet"]
    assert {(one.date, one.text, one.who) for one in card().deadlines} == {
        (date(2026, 10, 10), "Focus group “Old Harbour”", "You"),
        (date(2026, 9, 26), "Invitations to “Old Harbour” are out", ""),
    }
    assert [one.text for one in method.progress(audit, partner).deadlines] == ["Focus group “Old Harbour”"]
    invitee = factories.InviteeFactory(group=group)
    assert not card().missing
    with time_machine.travel("2026-09-27 09:00", tick=False):
        assert [one.text for one in card().missing] == [
            "1 invitation to “Old Harbour” is not out, two weeks before the day"
        ]
    invitee.invited_at = group.begins
    invitee.save()
    assert step_of(audit, user).text == "Prepare “Old Harbour”: script and questions"
    with time_machine.travel("2026-10-10 16:00", tick=False):
        assert step_of(audit, user).label == "Open the session"
    FocusGroup.objects.update(state=GroupState.OPEN)
    # As long as nothing was said there is nothing to confirm.
    assert not card().missing
    factories.NoteFactory(group=group, question=group.questions.first())
    FocusGroup.objects.update(state=GroupState.CLOSED)
    texts = [
        "The summary of “Old Harbour” is not confirmed by its participants",
        "4 areas of “Old Harbour” have no results yet",
    ]
    assert [one.text for one in card().missing] == texts
    assert [one.url for one in method.progress(audit, partner).missing] == ["", ""]
    GroupSummary.objects.create(group=group, confirmation=Confirmation.WITH_CHANGES)
    for area in Area:
        AreaSummary.objects.create(group=group, area=area, results="Known.")
    done = card()
    assert (done.state, done.words, done.missing, done.next_step) == ("done", "1 focus group: 1 closed", (), None)
    assert done.by_area == {"vision": {"Notes of focus groups": 1}}


def test_the_card_asks_as_many_questions_for_many_groups_as_for_few(audit, guide, member, django_assert_num_queries):
    user = member()
    for number in (3, 297):
        factories.FocusGroupFactory.create_batch(number, audit=audit, guide=guide)
        method.progress(audit, user)
        with django_assert_num_queries(7):
            method.progress(audit, user)


def test_the_page_of_a_group_leads_on_and_counts_those_who_came(audit, group, desk):
    seats = factories.SeatFactory.create_batch(2, group=group, participant__joined_at=None)
    FocusGroup.objects.update(state=GroupState.OPEN)
    page = words_of(desk.get(group.get_absolute_url()))
    assert "The cards of 2 seats are prepared." in page
    assert "Take notes" in page
    assert "not confirmed" not in page
    listed = to("list", audit)
    assert "nobody yet" in words_of(desk.get(listed))
    Participant.objects.filter(pk=seats[0].participant_id).update(joined_at=timezone.now())
    assert "1 seat was taken." in words_of(desk.get(group.get_absolute_url()))
    assert "1 person" in words_of(desk.get(listed))
