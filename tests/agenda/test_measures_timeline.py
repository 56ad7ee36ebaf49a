from datetime import date
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from audits import timeline
from audits.agenda.charts import time_line
from tests import factories

from .test_findings import to, words_of

TODAY = date(2026, 11, 21)


def test_axis_begins_where_people_expect_it():
    axis = timeline.axis(date(2026, 9, 2), [date(2027, 10, 7)])
    assert (axis.step, axis.parts) == (3, 6)
    assert (axis.starts[0], axis.starts[-1]) == (date(2026, 7, 1), date(2027, 10, 1))


@pytest.mark.parametrize(
    ("day", "place"),
    [(date(2026, 1, 1), 0), (date(2026, 1, 16), 24.19), (date(2026, 2, 1), 50), (date(2026, 2, 15), 75)],
)
def test_day_stands_at_its_part_of_its_month(day, place):
    assert timeline.axis(date(2026, 1, 5), [date(2026, 2, 20)]).place(day) == place


@given(st.lists(st.dates(date(2000, 1, 1), date(2060, 1, 1)), max_size=20))
def test_days_in_reach_of_today_stand_on_the_axis_whatever_the_others_are(days):
    axis = timeline.axis(TODAY, days)
    assert axis.parts <= timeline.PARTS
    reached = [day for day in days if abs((day - TODAY).days) < 365 * timeline.REACH]
    assert all(0 <= axis.place(day) <= 100 for day in [TODAY, *reached])
    assert len(axis.starts) == axis.parts


def test_mistyped_year_squashes_nothing_and_is_named_beside_the_picture(client, audit, coordinator, time_machine):
    time_machine.move_to("2026-11-21 12:00Z")
    days = [date(2026, 12, 1), date(2027, 10, 1), date(2099, 1, 1), date(1926, 1, 1)]
    measures = [factories.MeasureFactory(audit=audit, number=place, due=day) for place, day in enumerate(days, 1)]
    line = time_line(measures, TODAY)
    assert line.starts[-1] < date(2028, 1, 1)
    assert [mark.measure.number for lane in line.lanes for mark in lane.marks] == [1, 2]
    assert [(lane.total, lane.left_out) for lane in line.lanes] == [(0, 0), (4, 0)]
    client.force_login(coordinator)
    words = words_of(client.get(to("measure-timeline", audit)))
    assert "Due earlier than the picture shows: M4 (" in words
    assert "Due later than the picture shows: M3 (" in words
    assert "January 2099" in words
    assert "Longer term (2 of 4 shown)" in words


@given(st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), min_size=1, max_size=60))
def test_marks_of_one_row_keep_clear_of_each_other(days):
    axis = timeline.axis(TODAY, days)
    marks = timeline.stacked(axis, list(enumerate(days)))
    for row in range(timeline.ROWS):
        places = sorted(mark.place for mark in marks if mark.row == row)
        assert all(after - before >= timeline.CLEAR for before, after in pairwise(places))


def test_marks_that_have_no_room_are_left_out():
    axis = timeline.axis(TODAY, [])
    assert len(timeline.stacked(axis, [(number, TODAY) for number in range(20)])) == timeline.ROWS


def measure(**fields):
    return factories.MeasureFactory.build(audit=None, **fields)


def test_time_line_is_mirrored_where_the_language_runs_from_the_right():
    early = measure(due=date(2026, 12, 1))
    late = measure(due=date(2027, 1, 31))
    with translation.override("en"):
        there = time_line([early, late], TODAY)
    with translation.override("ar"):
        back = time_line([early, late], TODAY)
    for one, other in zip(there.lanes[1].marks, back.lanes[1].marks, strict=True):
        assert float(one.x[:-1]) + float(other.x[:-1]) == pytest.approx(100)


def test_page_tells_month_by_month_what_is_due_in_which_state(client, audit, coordinator, time_machine):
    time_machine.move_to("2026-11-21 12:00Z")
    client.force_login(coordinator)
    factories.MeasureFactory(audit=audit, number=1, due=date(2027, 1, 5), pace="quick")
    factories.MeasureFactory(audit=audit, number=2, due=date(2026, 11, 1), state="under_way")
    factories.MeasureFactory(audit=audit, number=3)
    response = client.get(to("measure-timeline", audit))
    words = words_of(response)
    table = words[words.index("Month by month") :]
    order = [
        "November 2026",
        "this month",
        "M2",
        "overdue",
        "Longer term",
        "Under way",
        "January 2027",
        "M1",
        "Planned",
    ]
    order += ["Without a day", "M3"]
    places = [table.index(word) for word in order]
    assert places == sorted(places)
    assert "Today: 21 November 2026" in words
    chart = response.content.decode().split("time-lane")[1].split("</figure>")[0]
    assert "<text" not in chart
    assert "style=" not in chart


def test_page_without_dated_measures_has_no_chart(client, audit, coordinator):
    client.force_login(coordinator)
    assert "No measures yet" in words_of(client.get(to("measure-timeline", audit)))
    factories.MeasureFactory(audit=audit)
    page = client.get(to("measure-timeline", audit))
    assert "Without a day" in words_of(page)
    assert "time-lane" not in page.content.decode()


def test_page_takes_the_same_queries_for_3_and_for_300(client, audit, coordinator, django_assert_num_queries):
    client.force_login(coordinator)
    client.get("/help/")
    for total in (3, 300):
        factories.MeasureFactory.create_batch(total - audit.measures.count(), audit=audit, due=TODAY)
        with django_assert_num_queries(8):
            client.get(to("measure-timeline", audit))
