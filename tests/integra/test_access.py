"""The access matrix: every address of the project times everybody who may come to it (tests/access.py)."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access import COLUMNS, STRANGER, World, addresses, all_rows, answer, made

ROWS = all_rows()


def test_every_address_has_a_row():
    known = {key.split()[0] for key in ROWS}
    missing = [f"{name} ({route})" for name, route in addresses() if name not in known]
    assert not missing, "Add these to the room's tests/<room>/access.py: " + ", ".join(missing)


def test_every_row_has_an_address():
    assert {key.split()[0] for key in ROWS} - {name for name, route in addresses()} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ROWS)
def test_access(key):
    name, _, post = key.partition(" ")
    row, world = ROWS[key], World.build()
    address, data = reverse(name, kwargs=made(row.kwargs, world)), made(row.data, world)
    found = {}
    for column in (*COLUMNS, STRANGER):
        with transaction.atomic():
            client = world.client(column)
            if not post:
                response = client.get(address)
            elif row.json:
                response = client.post(address, data, content_type="application/json")
            else:
                response = client.post(address, data)
            found[column] = answer(response)
            transaction.set_rollback(True)
    words = dict(zip(COLUMNS, row.expected, strict=True))
    assert found == {**words, STRANGER: words["anonymous"]}
