"""How words of somebody are known again in a text of somebody else, and struck out of it."""

import pytest
from django.utils import translation

from audits.texts import Said, listed, without_passages


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (
            "Behind the bakery nobody opened the door for us.",
            "It is so: behind the bakery nobody opened the door, say some.",
        ),
        ("More benches, please!", "Three wishes:\n- more benches please\n- lamps"),
        ("More benches, please!", "<p>Some ask: <em>“More benches please”</em>, others do not.</p>"),
        ("We don’t feel safe", "One of them: 'we don't  feel safe'."),
        ("There are no lamps in the park", "They say that there are no lamps in the park at night."),
    ],
    ids=["forty characters", "point", "quotation", "apostrophe", "five words within a sentence"],
)
def test_copy_is_known_again_and_struck(said, text):
    assert Said([("she", said), ("he", "Something quite different")]).found_in(text) == {"she"}
    assert Said([("she", said)]).found_in(without_passages(text, [said])) == set()


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("More benches, please", "Many people want more benches please, and lamps."),
        ("Housing", "Housing"),
        ("It is so", "It is so."),
        ("We feel safe", "We feel safe-guarded."),
    ],
    ids=["common words within a sentence", "one word", "few characters", "part of a phrase"],
)
def test_what_anybody_may_have_written_is_no_copy(said, text):
    assert Said([("she", said)]).found_in(text) == set()


def test_struck_text_keeps_its_tags_and_leaves_no_long_word():
    said = "Aufenthaltserlaubnisverlängerung abgelehnt worden"
    text = f"<p>She <strong>said: {said.replace(' worden', '</strong> worden')}.</p>"
    assert without_passages(text, [said, "She"]) == "<p>She <strong>said: […]</strong> worden.</p>"


@pytest.mark.parametrize(("language", "said"), [("en", "A; B; C"), ("ar", "A؛ B؛ C")])
def test_list_has_the_semicolon_of_its_writing(language, said):
    with translation.override(language):
        assert listed(["A", "B", "C"]) == said
