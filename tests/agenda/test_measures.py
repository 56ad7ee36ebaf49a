"""Pages of measures: list, page, form, progress, review."""

import html
import re
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from audits.agenda import actions
from audits.agenda.models import EvidenceLink, Measure, MeasureProgress
from audits.methods import MeasureIdea
from audits.models import StaleError
from tests import factories

from .test_findings import codes_on, said, to, words_of

A_MEASURE = {"title": "Open in the evening", "area": "urban", "pace": "quick"}
NOBODY = "00000000-0000-4000-8000-000000000000"
WHOLE = {
    **A_MEASURE,
    "objective": "Everybody reaches the services.",
    "step": "Ask the staff council",
    "responsible": "City Hall",
    "due": "2027-03-01",
    "resources": "Two shifts",
    "indicator": "200 people a month",
    "inspired_by": "Malmö",
}


@pytest.fixture
def lead(signed_in, coordinator):
    """The coordinator, past the first request of a session."""
    client = signed_in(coordinator)
    client.get("/help/")
    return client


@pytest.fixture
def factor(fieldwork):
    """A source that proposes a measure."""
    reference = fieldwork.add("A3 The city consults migrants")
    fieldwork.ideas[reference] = MeasureIdea(
        objective="The city consults migrants.",
        steps=("Is there a council?", "Who chooses\nits members?"),
        examples=(("Turin", "A council of elected migrants."), ("Ghent", "A round table.")),
        area="civic",
    )
    return reference


def asked(reference):
    return f"{reference.app}:{reference.type}:{reference.source}"


# List -----------------------------------------------------------------------------------------------------


def test_list_reads_any_number_of_measures_with_the_same_queries(audit, lead, django_assert_num_queries):
    for total in (3, 300):
        while audit.measures.count() < total:
            made = factories.RecommendationFactory(audit=audit)
            measure = factories.MeasureFactory(audit=audit, recommendation=made)
            factories.EvidenceLinkFactory(holder=measure)
        with django_assert_num_queries(11):
            response = lead.get(to("measure-list", audit))
        assert len(codes_on(response)) == total


def test_list_is_ordered_by_due_day_within_each_area(audit, lead):
    for number, due in enumerate((None, date(2027, 5, 1), date(2027, 1, 1)), start=1):
        factories.MeasureFactory(audit=audit, number=number, position=number, due=due)
    factories.MeasureFactory(audit=audit, number=4, area="vision")
    assert codes_on(lead.get(to("measure-list", audit))) == ["M4", "M3", "M2", "M1"]
    response = lead.get(to("measure-list", audit), {"order": "plan"})
    assert codes_on(response) == ["M4", "M1", "M2", "M3"]
    assert to("measure-move", audit, 1) in response.content.decode()


def test_list_says_what_is_overdue_and_what_is_not_complete(audit, lead):
    yesterday = timezone.localdate() - timedelta(days=1)
    factories.MeasureFactory(audit=audit, objective="O", responsible="R", resources="M", due=yesterday)
    factories.MeasureFactory(audit=audit, objective="O", due=yesterday, state="done")
    factories.MeasureFactory(audit=audit, objective="O", due=timezone.localdate() + timedelta(days=9))
    words = words_of(lead.get(to("measure-list", audit)))
    assert words.count("overdue") == 2 + words.count("are overdue")  # the tag, the sentence
    assert "1 measure is overdue" in words
    assert "1 measure is not complete yet" in words
    assert words.count("Not complete yet: responsible, resources") == 1


def test_list_by_objective_takes_the_same_queries_for_any_number_of_them(audit, lead, django_assert_num_queries):
    for total in (3, 30):
        for number in range(audit.measures.count(), total):
            factories.MeasureFactory(audit=audit, area="civic", objective=f"Objective {number // 2}")
        with django_assert_num_queries(11):
            response = lead.get(to("measure-list", audit), {"order": "objective"})
    words = words_of(response)
    assert words.count("Objective 4 2 measures") == 1
    assert "Civic" in words[words.index("Objective 4") :]
    assert 'id="area-civic"' not in response.content.decode()
    factories.MeasureFactory(audit=audit, objective="", due=date(2020, 1, 1))
    words = words_of(lead.get(to("measure-list", audit), {"order": "objective"}))
    assert words.index("Objective 14") < words.index("Without an objective yet")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["M1", "M2", "M3"]),
        ({"area": "civic"}, ["M2"]),
        ({"state": "under_way"}, ["M2"]),
        ({"pace": "quick"}, ["M3"]),
        ({"show": "open"}, ["M1", "M2"]),
        ({"show": "overdue"}, ["M1"]),
        ({"show": "incomplete"}, ["M1", "M2"]),
        ({"q": "BUS stop"}, ["M3"]),
        ({"q": "m2"}, ["M2"]),
        ({"made_from": "recommendation:7"}, ["M1"]),
        ({"made_from": "method:fieldwork"}, ["M2"]),
        ({"made_from": "recommendation:9"}, ["M1", "M2", "M3"]),
        ({"source": "nonsense"}, ["M1", "M2", "M3"]),
    ],
)
def test_list_is_narrowed(audit, lead, fieldwork, query, found):
    made = factories.RecommendationFactory(audit=audit, number=7)
    factories.MeasureFactory(audit=audit, number=1, recommendation=made, due=date(2020, 1, 1), area="vision")
    planned = factories.MeasureFactory(audit=audit, number=2, area="civic", state="under_way")
    factories.EvidenceLinkFactory(holder=planned, app="fieldwork")
    factories.MeasureFactory(audit=audit, number=3, title="Move the bus stop", pace="quick", state="done")
    assert codes_on(lead.get(to("measure-list", audit), query)) == found


def test_counts_of_a_narrowed_list_keep_its_filters(audit, lead, factor):
    made = factories.MeasureFactory(audit=audit, number=1, area="civic", due=date(2020, 1, 1))
    factories.EvidenceLinkFactory(holder=made, app=factor.app, type=factor.type, source=factor.source)
    factories.MeasureFactory(audit=audit, number=2, area="urban", due=date(2020, 1, 1))
    page = lead.get(to("measure-list", audit), {"area": "civic", "source": asked(factor)}).content.decode()
    links = [html.unescape(link) for link in re.findall(r'href="(\?[^"]*show=[^"]*)"', page)]
    assert len(links) == 2
    for link in links:
        assert codes_on(lead.get(to("measure-list", audit) + link)) == ["M1"]
    assert f'<input type="hidden" name="source" value="{asked(factor)}">' in page


def test_list_shows_measures_of_one_source(audit, lead, factor):
    made = factories.MeasureFactory(audit=audit, number=1)
    factories.EvidenceLinkFactory(holder=made, app=factor.app, type=factor.type, source=factor.source)
    factories.MeasureFactory(audit=audit, number=2)
    response = lead.get(to("measure-list", audit), {"source": asked(factor)})
    assert codes_on(response) == ["M1"]
    assert "1 measure of 2 made from A3 The city consults migrants" in words_of(response)
    assert "Development plan of all measures (PDF)" in words_of(response)


def test_measures_of_another_audit_are_never_shown(audit, lead):
    other = factories.MeasureFactory(title="Of another city", number=5)
    assert "Of another city" not in words_of(lead.get(to("measure-list", audit)))
    assert "Of another city" not in words_of(lead.get(to("measure-timeline", audit)))
    for name in ("measure-detail", "measure-edit", "measure-delete"):
        assert lead.get(to(name, audit, other.number)).status_code == 404
        assert lead.get(to(name, other.audit, other.number)).status_code == 404


def test_empty_list_leads_writers_on(audit, lead, member, signed_in):
    assert "Write the first measure" in words_of(lead.get(to("measure-list", audit)))
    assert "Write the first" not in words_of(signed_in(member("partner")).get(to("measure-list", audit)))


# Writing ---------------------------------------------------------------------------------------------------


def test_measure_is_written_with_all_its_fields_and_a_first_entry(audit, coordinator, lead):
    response = lead.post(to("measure-create", audit), WHOLE)
    made = audit.measures.get()
    assert response["Location"] == made.get_absolute_url() + "#saved"
    assert {name: str(getattr(made, name)) for name in WHOLE} == WHOLE
    assert (made.code, made.state, made.lacking, made.created_by) == ("M1", "planned", [], coordinator)
    assert [(one.state, one.by) for one in made.progress.all()] == [("planned", coordinator)]


def test_measure_sent_twice_is_written_once(audit, lead):
    data = {**WHOLE, "uuid": str(uuid.uuid4())}
    for _ in range(2):
        assert lead.post(to("measure-create", audit), data).status_code == 302
    assert (audit.measures.count(), MeasureProgress.objects.count()) == (1, 1)
    response = lead.post(to("measure-create", audit), {**data, "title": "Open at night"})
    assert response.status_code == 409
    assert "Open at night" in response.content.decode()


def test_measure_is_prefilled_from_a_recommendation(audit, lead):
    made = factories.RecommendationFactory(audit=audit, number=3, area="civic", title="Open the centre")
    assert to("measure-create", audit) + "?recommendation=3" in lead.get(made.get_absolute_url()).content.decode()
    page = lead.get(to("measure-create", audit), {"recommendation": "3"})
    form = page.context["form"]
    assert (form["title"].value(), form["area"].value()) == ("Open the centre", "civic")
    lead.post(to("measure-create", audit), {**A_MEASURE, "recommendation": made.pk})
    assert list(made.measures.all()) == [audit.measures.get()]
    assert "M1 Open in the evening" in words_of(lead.get(made.get_absolute_url()))


def test_recommendation_of_another_audit_is_refused(audit, lead):
    foreign = factories.RecommendationFactory(title="Of another city")
    response = lead.post(to("measure-create", audit), {**A_MEASURE, "recommendation": foreign.pk})
    assert "not part of this audit" in response.context["form"].errors["recommendation"][0]
    assert "Of another city" not in words_of(response)
    with pytest.raises(ValueError, match="its own audit"):
        actions.create_measure(audit=audit, by=None, area="urban", title="x", recommendation=foreign)


def test_measure_made_from_a_factor_takes_objective_ticked_steps_and_example(audit, lead, factor):
    address = f"{to('measure-create', audit)}?source={asked(factor)}"
    page = lead.get(address)
    form = page.context["form"]
    assert (form["objective"].value(), form["area"].value()) == ("The city consults migrants.", "civic")
    assert "A3 The city consults migrants" in words_of(page)
    data = {
        **A_MEASURE,
        "objective": "The city consults migrants.",
        "step": "Talk to them",
        "proposed": ["Who chooses\nits members?"],
        "example": "Turin: A council of elected migrants.",
    }
    assert lead.post(address, data).status_code == 302
    made = audit.measures.get()
    assert made.step == "Talk to them\nWho chooses its members?"
    assert made.inspired_by == "Turin: A council of elected migrants."
    link = made.evidence.get()
    assert (link.app, link.type, link.source, link.caption) == (*vars(factor).values(), "A3 The city consults migrants")
    assert list(Measure.objects.resting_on("fieldwork", ["place"], [factor.source])) == [made]


def test_step_that_stands_there_already_is_not_offered_again(audit, lead, factor):
    made = factories.MeasureFactory(audit=audit, number=1, step="Is there a council?")
    factories.EvidenceLinkFactory(holder=made, app=factor.app, type=factor.type, source=factor.source)
    form = lead.get(to("measure-edit", audit, 1)).context["form"]
    assert [value for value, _label in form.fields["proposed"].choices] == ["Who chooses\nits members?"]


def test_example_of_the_address_is_taken_over(audit, lead, factor):
    form = lead.get(f"{to('measure-create', audit)}?source={asked(factor)}&example=1").context["form"]
    assert form["inspired_by"].value() == "Ghent: A round table."
    form = lead.get(f"{to('measure-create', audit)}?source={asked(factor)}&example=9").context["form"]
    assert not form["inspired_by"].value()


@pytest.mark.parametrize("source", ["x", "fieldwork:place:1", f"fieldwork:place:{NOBODY}", f"moon:x:{NOBODY}"])
def test_source_that_cannot_be_read_answers_404(audit, lead, fieldwork, source):
    assert lead.get(to("measure-create", audit), {"source": source}).status_code == 404


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"title": ""}, "title", "Write in one line what will be done"),
        ({"title": "x" * 201}, "title", "at most 200 characters"),
        ({"objective": "x" * 6001}, "objective", "at most 6000 characters"),
        ({"area": "moon"}, "area", "Choose one of the four areas"),
        ({"due": "soon"}, "due", "This is not a date"),
        ({"due": "9999-12-31"}, "due", "Write a day of the years "),
        ({"due": "1999-12-31"}, "due", "Write a day of the years "),
        ({"pace": ""}, "pace", "Choose quick win or longer term"),
    ],
)
def test_bad_input_is_named_beside_its_field_and_writes_nothing(audit, lead, changed, field, message):
    response = lead.post(to("measure-create", audit), {**A_MEASURE, **changed})
    assert list(response.context["form"].errors) == [field]
    assert message in response.context["form"].errors[field][0]
    assert not audit.measures.exists()


def test_stale_save_shows_both_texts_and_keeps_ticked_steps(audit, lead, member, factor):
    made = factories.MeasureFactory(audit=audit, number=1, title="Open")
    factories.EvidenceLinkFactory(holder=made, app=factor.app, type=factor.type, source=factor.source)
    made.objective = "Theirs"
    actions.save_measure(measure=made, version=1, by=member(name="Petra Kolar"))
    data = {**A_MEASURE, "title": "Open", "version": 1, "proposed": ["Is there a council?"]}
    response = lead.post(to("measure-edit", audit, 1), data)
    assert response.status_code == 409
    assert "Theirs" in words_of(response)
    assert response.context["form"]["step"].value() == "Is there a council?"
    mine = {name: response.context["form"][name].value() or "" for name in (*WHOLE, "version")}
    assert lead.post(to("measure-edit", audit, 1), mine).status_code == 302
    made.refresh_from_db()
    assert (made.step, made.objective, made.version) == ("Is there a council?", "", 3)


def test_text_of_a_measure_deleted_meanwhile_can_be_saved_as_a_new_one(audit, lead):
    actions.delete_measure(measure=actions.create_measure(audit=audit, by=None, area="urban", title="x"))
    response = lead.post(to("measure-edit", audit, 1), {**WHOLE, "version": 1})
    assert response.status_code == 409
    assert "M1 was deleted while you were writing." in words_of(response)
    assert "Ask the staff council" in response.content.decode()


def test_deletion_takes_history_and_links_and_never_gives_the_number_again(audit, lead):
    lead.post(to("measure-create", audit), WHOLE)
    factories.EvidenceLinkFactory(holder=audit.measures.get())
    assert "With it goes 1 entry" in words_of(lead.get(to("measure-delete", audit, 1)))
    lead.post(to("measure-delete", audit, 1))
    assert not MeasureProgress.objects.exists()
    assert not EvidenceLink.objects.exists()
    lead.post(to("measure-create", audit), WHOLE)
    assert audit.measures.get().number == 2


def test_move_leads_back_to_the_button_in_the_order_of_the_plan(audit, lead):
    for number in (1, 2):
        factories.MeasureFactory(audit=audit, number=number, position=number)
    response = lead.post(to("measure-move", audit, 1), {"step": "1"})
    assert response["Location"] == to("measure-list", audit) + "?order=plan#M1-down"
    assert said(response) == ["M1 is now number 2 of 2 in “Urban environment”."]


# Progress --------------------------------------------------------------------------------------------------


def test_writer_changes_the_state_with_a_note_and_the_page_tells_who_and_when(audit, lead, coordinator):
    measure = factories.MeasureFactory(audit=audit, number=1)
    lead.post(to("measure-progress", audit, 1), {"state": "under_way", "note": "The room is found."})
    measure.refresh_from_db()
    assert (measure.state, measure.version) == ("under_way", 1)
    words = words_of(lead.get(measure.get_absolute_url()))
    assert re.search(rf"{coordinator.name}.+Under way +The room is found\.", words)


@pytest.mark.parametrize("role", ["partner", "facilitator"])
def test_those_who_watch_add_notes_and_leave_the_state(audit, member, signed_in, role):
    measure = factories.MeasureFactory(audit=audit, number=1, state="under_way")
    client = signed_in(member(role))
    assert 'name="state"' not in client.get(measure.get_absolute_url()).content.decode()
    client.post(to("measure-progress", audit, 1), {"state": "done", "note": "We see nothing of it."})
    measure.refresh_from_db()
    assert measure.state == "under_way"
    assert [(one.state, one.note) for one in measure.progress.all()] == [("under_way", "We see nothing of it.")]


def test_entry_sent_twice_is_written_once(audit, lead):
    measure = factories.MeasureFactory(audit=audit, number=1)
    data = {"state": "done", "note": "", "uuid": str(uuid.uuid4())}
    for _ in range(2):
        assert lead.post(to("measure-progress", audit, 1), data).status_code == 302
    assert measure.progress.count() == 1


def test_entry_without_a_new_state_and_without_a_note_is_asked_for(audit, lead):
    measure = factories.MeasureFactory(audit=audit, number=1)
    response = lead.post(to("measure-progress", audit, 1), {"state": "planned", "note": ""})
    assert "Choose another state, or write what was done" in words_of(response)
    assert not measure.progress.exists()


def test_note_for_a_measure_deleted_meanwhile_comes_back(audit, lead):
    actions.delete_measure(measure=actions.create_measure(audit=audit, by=None, area="urban", title="x"))
    response = lead.post(to("measure-progress", audit, 1), {"state": "done", "note": "All is done."})
    assert response.status_code == 409
    assert "All is done." in words_of(response)
    assert lead.post(to("measure-progress", audit, 9), {"note": "x"}).status_code == 404


# Progress review ---------------------------------------------------------------------------------------------


def sent(page, **changes):
    """What the page of the review sends, with `M1_note="..."` changed."""
    data = {}
    for form in page.context["forms"]:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else str(value)
    for name, value in changes.items():
        data["m" + name[1:].replace("_", "-", 1)] = value
    return data


def test_review_saves_all_open_measures_together(audit, lead):
    for number in (1, 2, 3):
        factories.MeasureFactory(audit=audit, number=number, due=date(2027, 1, number))
    factories.MeasureFactory(audit=audit, number=4, state="done")
    page = lead.get(to("measure-review", audit))
    assert [form.measure.number for form in page.context["forms"]] == [1, 2, 3]
    data = sent(page, M1_state="under_way", M1_note="Begun.", M2_due="2027-06-30")
    response = lead.post(to("measure-review", audit), data)
    assert response.status_code == 302
    assert said(response) == ["2 measures are saved."]
    one, two, three, _done = audit.measures.order_by("number")
    assert (one.state, one.progress.get().note) == ("under_way", "Begun.")
    assert (two.due, two.version, two.progress.count()) == (date(2027, 6, 30), 2, 0)
    assert (three.version, three.progress.count()) == (1, 0)
    assert lead.post(to("measure-review", audit), data).status_code == 302
    assert one.progress.count() == 1


def test_conflict_in_one_measure_does_not_lose_the_others(audit, lead, member):
    for number in (1, 2, 3):
        factories.MeasureFactory(audit=audit, number=number)
    page = lead.get(to("measure-review", audit))
    first, _second, third = audit.measures.order_by("number")
    actions.record_progress(measure=first, by=member(name="Petra Kolar"), state="dropped")
    actions.record_progress(measure=third, by=member(), state="under_way")
    data = sent(page, M1_state="done", M1_note="All done.", M2_note="Going well.", M3_due="2027-02-01")
    response = lead.post(to("measure-review", audit), data)
    assert response.status_code == 409
    assert [form.measure.number for form in response.context["forms"]] == [1]
    assert "All done." in response.content.decode()
    assert "Now it has:" in words_of(response)
    states = dict(audit.measures.values_list("number", "state"))
    assert states == {1: "dropped", 2: "planned", 3: "under_way"}
    assert MeasureProgress.objects.filter(note="Going well.").exists()
    assert lead.post(to("measure-review", audit), sent(response)).status_code == 302
    assert audit.measures.get(number=1).state == "done"


@pytest.mark.parametrize(
    ("day", "message"), [("soon", "This is not a date"), ("9999-12-31", "Write a day of the years ")]
)
def test_bad_day_stays_on_the_page_and_the_others_are_saved(audit, lead, day, message):
    for number in (1, 2):
        factories.MeasureFactory(audit=audit, number=number)
    data = sent(lead.get(to("measure-review", audit)), M1_due=day, M1_note="Wait.", M2_note="Fine.")
    response = lead.post(to("measure-review", audit), data)
    assert response.status_code == 200
    words = words_of(response)
    assert message in words
    assert f'value="{day}"' in response.content.decode()
    assert "Wait." in words
    assert [one.note for one in MeasureProgress.objects.all()] == ["Fine."]


def test_note_for_a_measure_that_is_deleted_during_the_review_comes_back(audit, lead):
    factories.MeasureFactory(audit=audit, number=1)
    data = sent(lead.get(to("measure-review", audit)), M1_note="Nearly done.")
    audit.measures.all().delete()
    response = lead.post(to("measure-review", audit), data)
    assert response.status_code == 409
    assert "M1 was deleted while you were writing." in words_of(response)
    assert "Nearly done." in words_of(response)


def test_those_who_watch_write_notes_in_the_review(audit, member, signed_in):
    measure = factories.MeasureFactory(audit=audit, number=1, due=date(2027, 1, 1))
    client = signed_in(member("partner"))
    page = client.get(to("measure-review", audit))
    assert 'name="m1-state"' not in page.content.decode()
    client.post(to("measure-review", audit), {**sent(page, M1_note="Seen."), "m1-state": "done", "m1-due": ""})
    measure.refresh_from_db()
    assert (measure.state, measure.due, measure.progress.get().note) == ("planned", date(2027, 1, 1), "Seen.")


def test_review_says_since_when_nothing_was_said(audit, lead, time_machine):
    time_machine.move_to("2026-11-01 12:00Z")
    factories.MeasureProgressFactory(measure=factories.MeasureFactory(audit=audit))
    factories.MeasureFactory(audit=audit)
    time_machine.move_to("2026-11-15 12:00Z")
    words = words_of(lead.get(to("measure-review", audit))).replace("\xa0", " ").replace("&nbsp;", " ")
    assert "Last entry: 2 weeks ago" in words
    assert "Nothing was said yet." in words


def test_review_takes_the_same_queries_for_3_and_for_300(audit, lead, django_assert_num_queries):
    for total in (3, 300):
        factories.MeasureFactory.create_batch(total - audit.measures.count(), audit=audit)
        with django_assert_num_queries(9):
            lead.get(to("measure-review", audit))


def test_stale_measure_is_never_overwritten_by_the_review(audit, coordinator):
    measure = factories.MeasureFactory(audit=audit, due=date(2027, 5, 5))
    reviewed = actions.Reviewed("planned", date(2027, 6, 6), "", "planned", date(2027, 1, 1))
    with pytest.raises(StaleError):
        actions.review_measure(measure=measure, said=reviewed, by=coordinator)
    measure.refresh_from_db()
    assert measure.due == date(2027, 5, 5)


# What somebody else did meanwhile ---------------------------------------------------------------------------


def test_note_leaves_the_state_as_a_colleague_has_set_it_meanwhile(audit, lead, member):
    measure = factories.MeasureFactory(audit=audit, number=1)
    form = lead.get(measure.get_absolute_url()).context["form"]
    actions.record_progress(measure=measure, by=member(), state="done")
    data = {**{field.name: field.value() or "" for field in form}, "note": "I was there."}
    assert lead.post(to("measure-progress", audit, 1), data).status_code == 302
    measure.refresh_from_db()
    assert measure.state == "done"
    assert [(one.state, one.note) for one in measure.progress.all()] == [("done", ""), ("done", "I was there.")]


def test_review_says_what_the_other_window_wrote_and_keeps_what_this_one_typed(audit, lead, member):
    measure = factories.MeasureFactory(audit=audit, number=1, due=date(2027, 1, 1))
    actions.record_progress(measure=measure, by=member(), note="Long before.")
    page = lead.get(to("measure-review", audit))
    theirs = actions.Reviewed("done", date(2027, 2, 2), "Opened in May.", "planned", date(2027, 1, 1))
    actions.review_measure(measure=audit.measures.get(), said=theirs, by=member(name="Petra Kolar"))
    response = lead.post(to("measure-review", audit), sent(page, M1_state="postponed", M1_note="No budget."))
    words = words_of(response)
    assert response.status_code == 409
    assert "Now it has: Done" in words
    assert "The day was last saved by Petra Kolar." in words
    assert re.search(r"Petra Kolar , [^:]+:\d\d: Done Opened in May\.", words)
    assert "Long before." not in words
    form = response.context["forms"][0]
    assert (form["state"].value(), form["due"].value(), form["note"].value()) == (
        "postponed",
        "2027-02-02",
        "No budget.",
    )


def test_two_who_set_the_state_see_both_and_the_note_stays(audit, lead, member):
    measure = factories.MeasureFactory(audit=audit, number=1)
    data = {"state": "under_way", "seen_state": "planned", "note": "Begun.", "uuid": str(uuid.uuid4())}
    actions.record_progress(measure=measure, by=member(), state="dropped")
    response = lead.post(to("measure-progress", audit, 1), data)
    assert response.status_code == 409
    words = words_of(response)
    assert "Something else was saved for this measure meanwhile. Now it has: Dropped" in words
    assert "Begun." in response.content.decode()
    again = {field.name: field.value() for field in response.context["form"]}
    assert lead.post(to("measure-progress", audit, 1), again).status_code == 302
    measure.refresh_from_db()
    assert (measure.state, measure.progress.last().note) == ("under_way", "Begun.")


def test_other_words_under_an_entry_that_was_sent_are_not_dropped(audit, lead):
    measure = factories.MeasureFactory(audit=audit, number=1)
    data = {"state": "done", "seen_state": "planned", "note": "All done.", "uuid": str(uuid.uuid4())}
    for _ in range(2):
        assert lead.post(to("measure-progress", audit, 1), data).status_code == 302
    response = lead.post(to("measure-progress", audit, 1), {**data, "note": "Not all of it."})
    assert response.status_code == 409
    again = {field.name: field.value() for field in response.context["form"]}
    assert lead.post(to("measure-progress", audit, 1), again).status_code == 302
    assert [one.note for one in measure.progress.all()] == ["All done.", "Not all of it."]


def test_same_entry_with_a_state_that_was_taken_back_is_another_one(audit, coordinator):
    measure = factories.MeasureFactory(audit=audit, number=1)
    key = uuid.uuid4()
    known = {"measure": measure, "by": coordinator, "note": "x", "uuid": key, "seen_state": "planned"}
    made = actions.record_progress(state="done", **known)
    assert actions.record_progress(state="done", **known) == made
    with pytest.raises(StaleError):
        actions.record_progress(state="planned", **known)


def test_note_sent_twice_is_the_same_though_the_state_was_moved_meanwhile(audit, coordinator):
    measure = factories.MeasureFactory(audit=audit, number=1)
    actions.record_progress(measure=measure, by=coordinator, state="under_way")
    known = {"measure": measure, "by": coordinator, "note": "x", "uuid": uuid.uuid4()}
    made = actions.record_progress(state="planned", seen_state="planned", **known)
    actions.record_progress(measure=measure, by=coordinator, state="dropped")
    assert actions.record_progress(state="planned", seen_state="planned", **known) == made


def test_review_sent_again_with_other_words_keeps_them_and_counts_nothing_twice(audit, lead):
    factories.MeasureFactory(audit=audit, number=1)
    data = sent(lead.get(to("measure-review", audit)), M1_note="Begun.")
    assert said(lead.post(to("measure-review", audit), data)) == ["1 measure is saved."]
    assert "Nothing was changed." in said(lead.post(to("measure-review", audit), data))
    response = lead.post(to("measure-review", audit), {**data, "m1-note": "Begun in May."})
    assert response.status_code == 409
    assert lead.post(to("measure-review", audit), sent(response)).status_code == 302
    assert [one.note for one in MeasureProgress.objects.all()] == ["Begun.", "Begun in May."]


def test_conflict_on_the_day_leaves_the_state_of_the_colleague(audit, lead, member):
    factories.MeasureFactory(audit=audit, number=1, due=date(2027, 1, 1))
    page = lead.get(to("measure-review", audit))
    theirs = actions.Reviewed("under_way", date(2027, 2, 2), "", "planned", date(2027, 1, 1))
    actions.review_measure(measure=audit.measures.get(), said=theirs, by=member())
    response = lead.post(to("measure-review", audit), sent(page, M1_due="2027-03-03"))
    assert response.status_code == 409
    assert lead.post(to("measure-review", audit), sent(response)).status_code == 302
    measure = audit.measures.get()
    assert (measure.state, measure.due) == ("under_way", date(2027, 3, 3))


def test_review_of_a_number_past_any_measure_changes_nothing(audit, lead):
    factories.MeasureFactory(audit=audit, number=1)
    for number in ("9" * 30, "9" * 500, "٣"):
        response = lead.post(to("measure-review", audit), {f"m{number}-uuid": "x", f"m{number}-note": "Words"})
        assert response.status_code == 302


# Steps, examples, sources ---------------------------------------------------------------------------------


def test_ticked_step_and_example_stay_beside_a_line_that_only_holds_them(audit, lead, factor):
    data = {
        **A_MEASURE,
        "proposed": ["Is there a council?"],
        "step": "Is there a council? Ask in Turin",
        "example": "Ghent: A round table.",
        "inspired_by": "See Ghent: A round table. And more",
    }
    lead.post(f"{to('measure-create', audit)}?source={asked(factor)}", data)
    made = audit.measures.get()
    assert made.step == "Is there a council? Ask in Turin\nIs there a council?"
    assert made.inspired_by == "See Ghent: A round table. And more\nGhent: A round table."


def test_source_deleted_while_writing_loses_nothing(audit, lead, fieldwork, factor):
    page = f"{to('measure-create', audit)}?source={asked(factor)}"
    lead.get(page)
    del fieldwork.sources[factor]
    data = {**WHOLE, "proposed": ["Is there a council?"], "example": "Ghent: A round table."}
    response = lead.post(page, data)
    assert response.status_code == 409
    assert "The source of this measure is no longer there." in words_of(response)
    form = response.context["form"]
    again = {field.name: field.value() or "" for field in form}
    assert lead.post(to("measure-create", audit), again).status_code == 302
    made = audit.measures.get()
    assert made.step == "Ask the staff council\nIs there a council?"
    assert made.inspired_by == "Malmö\nGhent: A round table."
    assert not made.evidence.exists()


def test_source_of_another_audit_is_neither_shown_nor_taken(audit, lead, fieldwork):
    other = fieldwork.add("Secret of another city", audit=factories.AuditFactory())
    page = f"{to('measure-create', audit)}?source={asked(other)}"
    assert lead.get(page).status_code == 404
    response = lead.post(page, A_MEASURE)
    assert response.status_code == 409
    assert "Secret" not in words_of(response)
    assert not EvidenceLink.objects.exists()
    factories.MeasureFactory(audit=audit)
    assert "Secret" not in words_of(lead.get(to("measure-list", audit), {"source": asked(other)}))


def test_two_people_who_change_different_lines_of_a_measure_both_keep_them(audit, lead):
    lead.post(to("measure-create", audit), WHOLE)
    address = to("measure-edit", audit, 1)
    form = lead.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert lead.post(address, {**shown, "title": "Theirs", "due": "2031-05-01"}).status_code == 302
    response = lead.post(address, {**shown, "indicator": "Mine"}, follow=True)
    assert "What somebody else changed meanwhile is kept, too." in words_of(response)
    made = audit.measures.get()
    assert (made.title, made.indicator, str(made.due)) == ("Theirs", "Mine", "2031-05-01")
