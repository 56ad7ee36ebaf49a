import pytest

from tests.checklists.conftest import make_checklist
from tests.factories import CityWalkFactory


@pytest.fixture
def walk(db):
    """A walk to join; walks are the only occasions so far."""
    return CityWalkFactory(
        checklist=make_checklist(),
        join_code="7KPM3XWD",
        title="Old Harbour",
        audit__controller="Data Office, Main Square 1, Velmora",
    )
