import uuid

import pytest
from django.db import IntegrityError, transaction

from audits.agenda import actions
from audits.agenda.actions import EvidenceInput
from audits.agenda.models import EvidenceLink, Finding, Recommendation
from audits.enums import Area
from audits.models import StaleError
from tests import factories
from tests.threads import at_once


def finding(audit, by=None, **fields):
    return actions.create_finding(
        **{"audit": audit, "area": "urban", "kind": "task", "text": "A finding", "method": "", "by": by, **fields}
    )


def recommendation(audit, by=None, **fields):
    return actions.create_recommendation(
        **{"audit": audit, "area": "urban", "title": "Open it", "text": "In the evening", "by": by, **fields}
    )


def codes(texts):
    return [text.code for text in texts]


def test_numbers_count_up_per_audit_and_kind(audit):
    other = factories.AuditFactory()
    assert codes([finding(audit), finding(audit), finding(other), recommendation(audit)]) == ["F1", "F2", "F1", "R1"]


@pytest.mark.parametrize("create", [finding, recommendation])
def test_number_of_a_deleted_text_is_never_given_again(audit, create):
    create(audit)
    create(audit).delete()
    assert create(audit).number == 3


def test_numbers_go_on_after_texts_that_came_in_otherwise(audit):
    factories.FindingFactory(audit=audit, number=40)
    assert finding(audit).number == 41


@pytest.mark.django_db(transaction=True)
def test_findings_written_at_once_get_different_numbers():
    audit = factories.AuditFactory()

    numbers = at_once(lambda _: finding(audit).number, range(16))
    assert sorted(numbers) == list(range(1, 17))
    assert sorted(audit.findings.values_list("position", flat=True)) == list(range(1, 17))


def test_finding_keeps_its_evidence_and_writer(audit, coordinator):
    source = uuid.uuid4()
    evidence = EvidenceInput("checklists", "item:U8", source, "U8 Pavements", {"mean": "2.41", "n": 25})
    made = finding(audit, by=coordinator, method="checklists", evidence=[evidence])
    link = made.evidence.get()
    assert (link.app, link.type, link.source) == ("checklists", "item:U8", source)
    assert (link.caption, link.figures, link.linked_by) == ("U8 Pavements", {"mean": "2.41", "n": 25}, coordinator)
    assert (made.created_by, made.changed_by, made.method) == (coordinator, coordinator, "checklists")


def test_finding_sent_twice_is_written_once(audit):
    key = uuid.uuid4()
    evidence = [EvidenceInput("checklists", "item:U8", uuid.uuid4(), "U8")]
    first = finding(audit, uuid=key, evidence=evidence)
    assert finding(audit, uuid=key, evidence=evidence) == first
    assert EvidenceLink.objects.count() == 1


def test_finding_sent_again_with_other_words_is_not_taken_for_saved(audit):
    key = uuid.uuid4()
    first = finding(audit, uuid=key)
    with pytest.raises(StaleError) as stale:
        finding(audit, uuid=key, text="Corrected")
    assert stale.value.current == first
    assert Finding.objects.get().text == "A finding"


def test_identifier_of_another_audit_hands_nothing_out(audit):
    foreign = finding(factories.AuditFactory(), text="Of others")
    made = finding(audit, uuid=foreign.uuid)
    assert made != foreign
    assert made.uuid != foreign.uuid
    assert made.text == "A finding"


def test_nothing_is_written_where_the_evidence_fails(audit):
    broken = EvidenceInput("checklists", "item:U8", uuid.uuid4(), "U8", {"mean": object()})
    with pytest.raises(TypeError):
        finding(audit, evidence=[broken])
    assert not Finding.objects.exists()
    assert finding(audit).number == 1


def test_evidence_linked_twice_keeps_what_it_said_first(audit):
    made, source = finding(audit), uuid.uuid4()
    for caption, mean in (("Then", "2.41"), ("Now", "2.38")):
        actions.link_evidence(
            holder=made, evidence=EvidenceInput("checklists", "item:U8", source, caption, {"mean": mean}), by=None
        )
    link = made.evidence.get()
    assert (link.caption, link.figures) == ("Then", {"mean": "2.41"})


def test_database_refuses_the_same_evidence_twice(audit):
    link = factories.EvidenceLinkFactory(holder=finding(audit))
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.EvidenceLinkFactory(holder=link.holder, app=link.app, type=link.type, source=link.source)


def test_caption_that_is_too_long_is_cut(audit):
    made = finding(audit, evidence=[EvidenceInput("checklists", "item:U8", uuid.uuid4(), "x" * 900)])
    assert len(made.evidence.get().caption) == 400


def test_unlinked_evidence_leaves_the_finding(audit):
    made = finding(audit, evidence=[EvidenceInput("checklists", "item:U8", uuid.uuid4(), "U8")])
    actions.unlink_evidence(link=made.evidence.get())
    assert not made.evidence.exists()
    assert Finding.objects.filter(pk=made.pk).exists()


def test_saved_finding_has_the_next_version_and_its_writer(audit, coordinator):
    made = finding(audit)
    made.text = "Better"
    actions.save_finding(finding=made, version=1, by=coordinator)
    made.refresh_from_db()
    assert (made.text, made.version, made.changed_by) == ("Better", 2, coordinator)
    assert made.created_by is None


def test_stale_save_writes_nothing_and_names_what_stands(audit, coordinator):
    made = finding(audit)
    mine, theirs = Finding.objects.get(), Finding.objects.get()
    theirs.text, mine.text = "Theirs", "Mine"
    actions.save_finding(finding=theirs, version=1, by=coordinator)
    with pytest.raises(StaleError) as stale:
        actions.save_finding(finding=mine, version=1, by=coordinator)
    assert stale.value.current.text == "Theirs"
    made.refresh_from_db()
    assert (made.text, made.version) == ("Theirs", 2)


def test_same_change_sent_twice_is_saved_once(audit, coordinator):
    finding(audit)
    for _ in range(2):
        mine = Finding.objects.get()
        mine.text = "Better"
        actions.save_finding(finding=mine, version=1, by=coordinator)
    assert Finding.objects.get().version == 2


def test_save_after_a_deletion_says_that_nothing_stands(audit, coordinator):
    made = finding(audit)
    Finding.objects.all().delete()
    with pytest.raises(StaleError) as stale:
        actions.save_finding(finding=made, version=1, by=coordinator)
    assert stale.value.current is None
    assert not Finding.objects.exists()


def test_finding_with_another_area_goes_to_its_end(audit, coordinator):
    first, second = finding(audit, area="vision"), finding(audit)
    first.area = "urban"
    actions.save_finding(finding=first, version=1, by=coordinator)
    assert list(audit.findings.in_report_order()) == [second, first]


def test_save_keeps_the_place_that_somebody_else_moved_it_to(audit, coordinator):
    first, second = finding(audit), finding(audit)
    opened = Finding.objects.get(pk=first.pk)
    actions.move(text=first, step=1)
    opened.text = "Better"
    actions.save_finding(finding=opened, version=1, by=coordinator)
    assert list(audit.findings.in_report_order()) == [second, first]


@pytest.mark.parametrize(
    ("number", "step", "order", "place"),
    [
        (1, 1, ["F2", "F1", "F3"], (2, 3)),
        (3, -1, ["F1", "F3", "F2"], (2, 3)),
        (1, -1, ["F1", "F2", "F3"], (1, 3)),
        (3, 1, ["F1", "F2", "F3"], (3, 3)),
    ],
)
def test_move_changes_places_within_the_area(audit, number, step, order, place):
    for area in ("urban", "vision", "urban", "urban"):
        finding(audit, area=area)
    urban = list(audit.findings.filter(area=Area.URBAN).in_report_order())
    # Numbers of the three: 1, 3 and 4.
    names = dict(zip(["F1", "F2", "F3"], codes(urban), strict=True))
    assert actions.move(text=urban[number - 1], step=step) == place
    assert codes(audit.findings.filter(area="urban").in_report_order()) == [names[one] for one in order]
    assert codes(audit.findings.filter(area="vision")) == ["F2"]


def test_move_orders_texts_that_came_in_with_one_position(audit):
    texts = [factories.FindingFactory(audit=audit) for _ in range(3)]
    actions.move(text=texts[2], step=-1)
    assert list(audit.findings.in_report_order()) == [texts[0], texts[2], texts[1]]


def test_recommendation_rests_on_findings_of_its_audit(audit):
    made = finding(audit)
    assert list(recommendation(audit, findings=[made]).findings.all()) == [made]


def test_recommendation_on_a_foreign_finding_is_not_written(audit):
    foreign = finding(factories.AuditFactory())
    with pytest.raises(ValueError, match="own audit"):
        recommendation(audit, findings=[foreign])
    assert not Recommendation.objects.exists()


def test_stale_recommendation_does_not_take_away_findings(audit, coordinator):
    first, second = finding(audit), finding(audit)
    made = recommendation(audit, findings=[first])
    actions.save_recommendation(recommendation=made, findings=[first, second], version=1, by=coordinator)
    stale = Recommendation.objects.get()
    with pytest.raises(StaleError):
        actions.save_recommendation(recommendation=stale, findings=[first], version=1, by=coordinator)
    assert set(made.findings.all()) == {first, second}


def test_recommendation_saved_twice_alike_is_saved_once(audit, coordinator):
    made, one = recommendation(audit), finding(audit)
    for _ in range(2):
        actions.save_recommendation(recommendation=made, findings=[one], version=1, by=coordinator)
    assert Recommendation.objects.get().version == 2


def test_comment_sent_twice_in_a_row_stands_once(audit, coordinator, member):
    made, partner = finding(audit), member("partner")
    for text, by in (("Yes", partner), ("Yes", partner), ("Yes", coordinator), ("Yes", partner)):
        actions.comment(finding=made, text=text, by=by)
    assert [one.author for one in made.comments.all()] == [partner, coordinator, partner]
