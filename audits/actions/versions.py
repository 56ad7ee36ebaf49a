"""Shared texts carry a version (DESIGN rule 12)."""

from django.db.models import F

from ..models import Audit, StaleError


def claim(audit: Audit, field: str, version: int) -> None:
    """Moves the audit's version in `field` on by one, in the same transaction as the write that it guards.

    Raises StaleError when `version` is not the present one.
    """
    if not Audit.objects.filter(pk=audit.pk, **{field: version}).update(**{field: F(field) + 1}):
        raise StaleError
    setattr(audit, field, version + 1)
