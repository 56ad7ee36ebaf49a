"""A statement's result as the evidence of a finding."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audits import methods
from audits.agenda import evidence
from audits.enums import Role, StakeholderGroup
from audits.methods import Reference
from checklists import scoring
from checklists.actions.discussion import make_finding
from checklists.enums import WalkState
from checklists.evidence import evidence_choices, resolve
from checklists.results import for_audit, for_walk
from tests.factories import CityWalkFactory, MembershipFactory


@pytest.mark.django_db
def test_answered_statements_are_offered_with_their_pooled_figures(walk, fill, member):
    fill(StakeholderGroup.POLICE, times=4, V1=3)
    fill(times=2, V1=5, V2=None)
    ((reference, evidence),) = evidence_choices(walk.audit, member())
    assert reference == Reference("checklists", "item:V1", walk.audit.uuid)
    assert (evidence.caption, evidence.figures) == ("V1 Short V1", {"mean": "3.67", "sd": "1.03", "n": 6})
    assert evidence.url == reverse("checklists:audit-item", args=[walk.audit.slug, "V1"])
    assert evidence == methods.resolve([reference], member(Role.PARTNER))[reference]


@pytest.mark.django_db
def test_nothing_is_offered_without_walks_or_to_those_who_may_not_see_results(walk, fill, member):
    assert evidence_choices(walk.audit, member()) == []
    fill(V1=5)
    assert evidence_choices(walk.audit, member(Role.REVIEWER)) == []
    audit, user = walk.audit, member()
    walk.delete()
    assert evidence_choices(audit, user) == []


@pytest.mark.django_db
def test_agreement_of_all_is_a_spread_of_zero_and_not_none(walk, fill, member):
    fill(times=5, V1=4)
    reference = Reference("checklists", "item:V1", walk.uuid)
    assert resolve([reference], member())[reference].figures == {"mean": "4.00", "sd": "0.00", "n": 5}


@pytest.mark.django_db
@pytest.mark.parametrize(("people", "kept"), [(4, {}), (5, {"mean": "4.00", "sd": "0.00", "n": 5})])
def test_figures_of_fewer_than_five_people_are_no_evidence(walk, fill, items, member, people, kept):
    """Findings are read by partners and viewers, and printed."""
    fill(times=people, V1=4)
    finding = make_finding(results=for_walk(walk), item=items["V1"], kind="observation", text="All agree.", by=member())
    assert finding.evidence.get().figures == kept
    (reference, offered), *_ = evidence_choices(walk.audit, member())
    assert offered.figures == kept
    assert resolve([reference], member(Role.VIEWER))[reference].figures == kept


@pytest.mark.django_db
@pytest.mark.parametrize("of", [for_walk, for_audit])
def test_finding_made_of_a_statement_can_be_traced_back(walk, fill, items, member, of):
    fill(times=3, V1=4)
    user = member()
    found = of(walk if of is for_walk else walk.audit)
    finding = make_finding(results=found, item=items["V1"], kind="observation", text="All agree.", by=user)
    link = finding.evidence.get()
    reference = Reference(link.app, link.type, link.source)
    assert methods.resolve([reference], user)[reference].figures == link.figures


@pytest.mark.django_db
@pytest.mark.parametrize("walks", [1, 2])
def test_statements_of_one_walk_are_worked_out_at_once(walk, fill, member, django_assert_max_num_queries, walks):
    fill(times=5, V1=4, V2=4, U1=4)
    if walks == 2:
        fill(times=5, on=closed_beside(walk), V1=4)
    references = [Reference("checklists", f"item:{code}", walk.uuid) for code in ("V1", "V2", "U1")]
    user = member()
    with CaptureQueriesContext(connection) as for_one:
        resolve(references[:1], user)
    with django_assert_max_num_queries(len(for_one)):
        assert set(resolve(references, user)) == set(references)


@pytest.mark.django_db
def test_walks_of_one_audit_are_read_together(walk, fill, member, django_assert_max_num_queries):
    walks = [walk, *(closed_beside(walk) for _ in range(4))]
    for one in walks:
        fill(times=6, on=one, V1=4)
    references = [Reference("checklists", "item:V1", one.uuid) for one in walks]
    user = member()
    with CaptureQueriesContext(connection) as for_two:
        resolve(references[:2], user)
    with django_assert_max_num_queries(len(for_two)):
        shown = resolve(references, user)
    assert {one.figures["n"] for one in shown.values()} == {6}


def closed_beside(walk):
    return CityWalkFactory(audit=walk.audit, checklist=walk.checklist, state=WalkState.CLOSED)


@pytest.mark.django_db
def test_what_is_gone_or_of_others_is_left_out(walk, fill, member):
    fill(V1=4)
    there = Reference("checklists", "item:V1", walk.uuid)
    gone = [
        Reference("checklists", "item:V9", walk.uuid),
        Reference("checklists", "sheet", walk.uuid),
        Reference("checklists", "item:V1", uuid.uuid4()),
    ]
    assert list(resolve([there, *gone], member())) == [there]
    assert resolve([there], MembershipFactory().user) == {}


def test_evidence_and_scoring_agree_on_how_few_are_too_few():
    assert evidence.FEW == scoring.MINIMUM
