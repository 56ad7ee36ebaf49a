"""Every shared text can be locked, whatever its order brings along."""

import uuid

import pytest
from django.apps import apps
from django.db import transaction

from audits.actions.versions import lock
from audits.models import StaleError, Versioned
from tests import factories

pytestmark = pytest.mark.django_db

SHARED = [model for model in apps.get_models() if issubclass(model, Versioned)]


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model.__name__)
def test_every_shared_text_can_be_locked(model):
    # PostgreSQL refuses to lock rows of a nullable relation, whether there is a row or none.
    with transaction.atomic(), pytest.raises(StaleError):
        lock(model(pk=uuid.uuid4() if model._meta.pk.get_internal_type() == "UUIDField" else 0))


def test_locking_brings_no_other_table_along(django_assert_num_queries):
    judgement = factories.JudgementFactory()
    with transaction.atomic(), django_assert_num_queries(1) as asked:
        assert lock(judgement) == judgement
    assert "JOIN" not in asked[0]["sql"]
