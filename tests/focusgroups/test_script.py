import uuid

import pytest

from audits import printing
from audits.models import Translation
from focusgroups.models import FocusGroup, OpeningScript
from focusgroups.printed.papers import papers_document
from focusgroups.scripts import opening_of
from reports.document import blocks
from reports.document.html import render_html

from .pages import to, words_of


def parts(group):
    return {part.name: part for part in opening_of(group)}


def sent(group, **changes):
    return {**{name: part.text for name, part in parts(group).items()}, "version": 1, **changes}


def test_the_opening_is_worded_from_the_plan(group):
    said = {name: part.text for name, part in parts(group).items()}
    assert list(said) == ["introduction", "purpose", "topics", "consent", "rules"]
    assert "My name is Mila Horak. I lead this discussion." in said["introduction"]
    assert f"part of the project “{group.audit.title}”" in said["introduction"]
    assert "We have 105 minutes and end at 18:45 at the latest." in said["purpose"]
    assert said["topics"] == "These are our topics:\n– Housing\n– Work"
    assert "record the discussion on audio" in said["consent"]
    assert "nobody is interrupted" in said["rules"]


def test_own_words_stay_and_the_other_parts_follow_the_plan(audit, group, desk):
    page = to("script", audit, group.uuid)
    assert 'name="version" value="1"' in desk.get(page).content.decode()
    assert desk.post(page, sent(group, rules="Let others speak.")).status_code == 302
    plan = FocusGroup.objects.get(pk=group.pk)
    plan.topics, plan.moderator = "Schools", "Ana Babic"
    plan.save()
    found = parts(plan)
    assert "My name is Ana Babic." in found["introduction"].text
    assert found["topics"].text == "These are our topics:\n– Schools"
    assert (found["rules"].text, found["rules"].own, found["topics"].own) == ("Let others speak.", True, False)
    desk.post(page, sent(plan, version=2, plan="rules"))
    assert not parts(plan)["rules"].own
    desk.post(page, sent(plan, version=3, consent=""))
    assert "record the discussion" in parts(plan)["consent"].text


def test_a_changed_plan_is_told_where_own_words_stand(audit, group, desk):
    page = to("script", audit, group.uuid)
    desk.post(page, sent(group, introduction="We meet on Monday."))
    told = "The plan was changed after you last saved the script."
    assert told not in words_of(desk.get(page))
    group.refresh_from_db()
    plan = {name: getattr(group, name) for name in FocusGroup.written}
    desk.post(
        to("edit", audit, group.uuid), {**plan, "date": "2026-10-17", "starts_at": "17:00", "version": group.version}
    )
    words = words_of(desk.get(page))
    assert told in words
    assert "By the plan: Introduction Good day, and welcome." in words


def test_the_script_is_saved_as_it_is_typed_and_two_writers_see_both(audit, group, desk):
    page = to("script", audit, group.uuid)
    answer = desk.post(page, sent(group, rules="Mine"), headers={"Accept": "application/json"})
    assert answer.json()["version"] == 2
    assert desk.post(page, sent(group, rules="Theirs")).status_code == 409
    long = desk.post(page, sent(group, version=2, rules="x" * 6001), headers={"Accept": "application/json"})
    assert "too long" in long.json()["errors"][0]
    assert OpeningScript.objects.get(group=group).rules == "Mine"


def test_moderators_papers_stand_on_the_screen_and_on_paper(audit, group, desk):
    page = words_of(desk.get(to("script-read", audit, group.uuid)))
    paper = render_html(papers_document(group), target="page")
    for expected in (
        "My name is Mila Horak.",
        "What is the situation in our city?",
        "Some steps.",
        "Ask the participants whether they confirm the summary.",
    ):
        assert expected in page
        assert expected in " ".join(paper.split())
    # An area on which nothing is asked is left out of both.
    assert "Urban Environment" not in page


def test_papers_are_in_the_language_of_the_discussion(group):
    source = group.guide.questions.get(key="vision-1")
    Translation.objects.create(target=source, field="text", language="bg", source=source.text, text="Какво е?")
    group.language = "bg"
    group.questions.filter(source=source).update(text="Какво е?")
    document = papers_document(group)
    assert document.language == "bg"
    lines = [
        (node.text, node.language)
        for area in document.chapters[1].blocks
        for node in area.blocks
        if isinstance(node, blocks.Paragraph)
    ]
    # What nobody has translated says which language it is in, for those who listen to the PDF.
    assert lines[:2] == [("1. Какво е?", "bg"), ("2. Which services are there?", "en")]


@pytest.fixture
def begun(monkeypatch):
    made = {}

    def begin(owner, key, document):
        made.setdefault(key, document())
        return printing.Print(key, None)

    monkeypatch.setattr(printing, "begin", begin)
    return made


def test_papers_are_printed_once_however_often_the_form_is_sent(audit, group, desk, begun):
    page = to("script-print", audit, group.uuid)
    assert "Make the PDF" in words_of(desk.get(page))
    data = {"uuid": str(uuid.uuid4())}
    addresses = {desk.post(page, data)["Location"] for _time in range(2)}
    assert len(begun) == len(addresses) == 1
    assert "has been deleted" in words_of(desk.get(addresses.pop()))
