"""The access matrix: every address of the project times everybody who may come to it (tests/access.py)."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access import COLUMNS, STRANGER, World, addresses, all_rows, answer, made

ROWS = all_rows()


@pytest.fixture(scope="module")
def world(kept):
    return World.build()


def test_every_address_has_a_row():
    known = {key.split()[0] for key in ROWS}
    missing = [f"{name} ({route})" for name, route in addresses() if name not in known]
    assert not missing, "Add these to the room's tests/<room>/access.py: " + ", ".join(missing)


def test_every_row_has_an_address():
    assert {key.split()[0] for key in ROWS} - {name for name, route in addresses()} == set()


# An address that has a row for one of GET and POST alone takes no other: sending there is in nobody's table.
NOT_TAKEN = [
    (name, method)
    for name in sorted({key.split()[0] for key in ROWS})
    for method, key in (("GET", name), ("POST", f"{name} POST"))
    if key not in ROWS
]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ROWS)
def test_access(key, world):
    row = ROWS[key]
    name, _, post = key.partition(" ")
    address, data = reverse(name, kwargs=made(row.kwargs, world)), made(row.data, world)

    def asked(client):
        if not post:
            return client.get(address)
        return client.post(address, data, **{"content_type": "application/json"} if row.json else {})

    words = dict(zip(COLUMNS, row.expected, strict=True))
    assert answers(world, asked) == {**words, STRANGER: words["anonymous"]}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "method"), NOT_TAKEN)
def test_method_without_a_row_is_not_allowed(name, method, world):
    row = ROWS.get(name) or ROWS[f"{name} POST"]
    address = reverse(name, kwargs=made(row.kwargs, world))
    found = answers(world, lambda client: client.generic(method, address))
    # Whoever could not sign in to it is led to the sign-in page first.
    assert "405" in set(found.values()) <= {"405", "login", "401"}, f"Add a row for {method} to tests/<room>/access.py."


def answers(world, asked) -> dict[str, str]:
    """What each column, and the stranger, gets from a request; each finds the database as it was before."""
    found = {}
    for column in (*COLUMNS, STRANGER):
        with transaction.atomic():
            response = asked(world.client(column))
            found[column] = answer(response)
            if response.streaming:
                # Read to its end, so that its file is closed.
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
    return found
