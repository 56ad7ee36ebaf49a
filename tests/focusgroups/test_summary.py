"""The summary at the end, what the participants say of it, and closing."""

from django.urls import reverse

from focusgroups.enums import Confirmation, GroupState
from focusgroups.models import GroupEvent, GroupSummary
from tests import factories
from tests.focusgroups.pages import to, words_of


def test_summary_is_written_beside_the_hot_notes_and_keeps_when_it_was_confirmed(session, desk):
    question = session.questions.first()
    factories.NoteFactory(group=session, question=question, text="Nobody asked us.", hot=True)
    factories.NoteFactory(group=session, question=question, text="The weather is fine.")
    factories.NoteFactory(group=session, question=question, text="Wrong.", hot=True, removed=True)
    address = reverse("focusgroups:summary", args=[session.audit.slug, session.uuid])

    page = desk.get(address)
    beside = words_of(page).split("What was noted")[1]
    assert "Nobody asked us." in beside
    assert "Wrong." not in beside
    begins = page.context["form"]
    # What is copied is quoted, and nobody has agreed to that.
    assert not begins["text"].value()
    assert not GroupSummary.objects.exists()

    typed = {
        "text": "You told us three things.",
        "changes": "",
        "confirmation": "",
        "version": begins["version"].value(),
    }
    answer = desk.post(address, typed, headers={"Accept": "application/json"})
    assert answer.json()["version"] == 2
    assert GroupSummary.objects.get().confirmed_at is None
    assert "You told us three things." in desk.get(f"{address}read/").content.decode()

    typed |= {"confirmation": "with_changes", "changes": "Lamps first.", "version": 2}
    desk.post(address, typed)
    summary = GroupSummary.objects.get()
    assert (summary.confirmation, summary.changes) == (Confirmation.WITH_CHANGES, "Lamps first.")
    confirmed = summary.confirmed_at
    assert confirmed
    desk.post(address, typed | {"changes": "Lamps first, then benches.", "version": 3})
    summary.refresh_from_db()
    assert (summary.changes, summary.confirmed_at) == ("Lamps first, then benches.", confirmed)
    assert desk.post(address, typed | {"changes": "Mine."}).status_code == 409


def test_nothing_is_confirmed_without_words(session, desk):
    address = reverse("focusgroups:summary", args=[session.audit.slug, session.uuid])

    def wrong(**typed):
        answer = desk.post(address, {"version": 1, "text": " ", "changes": "", **typed})
        return set(answer.context["form"].errors)

    assert wrong(confirmation="confirmed") == {"text"}
    assert wrong(confirmation="with_changes") == {"text", "changes"}
    assert wrong(confirmation="with_changes", text="You told us three things.") == {"changes"}
    assert not GroupSummary.objects.get().confirmed_at
    assert desk.post(address, {"version": 1, "confirmation": "refused"}).status_code == 302


def test_closing_is_recorded_once(session, desk):
    address = reverse("focusgroups:close", args=[session.audit.slug, session.uuid])
    desk.post(address)
    desk.post(address)
    session.refresh_from_db()
    assert session.state == GroupState.CLOSED
    assert session.closed_at
    page = words_of(desk.get(to("summary", session.audit, session.uuid)))
    for words in ("Code the notes", "Report as PDF"):
        assert words in page
    # The report asks for both, though they may be written later.
    assert "Summary (optional)" not in page
    assert "What the participants said (optional)" not in page
    assert list(GroupEvent.objects.values_list("before", "after")) == [("planned", "open"), ("open", "closed")]
