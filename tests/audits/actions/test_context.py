from decimal import Decimal

import pytest

from audits.actions import IndicatorRow, save_context
from audits.models import ContextIndicator, StaleError
from tests.factories import AuditFactory, ContextIndicatorFactory, UserFactory

pytestmark = pytest.mark.django_db


def row(name, figures=None, **more):
    figures = {year: Decimal(value) for year, value in (figures or {}).items()}
    return IndicatorRow(topic="population", name=name, figures=figures, **more)


def save(audit, *rows, version=None):
    save_context(audit=audit, rows=rows, version=version or audit.context_version, by=UserFactory())


def stored(audit):
    return {
        indicator.name: {figure.year: figure.value for figure in indicator.figures.all()}
        for indicator in audit.context_indicators.all()
    }


def test_table_is_stored_in_its_order():
    audit = AuditFactory()
    save(audit, row("Inhabitants", {2023: 10, 2024: "11.5"}), row("Births", {2023: 1}))
    assert list(stored(audit).items()) == [("Inhabitants", {2023: 10, 2024: Decimal("11.5")}), ("Births", {2023: 1})]


def test_changed_emptied_added_and_removed_cells_all_arrive():
    audit = AuditFactory()
    kept = ContextIndicatorFactory(audit=audit, name="Inhabitants", figures={2022: 1, 2023: 2})
    ContextIndicatorFactory(audit=audit, name="Births", figures={2022: 1})
    save(audit, row("Residents", {2023: 3, 2024: 4}, pk=kept.pk), row("Deaths"))
    assert stored(audit) == {"Residents": {2023: 3, 2024: 4}, "Deaths": {}}
    assert audit.context_indicators.get(name="Residents").pk == kept.pk


def test_two_indicators_can_change_names():
    audit = AuditFactory()
    first, second = (ContextIndicatorFactory(audit=audit, name=name) for name in ("Inhabitants", "Births"))
    save(audit, row("Births", pk=first.pk), row("Inhabitants", pk=second.pk))
    first.refresh_from_db()
    assert first.name == "Births"


def test_stale_table_writes_nothing():
    audit = AuditFactory()
    opened = audit.context_version
    save(audit, row("Inhabitants", {2023: 10}))
    with pytest.raises(StaleError):
        save(audit, row("Inhabitants", {2023: 99}), version=opened)
    assert stored(audit) == {"Inhabitants": {2023: 10}}


def test_save_remembers_by_whom_and_when():
    audit, user = AuditFactory(), UserFactory()
    save_context(audit=audit, rows=[], version=audit.context_version, by=user)
    audit.refresh_from_db()
    assert audit.context_saved_by == user
    assert audit.context_saved_at


def test_indicator_of_another_audit_is_not_touched():
    audit, foreign = AuditFactory(), ContextIndicatorFactory(name="Foreign", figures={2023: 1})
    save(audit, row("Mine", {2023: 2}, pk=foreign.pk))
    foreign.refresh_from_db()
    assert foreign.name == "Foreign"
    assert stored(foreign.audit) == {"Foreign": {2023: 1}}
    assert stored(audit) == {"Mine": {2023: 2}}


def test_same_indicator_sent_twice_loses_no_row():
    audit = AuditFactory()
    one = ContextIndicatorFactory(audit=audit, name="Inhabitants")
    save(audit, row("First", pk=one.pk), row("Second", pk=one.pk))
    assert set(ContextIndicator.objects.values_list("name", flat=True)) == {"First", "Second"}
