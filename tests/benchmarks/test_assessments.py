import threading
import uuid
from datetime import date

import pytest
from django.db import connection

from audits.enums import Role
from audits.models import StaleError
from benchmarks import actions
from benchmarks.enums import AssessmentState, ReviewState, Verdict
from benchmarks.forms.assessments import AssessmentForm
from benchmarks.models import Assessment, Judgement, Scheme
from tests import factories

from .pages import close, factor, judge, said, to, words_of

DESCRIBED = {"title": "Fairness 2026", "kind": "internal", "migrant_definition": "Whoever moved here."}


# Beginning ------------------------------------------------------------------------------------------------


def test_only_current_benchmarks_are_offered(audit, team, benchmark):
    factories.BenchmarkFactory(title="Retired one", retired_at="2026-01-01T00:00Z")
    words = words_of(team.get(to("assessment-create", audit)))
    assert "Fairness" in words
    assert "3 key factors" in words
    assert "Retired one" not in words


def test_definition_of_migrant_is_proposed_and_can_be_another(audit, team, benchmark):
    benchmark.terms.model(
        benchmark=benchmark, key="migrant", title="Migrant", definition="Born elsewhere.", position=1
    ).save_base(raw=True)
    page = to("assessment-create", audit, benchmark=benchmark.uuid)
    assert "Born elsewhere." in words_of(team.get(page))
    team.post(page, DESCRIBED)
    assert Assessment.objects.get().migrant_definition == "Whoever moved here."


def test_new_assessment_has_all_factors_in_scope_each_with_a_judgement(audit, team, benchmark):
    sent = {**DESCRIBED, "uuid": uuid.uuid4()}
    page = to("assessment-create", audit, benchmark=benchmark.uuid)
    response = team.post(page, sent)
    made = Assessment.objects.get()
    assert response["Location"].startswith(to("assessment-scope", made))
    assert list(made.factors.in_order().values_list("factor__key", "in_scope")) == [
        ("01", True),
        ("02", True),
        ("03", True),
    ]
    assert Judgement.objects.filter(assessed__assessment=made, verdict=Verdict.NOT_JUDGED).count() == 3
    team.post(page, sent)
    assert Assessment.objects.count() == 1


def test_unreadable_address_shows_the_choice_of_benchmarks(audit, team, benchmark):
    words = words_of(team.get(to("assessment-create", audit, benchmark="nonsense")))
    assert "Which benchmark?" in words
    assert "There is no such benchmark to choose" in words
    assert "There is no such benchmark" not in words_of(team.get(to("assessment-create", audit)))


def test_benchmark_without_a_definition_of_migrant_says_so_wherever_it_is_missing(audit, team, researcher, benchmark):
    page = to("assessment-create", audit, benchmark=benchmark.uuid)
    assert "This benchmark does not define it." in words_of(team.get(page))
    team.post(page, DESCRIBED | {"migrant_definition": ""})
    assessment = Assessment.objects.get()
    assert "It is not written who is meant by “migrant”" in words_of(team.get(to("assessment-detail", assessment)))
    assert "It is not written who is meant by “migrant”" in words_of(team.get(to("assessment-close", assessment)))
    review = factories.PeerReviewFactory(assessment=assessment)
    assert "It is not written who is meant by “migrant”" in words_of(team.get(to("review-share", audit, review.uuid)))
    Assessment.objects.update(migrant_definition="Whoever moved here.")
    assert "It is not written" not in words_of(team.get(to("assessment-detail", assessment)))


def test_days_in_the_wrong_order_are_refused_and_stay(audit, team, benchmark):
    days = {"starts_on": "2026-05-10", "ends_on": "2026-05-01"}
    response = team.post(to("assessment-create", audit, benchmark=benchmark.uuid), DESCRIBED | days)
    assert "The last day is before the first day." in words_of(response)
    assert "2026-05-01" in response.content.decode()
    assert not Assessment.objects.exists()


def test_days_in_no_plausible_year_are_said_beside_their_fields(audit, team, benchmark, assessment):
    days = {"starts_on": "0001-01-01", "ends_on": "9999-12-31"}
    response = team.post(to("assessment-create", audit, benchmark=benchmark.uuid), DESCRIBED | days)
    assert response.context["form"].errors.keys() == days.keys()
    assert "Write a day of the years" in words_of(response)
    row = factor(assessment, "01")
    days = {"all_due": "9999-12-31", f"due_{row.pk}": "1999-12-31"}
    response = team.post(to("assessment-scope", assessment), scope_of(team, assessment, **days))
    assert response.context["form"].errors.keys() == days.keys()
    assert "1999-12-31" in response.content.decode()


def test_baseline_is_one_of_the_same_benchmark_and_audit(audit, team, benchmark, assessment):
    page = to("assessment-create", audit, benchmark=benchmark.uuid, baseline=assessment.uuid)
    assert "baseline" not in team.get(page).context["form"].fields
    close(assessment)
    assert team.get(page).context["form"].initial["baseline"] == assessment
    other = actions.create_assessment(audit=factories.AuditFactory(), benchmark=benchmark, by=None, title="Elsewhere")
    team.post(page, DESCRIBED | {"baseline": other.uuid})
    assert Assessment.objects.filter(audit=audit).count() == 1
    team.post(page, DESCRIBED | {"baseline": assessment.uuid, "title": "Again"})
    assert Assessment.objects.get(title="Again").baseline == assessment


# The page -------------------------------------------------------------------------------------------------


def test_page_reads_any_number_of_factors_with_the_same_queries(audit, team, django_assert_num_queries):
    benchmark = factories.BenchmarkFactory()
    assessment = factories.AssessmentFactory(audit=audit, benchmark=benchmark)
    for total in (3, 300):
        while benchmark.factors.count() < total:
            row = factories.AssessedFactorFactory(
                assessment=assessment, assignee=None if total == 3 else audit.memberships.first().user
            )
            judgement = factories.JudgementFactory(assessed=row, verdict=Verdict.IN_PLACE)
            factories.EvidenceFactory(judgement=judgement)
        with django_assert_num_queries(14):
            response = team.get(to("assessment-detail", assessment))
        assert len(response.context["result"].factors) == total


def test_page_says_what_is_judged_by_whom_and_what_is_next(audit, team, researcher, assessment):
    judge(assessment, "01", Verdict.IN_PLACE)
    row = factor(assessment, "03")
    row.assignee, row.due = researcher, date(2026, 12, 1)
    row.save()
    response = team.get(to("assessment-detail", assessment))
    words = words_of(response)
    assert "1 of 3 key factors judged" in words
    assert "No evidence yet" in words
    assert "1 December 2026" in words
    assert response.context["next"].code == "03"


def test_assessment_of_another_audit_is_not_found(team, benchmark):
    other = actions.create_assessment(audit=factories.AuditFactory(), benchmark=benchmark, by=None, title="Elsewhere")
    for name in ("assessment-detail", "assessment-scope", "assessment-result", "assessment-table"):
        assert team.get(to(name, other)).status_code == 404
    assert team.get(to("factor", factor(other, "01"))).status_code == 404


def test_factor_of_another_assessment_is_not_found_under_this_one(audit, team, benchmark, assessment):
    other = actions.create_assessment(audit=audit, benchmark=benchmark, by=None, title="Another")
    address = to("factor", factor(other, "01")).replace(str(other.uuid), str(assessment.uuid))
    assert team.get(address).status_code == 404


def test_two_people_who_change_the_description_see_both_texts(team, assessment):
    page = to("assessment-edit", assessment)
    response = team.post(page, {"title": "Mine", "version": 1})
    assert said(response) == ["Mine is saved."]
    response = team.post(page, {"title": "Theirs", "version": 1})
    assert response.status_code == 409
    assert "Mine" in words_of(response)


# Scope ----------------------------------------------------------------------------------------------------


def scope_of(team, assessment, **changes):
    """The table as its page sends it, with some fields changed."""
    form = team.get(to("assessment-scope", assessment)).context["form"]
    sent = {"seen": form["seen"].value()}
    for row in form.rows:
        if row["in_scope"].value():
            sent[row["in_scope"].html_name] = "on"
        sent[row["who"].html_name] = row["who"].value() or ""
        sent[row["due"].html_name] = row["due"].value() or ""
    return {name: value for name, value in {**sent, **changes}.items() if value is not None}


def test_narrowing_loses_nothing_and_can_be_undone(team, assessment):
    judge(assessment, "02", Verdict.PARTLY, "Only in schools.")
    row = factor(assessment, "02")
    team.post(to("assessment-scope", assessment), scope_of(team, assessment, **{f"in_{row.pk}": None}))
    response = team.get(to("assessment-detail", assessment))
    assert [one.code for one in response.context["result"].factors] == ["01", "03"]
    assert "1 key factor out of scope" in words_of(response)
    assert "Only in schools." in words_of(team.get(to("factor", row)))
    team.post(to("assessment-scope", assessment), scope_of(team, assessment, **{f"in_{row.pk}": "on"}))
    assert factor(assessment, "02").judgements.get().reasoning == "Only in schools."
    assert factor(assessment, "02").in_scope


def test_people_and_days_are_given_to_one_and_to_all_that_have_none(team, researcher, member, assessment):
    coordinator = member()
    row = factor(assessment, "01")
    sent = scope_of(team, assessment, all_who=researcher.pk, all_due="2026-12-24", **{f"who_{row.pk}": coordinator.pk})
    team.post(to("assessment-scope", assessment), sent)
    assert [(one.assignee, one.due) for one in assessment.factors.in_order()] == [
        (coordinator, date(2026, 12, 24)),
        (researcher, date(2026, 12, 24)),
        (researcher, date(2026, 12, 24)),
    ]


def test_what_somebody_else_decided_meanwhile_stays(team, researcher, assessment):
    first, second = factor(assessment, "01"), factor(assessment, "02")
    mine = scope_of(team, assessment, **{f"due_{first.pk}": "2026-12-24"})
    team.post(
        to("assessment-scope", assessment),
        scope_of(team, assessment, **{f"who_{first.pk}": researcher.pk, f"in_{second.pk}": None}),
    )
    team.post(to("assessment-scope", assessment), mine)
    first, second = factor(assessment, "01"), factor(assessment, "02")
    assert (first.assignee, first.due, second.in_scope) == (researcher, date(2026, 12, 24), False)


def test_page_of_before_a_move_leaves_the_new_factors_in_scope_with_nobody(team, researcher, assessment):
    mine = scope_of(team, assessment, all_who=researcher.pk)
    newer = factories.BenchmarkFactory(code="fairness", version="own-2")
    for number, key in enumerate(("01", "09"), start=1):
        factories.KeyFactorFactory(benchmark=newer, key=key, position=number)
    actions.move(assessment=assessment, to=newer, by=None)
    team.post(to("assessment-scope", assessment), mine)
    kept, added = factor(assessment, "01"), factor(assessment, "09")
    assert (kept.assignee, added.assignee, added.in_scope) == (researcher, None, True)


def test_what_is_given_to_all_leaves_what_somebody_else_gave_meanwhile(team, researcher, member, assessment):
    coordinator, first, second = member(), factor(assessment, "01"), factor(assessment, "02")
    type(second).objects.filter(pk=second.pk).update(assignee=coordinator)
    mine = scope_of(team, assessment, all_who=researcher.pk, **{f"who_{second.pk}": ""})
    type(first).objects.filter(pk=first.pk).update(assignee=coordinator)
    team.post(to("assessment-scope", assessment), mine)
    assert [row.assignee for row in assessment.factors.in_order()] == [coordinator, researcher, researcher]


def test_one_factor_has_to_stay_in_scope(team, assessment):
    sent = {name: value for name, value in scope_of(team, assessment).items() if not name.startswith("in_")}
    response = team.post(to("assessment-scope", assessment), sent)
    assert "Leave one key factor in scope at least." in words_of(response)


def test_nobody_from_outside_can_be_made_to_judge(team, member, assessment):
    row = factor(assessment, "01")
    for stranger in (factories.UserFactory(), member(Role.PARTNER)):
        response = team.post(
            to("assessment-scope", assessment), scope_of(team, assessment, **{f"who_{row.pk}": stranger.pk})
        )
        assert response.status_code == 200
    assert factor(assessment, "01").assignee is None


# Neighbourhoods and schemes -------------------------------------------------------------------------------


@pytest.fixture
def schemed(audit, scheme_benchmark):
    return actions.create_assessment(audit=audit, benchmark=scheme_benchmark, by=None, title="Taking part 2026")


def schemes_form(team, assessment, **changes):
    form = team.get(to("assessment-schemes", assessment)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**sent, **changes}.items() if value not in (None, False)}


def test_neighbourhood_factors_wait_for_neighbourhoods(team, schemed):
    assert "none is named yet" in words_of(team.get(to("assessment-detail", schemed)))
    words = words_of(team.get(to("factor", factor(schemed, "KF/N1"))))
    assert "No neighbourhood is named yet" in words


def test_schemes_are_named_ordered_and_judged_one_by_one(team, schemed):
    sent = schemes_form(
        team, schemed, name_new0="Harbour", name_new1="Hill", kind_new1="scheme", place_new0="2", place_new1="1"
    )
    page = to("assessment-schemes", schemed)
    team.post(page, sent)
    team.post(page, sent | {name: value for name, value in sent.items() if name.startswith("uuid")})
    assert [(one.name, one.kind) for one in schemed.schemes.all()] == [("Hill", "scheme"), ("Harbour", "neighbourhood")]
    assert factor(schemed, "KF/N1").judgements.count() == 2
    assert factor(schemed, "KF1").judgements.count() == 1
    judge(schemed, "KF/N1", Verdict.IN_PLACE, scheme=schemed.schemes.get(name="Hill"))
    words = words_of(team.get(to("factor", factor(schemed, "KF/N1"))))
    assert "In place (1 of 2 neighbourhoods or schemes judged)" in words


def test_two_schemes_can_swap_their_names(team, schemed):
    one, two = (factories.SchemeFactory(assessment=schemed, name=name, position=n) for n, name in enumerate("AB"))
    actions.ensure_judgements(assessment=schemed)
    team.post(
        to("assessment-schemes", schemed),
        schemes_form(team, schemed, **{f"name_{one.uuid}": "B", f"name_{two.uuid}": "A"}),
    )
    one.refresh_from_db()
    assert one.name == "B"


def test_same_name_twice_is_refused_beside_its_field(team, schemed):
    response = team.post(
        to("assessment-schemes", schemed), schemes_form(team, schemed, name_new0="Hill", name_new1="hill")
    )
    assert "There is one of this name already." in words_of(response)
    assert not schemed.schemes.exists()


def test_removing_a_judged_scheme_asks_and_says_what_goes(team, schemed):
    one = factories.SchemeFactory(assessment=schemed, name="Harbour")
    actions.ensure_judgements(assessment=schemed)
    judge(schemed, "KF/N1", Verdict.PARTLY, "By halves.", scheme=one)
    page = to("assessment-schemes", schemed)
    response = team.post(page, schemes_form(team, schemed, **{f"gone_{one.uuid}": "on"}))
    assert "Harbour: 1 judgement" in words_of(response)
    assert schemed.schemes.exists()
    team.post(page, schemes_form(team, schemed, sure="on", **{f"gone_{one.uuid}": "on"}))
    assert not schemed.schemes.exists()


def test_removing_a_scheme_without_anything_does_not_ask(team, schemed):
    one = factories.SchemeFactory(assessment=schemed)
    actions.ensure_judgements(assessment=schemed)
    team.post(to("assessment-schemes", schemed), schemes_form(team, schemed, **{f"gone_{one.uuid}": "on"}))
    assert not schemed.schemes.exists()


# The end --------------------------------------------------------------------------------------------------


def test_closed_assessment_is_frozen_and_can_be_opened_again(team, researcher, assessment):
    page = to("assessment-close", assessment)
    assert "0 of 3 key factors are judged" in words_of(team.get(page))
    forms = {
        "assessment-scope": scope_of(team, assessment),
        "assessment-schemes": schemes_form(team, assessment, name_new0="X"),
    }
    team.post(page, {"wanted": "close"})
    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.CLOSED
    assert "Nobody yet" not in words_of(team.get(to("assessment-detail", assessment)))
    for name, sent in forms.items():
        assert to("assessment-detail", assessment) == team.get(to(name, assessment)).headers["Location"]
        assert "This assessment is closed" in words_of(team.post(to(name, assessment), sent))
    response = team.post(to("assessment-edit", assessment), {"title": "Other", "version": 1})
    assert "This assessment is closed" in words_of(response)
    assert 'value="Other"' in response.content.decode()
    team.post(page, {"wanted": "open"})
    assessment.refresh_from_db()
    assert assessment.is_open


def test_closing_lists_what_is_unfinished_with_links_and_goes_on(team, schemed):
    schemes = [factories.SchemeFactory(assessment=schemed, name=name) for name in ("Harbour", "Hill")]
    actions.ensure_judgements(assessment=schemed)
    harbour = judge(schemed, "KF/N1", Verdict.IN_PLACE, "Yes.", scheme=schemes[0])
    hill = judge(schemed, "KF/N1", Verdict.PARTLY, scheme=schemes[1])
    response = team.get(to("assessment-close", schemed))
    words = " ".join(words_of(response).replace("( ", "(").replace(" )", ")").split())
    assert "Not judged: Key factor KF1 " in words
    assert "Judged without evidence: KF/N1 (Key factor KF/N1: Harbour)" in words
    assert "Judged without reasons: KF/N1 (Key factor KF/N1: Hill)" in words
    for one in (harbour, hill, factor(schemed, "KF1")):
        assert f'href="{one.get_absolute_url()}"' in response.content.decode()
    team.post(to("assessment-close", schemed), {"wanted": "close"})
    schemed.refresh_from_db()
    assert not schemed.is_open


def test_parts_have_headings_and_the_scope_leads_to_the_schemes(team, schemed):
    factories.SchemeFactory(assessment=schemed, name="Harbour")
    actions.ensure_judgements(assessment=schemed)
    for name in ("assessment-scope", "assessment-detail", "assessment-result"):
        words = words_of(team.get(to(name, schemed)))
        assert words.index("Core: the whole city") < words.rindex("KF1 Strategy")
        assert words.rindex("Neighbourhoods and other sub-city areas") < words.rindex("KF/N1 Area")
    scope = team.get(to("assessment-scope", schemed)).content.decode()
    assert f'href="{to("assessment-schemes", schemed)}"' in scope
    assert scope.index("are judged for each neighbourhood") < scope.index("data-draft=")


def test_assessment_that_peers_read_stays_closed_and_stays(team, assessment):
    actions.close(assessment=assessment, by=None)
    factories.PeerReviewFactory(assessment=assessment, state=ReviewState.SHARED)
    response = team.post(to("assessment-close", assessment), {"wanted": "open"})
    assert "It stays closed." in said(response)[0]
    team.post(to("assessment-delete", assessment))
    assessment.refresh_from_db()
    assert not assessment.is_open


def test_deleting_asks_and_says_what_goes(team, audit, benchmark, assessment):
    factories.EvidenceFactory(judgement=judge(assessment, "01", Verdict.IN_PLACE))
    repeat = actions.create_assessment(
        audit=audit, benchmark=benchmark, by=None, title="Fairness 2028", baseline=assessment
    )
    words = words_of(team.get(to("assessment-delete", assessment)))
    assert "1 judgement goes with it" in words
    assert "1 piece of evidence goes with it" in words
    assert "Fairness 2028" in words
    team.post(to("assessment-delete", assessment))
    repeat.refresh_from_db()
    assert (repeat.baseline, Assessment.objects.count()) == (None, 1)


# Repeat ---------------------------------------------------------------------------------------------------


def test_repeat_takes_over_scope_people_and_schemes_with_nothing_judged(team, researcher, schemed):
    factories.SchemeFactory(assessment=schemed, name="Harbour")
    actions.ensure_judgements(assessment=schemed)
    schemed.factors.filter(factor__key="KF1").update(in_scope=False, assignee=researcher)
    judge(schemed, "KF/N1", Verdict.PARTLY, "By halves.", scheme=schemed.schemes.get())
    close(schemed)
    sent = {"uuid": uuid.uuid4()}
    response = team.post(to("assessment-repeat", schemed), sent)
    team.post(to("assessment-repeat", schemed), sent)
    made = Assessment.objects.get(baseline=schemed)
    assert response["Location"] == to("assessment-edit", made)
    row = factor(made, "KF1")
    assert (row.in_scope, row.assignee) == (False, researcher)
    assert [one.name for one in made.schemes.all()] == ["Harbour"]
    judgement = factor(made, "KF/N1").judgements.get()
    assert judgement.verdict == Verdict.NOT_JUDGED
    words = words_of(team.get(to("factor", factor(made, "KF/N1"))))
    assert "By halves." in words


def test_address_of_a_button_leads_to_the_page_with_it(team, assessment):
    response = team.get(to("assessment-repeat", assessment))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "It is the address of a button" in words_of(response)
    assert f'href="{assessment.get_absolute_url()}"' in response.content.decode()
    assert not team.get(to("assessment-repeat", assessment), headers={"HX-Request": "true"}).content


def test_repeat_of_what_is_open_or_not_judged_is_refused(team, assessment):
    page = to("assessment-repeat", assessment)
    assert "Once it is closed, it can be repeated" in words_of(team.get(to("assessment-detail", assessment)))
    refused = "Only an assessment that is closed, with something judged, can be repeated."
    assert said(team.post(page, {"uuid": uuid.uuid4()})) == [refused]
    actions.close(assessment=assessment, by=None)
    assert "Nothing is judged in it" in words_of(team.get(to("assessment-detail", assessment)))
    assert refused in said(team.post(page, {"uuid": uuid.uuid4()}))
    assert Assessment.objects.get() == assessment


def test_second_repeat_leads_to_the_first(team, assessment):
    close(assessment)
    for _time in range(2):
        response = team.post(to("assessment-repeat", assessment), {"uuid": uuid.uuid4()})
    made = Assessment.objects.get(baseline=assessment)
    assert response["Location"] == to("assessment-detail", made)
    page = team.get(to("assessment-detail", assessment))
    assert "It is repeated already:" in words_of(page)
    assert to("assessment-repeat", assessment) not in page.content.decode()


# Several people at once, and forms that are sent again -------------------------------------------------------


def test_assessment_sent_again_with_other_words_shows_both(audit, team, benchmark):
    sent = {**DESCRIBED, "uuid": uuid.uuid4()}
    page = to("assessment-create", audit, benchmark=benchmark.uuid)
    team.post(page, sent)
    response = team.post(page, sent | {"migrant_definition": "Corrected."})
    assert (response.status_code, "Corrected." in words_of(response)) == (409, True)
    made = Assessment.objects.get()
    assert made.migrant_definition == "Whoever moved here."
    team.post(to("assessment-edit", made), DESCRIBED | {"migrant_definition": "Corrected.", "version": 1})
    assert Assessment.objects.get().migrant_definition == "Corrected."


def test_page_of_schemes_leaves_alone_what_somebody_else_did_meanwhile(team, schemed):
    one = factories.SchemeFactory(assessment=schemed, name="Old", position=1)
    mine = schemes_form(team, schemed, name_new0="Harbour")
    one.name = "Old Town"
    one.save()
    factories.SchemeFactory(assessment=schemed, name="Hill", position=2)
    team.post(to("assessment-schemes", schemed), mine)
    assert [scheme.name for scheme in schemed.schemes.all()] == ["Old Town", "Hill", "Harbour"]


def test_two_who_rename_one_scheme_are_told(team, schemed):
    one = factories.SchemeFactory(assessment=schemed, name="Old", position=1)
    mine = schemes_form(team, schemed, **{f"name_{one.uuid}": "Mine"})
    one.name = "Theirs"
    one.save()
    response = team.post(to("assessment-schemes", schemed), mine)
    assert "Somebody else has named it “Theirs” meanwhile." in words_of(response)
    team.post(to("assessment-schemes", schemed), mine | {"seen": response.context["form"]["seen"].value()})
    assert schemed.schemes.get().name == "Mine"


def test_new_scheme_sent_again_with_another_name_is_asked_for(team, schemed):
    sent = schemes_form(team, schemed, name_new0="Harbour")
    page = to("assessment-schemes", schemed)
    team.post(page, sent)
    assert team.post(page, sent).status_code == 302
    response = team.post(page, sent | {"name_new0": "Hill"})
    assert "This line was saved already, as “Harbour”" in words_of(response)
    same = Scheme(name="Hill", uuid=schemed.schemes.get().uuid)
    with pytest.raises(StaleError):
        actions.save_schemes(assessment=schemed, changes={}, added=[(same, 1)])
    assert [scheme.name for scheme in schemed.schemes.all()] == ["Harbour"]


def test_closing_in_the_middle_of_a_save_writes_nothing(assessment, newer_benchmark):
    row = factor(assessment, "01")
    actions.close(assessment=assessment, by=None)
    for write in (
        lambda: actions.save_scope(assessment=assessment, changes={row.uuid: {"in_scope": False}}),
        lambda: actions.save_schemes(assessment=assessment, changes={}, added=[(Scheme(name="Hill"), 1)]),
        lambda: actions.move(assessment=assessment, to=newer_benchmark, by=None),
        lambda: AssessmentForm(instance=assessment, audit=assessment.audit).save_as(None),
    ):
        Assessment.objects.filter(pk=assessment.pk).update(version=1)
        with pytest.raises(actions.ClosedError):
            write()
    assert factor(assessment, "01").in_scope


@pytest.fixture
def newer_benchmark(benchmark):
    return factories.BenchmarkFactory(code=benchmark.code, version="2")


def test_lead_who_left_the_team_stays_until_somebody_changes_it(team, member, assessment):
    lead = member(Role.RESEARCHER, name="Gone Person")
    Assessment.objects.update(lead=lead)
    lead.memberships.all().delete()
    assert "Gone Person" in words_of(team.get(to("assessment-edit", assessment)))
    team.post(to("assessment-edit", assessment), {"version": 1, "title": "Other", "lead": lead.pk})
    assert Assessment.objects.values_list("title", "lead").get() == ("Other", lead.pk)


@pytest.mark.django_db(transaction=True)
def test_repeat_asked_for_twice_at_the_same_moment_is_one(audit, scheme_benchmark):
    assessment = actions.create_assessment(audit=audit, benchmark=scheme_benchmark, by=None, title="At once")
    factories.SchemeFactory(assessment=assessment)
    close(assessment)
    sent = {"assessment": assessment, "benchmark": scheme_benchmark, "title": "R", "by": None, "uuid": uuid.uuid4()}
    made = []

    def ask():
        made.append(actions.repeat(**sent).pk)
        if connection.vendor != "sqlite":
            connection.close()

    if connection.vendor == "sqlite":
        ask(), ask()
    else:
        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(made), len(set(made)), assessment.repeats.count()) == (2, 1, 1)


def test_who_closes_and_opens_is_known(researcher, assessment):
    actions.close(assessment=assessment, by=researcher)
    assert assessment.changed_by == researcher
    actions.reopen(assessment=assessment, by=None)
    assert (assessment.changed_by, assessment.version) == (None, 1)
