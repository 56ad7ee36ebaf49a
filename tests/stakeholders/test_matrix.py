"""The power-interest matrix: its fields, its dots, and placing somebody from the table."""

import pytest
from django.urls import reverse

from audits.stakeholders.enums import Degree, Quadrant
from audits.stakeholders.matrix import HEAD, drawing
from audits.stakeholders.models import Stakeholder
from tests.factories import StakeholderFactory


@pytest.mark.parametrize(
    ("power", "interest", "quadrant"),
    [
        (5, 4, "close"),
        (4, 2, "satisfied"),
        (2, 5, "informed"),
        (1, 2, "watched"),
        (3, 3, "between"),
        (5, 3, "between"),
        (3, 1, "between"),
    ],
)
def test_fields_of_the_matrix(power, interest, quadrant):
    assert Quadrant.of(power, interest) == quadrant


@pytest.mark.django_db
def test_database_and_model_agree_on_the_fields():
    places = [(power, interest) for power in Degree for interest in Degree]
    for power, interest in places:
        StakeholderFactory(power=power, interest=interest)
    StakeholderFactory(power=None, interest=3)
    for quadrant in Quadrant:
        own = {(one.power, one.interest) for one in Stakeholder.objects.in_quadrant(quadrant)}
        assert own == {place for place in places if Quadrant.of(*place) == quadrant}
    assert Stakeholder.objects.not_placed().count() == 1
    assert Stakeholder.objects.placed().count() == 25


@pytest.mark.parametrize("number", [1, 4, 9, 40])
def test_dots_lie_apart_inside_the_drawing(number):
    everywhere = [
        Stakeholder(power=power, interest=interest) for power in Degree for interest in Degree for _one in range(number)
    ]
    made = drawing(enumerate(everywhere, start=1))
    assert sum(dot.more or 1 for dot in made.dots) == 25 * number
    assert all(dot.x - dot.radius > 0 and dot.x + dot.radius < made.width for dot in made.dots)
    assert all(dot.y - dot.radius > 0 and dot.y + dot.radius < made.height for dot in made.dots)
    for at, dot in enumerate(made.dots):
        for other in made.dots[at + 1 :]:
            assert (dot.x - other.x) ** 2 + (dot.y - other.y) ** 2 >= (dot.radius + other.radius) ** 2


def test_dots_lie_in_their_field():
    for power in Degree:
        for interest in Degree:
            made = drawing([(1, Stakeholder(power=power, interest=interest))])
            [dot] = made.dots
            # What is drawn last is what one sees there.
            *_below, field = (
                field
                for field in made.fields
                if field.x < dot.x < field.x + field.width and field.y < dot.y < field.y + field.height
            )
            assert field.quadrant == Quadrant.of(power, interest)
            assert dot.y >= field.y + HEAD


def test_place_is_written_from_the_table(team, audit):
    one = StakeholderFactory(audit=audit, name="Bridge")
    page, place = (
        reverse(f"stakeholders:{name}", args=args)
        for name, args in (("matrix", [audit.slug]), ("place", [audit.slug, one.uuid]))
    )
    assert "Not placed yet" in team.get(page).content.decode()
    assert team.post(place, {"power": "1", "interest": "4", "version": 1})["Location"] == f"{page}#{one.uuid}"
    one.refresh_from_db()
    assert one.quadrant == Quadrant.INFORMED
    shown = team.get(page).content.decode()
    assert "Not placed yet" not in shown
    assert 'role="img"' in shown
    # From an older version: both are shown, nothing is written.
    assert team.post(place, {"power": "5", "interest": "5", "version": 1}).status_code == 409
    assert team.post(place, {"power": "9", "interest": "5", "version": 2}, follow=True).context["total"] == 1
    one.refresh_from_db()
    assert (one.power, one.interest) == (1, 4)
    assert team.post(place, {"power": "", "interest": "4", "version": 2}).status_code == 302
    one.refresh_from_db()
    assert one.quadrant is None
