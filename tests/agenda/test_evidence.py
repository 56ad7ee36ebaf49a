import uuid
from decimal import Decimal

import pytest
from django.utils import translation

from audits.agenda.evidence import figure_text, shown
from tests import factories


def link_to(reference, finding, **figures):
    return factories.EvidenceLinkFactory(
        holder=finding,
        app=reference.app,
        type=reference.type,
        source=reference.source,
        caption="Station square",
        figures=figures,
    )


@pytest.fixture
def finding(audit):
    return factories.FindingFactory(audit=audit)


def figures_of(one):
    return [(str(figure.name), figure.then, figure.now, figure.differs) for figure in one.figures]


def test_figures_that_moved_stand_beside_those_when_linked(finding, fieldwork, coordinator):
    reference = fieldwork.add("Station square", mean="2.38", n=26)
    (one,) = shown([link_to(reference, finding, mean="2.41", n=20)], coordinator)
    assert figures_of(one) == [("Average", "2.41", "2.38", True), ("Answers", "20", "26", True)]


def test_figures_are_compared_as_they_are_shown(finding, fieldwork, coordinator):
    reference = fieldwork.add("Station square", mean=Decimal("2.4114"))
    (one,) = shown([link_to(reference, finding, mean=2.409)], coordinator)
    assert figures_of(one) == [("Average", "2.41", "2.41", False)]


def test_figure_that_is_no_longer_shown_differs(finding, fieldwork, coordinator):
    reference = fieldwork.add("Station square", mean="", spread_of_answers="0.5")
    (one,) = shown([link_to(reference, finding, mean="2.41")], coordinator)
    assert figures_of(one) == [("Average", "2.41", "", True), ("spread_of_answers", "", "0.5", True)]


def test_figures_kept_from_then_are_not_shown_once_the_source_shows_none(finding, fieldwork, coordinator):
    reference = fieldwork.add("Station square")
    (one,) = shown([link_to(reference, finding, mean="2.41", n=6)], coordinator)
    assert one.source is not None
    assert figures_of(one) == []


@pytest.mark.parametrize(("people", "differs"), [(25, False), (26, False), (29, False), (20, True), (30, True)])
def test_figures_of_then_are_shown_only_where_the_change_is_not_that_of_single_people(
    finding, fieldwork, coordinator, people, differs
):
    reference = fieldwork.add("Station square", mean="2.38", n=25)
    (one,) = shown([link_to(reference, finding, mean="2.41", n=people)], coordinator)
    assert figures_of(one)[0] == ("Average", "2.41" if differs else "2.38", "2.38", differs)


def test_source_that_cannot_be_read_leaves_caption_and_figures(finding, fieldwork, coordinator):
    reference = fieldwork.add("Station square")
    link = link_to(reference, finding, mean="2.41")
    fieldwork.sources.clear()
    (one,) = shown([link], coordinator)
    assert one.source is None
    assert one.method == fieldwork.method
    assert figures_of(one) == [("Average", "2.41", None, False)]


def test_source_of_a_method_that_is_not_installed_is_kept(finding, coordinator):
    link = factories.EvidenceLinkFactory(holder=finding, app="gone", source=uuid.uuid4())
    (one,) = shown([link], coordinator)
    assert (one.method, one.source, one.icon) == (None, None, "paperclip")


def test_source_of_several_findings_is_asked_for_once(audit, fieldwork, coordinator):
    reference = fieldwork.add("Station square", n=3)
    links = [link_to(reference, factories.FindingFactory(audit=audit)) for _ in range(3)]
    assert len(shown(links, coordinator)) == 3
    assert fieldwork.asked == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("", ""), (25, "25"), (2.4, "2.40"), (Decimal("2.405"), "2.41"), ("0.50", "0.50"), ("none", "none")],
)
def test_figure_is_written_as_it_is_read(value, text):
    assert figure_text(value) == text


def test_figure_has_the_decimal_sign_of_the_language():
    with translation.override("bg"):
        assert figure_text("2.41") == "2,41"
