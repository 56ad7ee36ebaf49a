"""What the register has and what it lacks, counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from audits.enums import TargetGroup
from audits.models import Audit

from .enums import Known
from .models import Stakeholder
from .models.register import NOT_PLACED, UNREACHABLE


@dataclass(frozen=True)
class Counts:
    """`groups` are the stakeholders of each target group; the others are counts of all stakeholders."""

    total: int
    migrant_led: int
    unreachable: int
    unplaced: int
    groups: dict[TargetGroup, int]

    @property
    def empty_groups(self) -> list[TargetGroup]:
        """Target groups of a focus group of which the register has nobody; "others" need not be there."""
        return [group for group, number in self.groups.items() if not number and group != TargetGroup.OTHER]


def counts_of(audit: Audit) -> Counts:
    """One query for all."""
    found = Stakeholder.objects.filter(audit=audit).aggregate(
        total=Count("pk"),
        migrant_led=Count("pk", filter=Q(migrant_led=Known.YES)),
        unreachable=Count("pk", filter=UNREACHABLE),
        unplaced=Count("pk", filter=NOT_PLACED),
        **{f"group_{group}": Count("pk", filter=Q(target_group=group)) for group in TargetGroup},
    )
    return Counts(groups={group: found.pop(f"group_{group}") for group in TargetGroup}, **found)
