"""What all instruments share: own versions, differences, the lock, codes, translations."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from audits.instruments import (
    difference,
    make_own_version,
    retire,
    save_translation,
    take_back,
    translated,
    used_by,
)
from audits.models import InstrumentLockedError, StaleError, Translation
from benchmarks.models import Benchmark, GuideQuestion, KeyFactor
from checklists.models import Checklist, Item, Section
from tests.factories import (
    BenchmarkFactory,
    ChecklistFactory,
    CityWalkFactory,
    ExampleFactory,
    GuideQuestionFactory,
    ItemFactory,
    KeyFactorFactory,
    ScoreFactory,
    SectionFactory,
    SheetFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _checklist(kept):
    call_command("loaddata", "checklist", verbosity=0)


@pytest.fixture
def checklist(_checklist):
    """The seeded original."""
    return Checklist.objects.get()


@pytest.fixture
def own(checklist):
    return make_own_version(checklist, code="integra_checklist", version="sofia")


@pytest.fixture
def benchmark():
    """Two factors; the first has a question with two sub-questions, and an example."""
    benchmark = BenchmarkFactory(code="b", version="own")
    first = KeyFactorFactory(benchmark=benchmark, key="1", position=1)
    KeyFactorFactory(benchmark=benchmark, key="2", position=2)
    question = GuideQuestionFactory(factor=first, key="q1", position=1)
    GuideQuestionFactory(factor=first, key="q1.1", position=2, parent=question)
    GuideQuestionFactory(factor=first, key="q1.2", position=3, parent=question)
    GuideQuestionFactory(factor=first, key="q2", position=4)
    ExampleFactory(factor=first, key="e1")
    return benchmark


def item(instrument, key):
    return Item.objects.get(section__checklist=instrument, key=key)


def translate(row, field, text, language="bg", **fields):
    return Translation.objects.create(
        target=row, field=field, language=language, text=text, source=getattr(row, field), **fields
    )


# Own versions ---------------------------------------------------------------------------------------------


def test_own_version_has_all_parts_with_their_codes_and_no_identifier_twice(checklist, own):
    assert (own.origin, own.derived_from, own.version) == ("own", checklist, "sofia")
    assert [row.natural_key()[2:] for row in own.rows()] == [row.natural_key()[2:] for row in checklist.rows()]
    assert not {row.uuid for row in own.rows()} & {row.uuid for row in checklist.rows()}
    assert own.sections.get(key="urban").can_be_per_place


def test_own_version_keeps_sub_questions_below_their_question(benchmark):
    copy = make_own_version(benchmark, code="b", version="second")
    copied = GuideQuestion.objects.filter(factor__benchmark=copy)
    assert {question.key: question.parent and question.parent.key for question in copied} == {
        "q1": None,
        "q1.1": "q1",
        "q1.2": "q1",
        "q2": None,
    }
    assert all(question.parent.factor.benchmark == copy for question in copied if question.parent)


def test_own_version_brings_translations_with_their_review(checklist):
    reviewer = UserFactory()
    translate(item(checklist, "V1"), "short", "Стратегия", reviewed_by=reviewer, reviewed_at=timezone.now())
    own = make_own_version(checklist, code="integra_checklist", version="sofia")
    text = translated([item(own, "V1")], "bg")[item(own, "V1"), "short"]
    assert (text.text, text.language, text.draft) == ("Стратегия", "bg", False)


def test_own_version_does_not_take_a_number_or_a_taken_name(checklist, own):
    with pytest.raises(ValidationError, match="Plain numbers are kept for originals"):
        make_own_version(checklist, code="integra_checklist", version="2")
    with pytest.raises(ValidationError, match="There is a version of this name already"):
        make_own_version(checklist, code="integra_checklist", version="sofia")
    assert Checklist.objects.count() == 2


def test_copying_takes_the_same_number_of_queries_for_more_rows(benchmark, django_assert_num_queries):
    make_own_version(benchmark, code="b", version="warm")
    with django_assert_num_queries(22):
        make_own_version(benchmark, code="b", version="few")
    factor = benchmark.factors.get(key="2")
    for number in range(10):
        GuideQuestionFactory(factor=factor, key=f"more-{number}")
    with django_assert_num_queries(22):
        make_own_version(benchmark, code="b", version="many")


# The lock -------------------------------------------------------------------------------------------------


def test_original_is_locked(checklist):
    statement = item(checklist, "V1")
    statement.statement = "Reworded."
    for attempt in (statement.save, statement.delete, checklist.save, checklist.delete):
        with pytest.raises(InstrumentLockedError):
            attempt()
    with pytest.raises(InstrumentLockedError):
        Item(section=statement.section, key="V9", statement="New.").save()
    assert Item.objects.count() == 30


def test_own_version_is_open_until_it_is_used(own):
    first = item(own, "V1")
    first.save()
    CityWalkFactory(checklist=own)
    for attempt in (first.save, first.delete, own.save, own.delete):
        with pytest.raises(InstrumentLockedError):
            attempt()
    with pytest.raises(InstrumentLockedError):
        Item(section=first.section, key="V9", statement="New.").save()


def test_retired_instrument_is_not_offered_and_can_be_taken_back(checklist):
    CityWalkFactory(checklist=checklist)
    retire(checklist)
    assert not Checklist.objects.current().exists()
    take_back(checklist)
    assert Checklist.objects.current().get() == checklist


def test_what_uses_an_instrument_is_found_by_its_foreign_keys(own):
    assert used_by(own) == []
    walk = CityWalkFactory(checklist=own, title="Old town")
    walk.per_place_sections.add(own.sections.get(key="urban"))
    sheet = SheetFactory(walk=walk)
    for key in ("V1", "V2"):
        ScoreFactory(sheet=sheet, item=item(own, key))
    uses = {use.kind: use for use in used_by(own)}
    assert (uses["city walks"].count, uses["city walks"].named) == (1, (walk,))
    assert (uses["scores"].count, uses["scores"].named) == (2, ())
    assert used_by(own.derived_from) == []


def test_used_by_names_twenty_and_counts_the_rest(own):
    for _ in range(22):
        CityWalkFactory(checklist=own)
    (use,) = used_by(own)
    assert (use.count, len(use.named), use.more) == (22, 20, 2)


# Codes ----------------------------------------------------------------------------------------------------


def reword(statement, text):
    statement.statement = text
    statement.recode()
    statement.save()
    return statement.key, statement.replaces


def test_new_wording_gets_a_code_of_its_own(checklist, own):
    assert reword(item(own, "V1"), "The city has a plan.") == ("V1b", "V1")


def test_one_code_stands_for_one_wording_in_all_related_versions(checklist, own):
    reword(item(own, "V1"), "The city has a plan.")
    other = make_own_version(checklist, code="integra_checklist", version="varna")
    assert reword(item(other, "V1"), "The city has a strategy.") == ("V1c", "V1")
    third = make_own_version(checklist, code="integra_checklist", version="ruse")
    assert reword(item(third, "V1"), "The city has a plan.") == ("V1b", "V1")


def test_second_rewording_before_use_keeps_its_code(own):
    reword(item(own, "V1"), "The city has a plan.")
    assert reword(item(own, "V1b"), "The city has a good plan.") == ("V1b", "V1")


def test_going_back_to_the_original_wording_takes_the_original_code_back(checklist, own):
    reword(item(own, "V1"), "The city has a plan.")
    assert reword(item(own, "V1b"), item(checklist, "V1").statement) == ("V1", "")


def test_rewording_a_reworded_statement_replaces_that_one(own):
    reword(item(own, "V1"), "The city has a plan.")
    second = make_own_version(own, code="integra_checklist", version="sofia-2")
    assert reword(item(second, "V1b"), "The city has a good plan.") == ("V1c", "V1b")


def test_code_of_another_wording_is_refused(checklist, own):
    reword(item(own, "V1"), "The city has a plan.")
    other = make_own_version(checklist, code="integra_checklist", version="varna")
    new = Item(section=other.sections.get(key="vision"), key="V1b", statement="Something new.")
    with pytest.raises(ValidationError, match="this code stands for another wording"):
        new.full_clean()
    new.key = "A1"
    with pytest.raises(ValidationError, match="This version has another one with this code"):
        new.full_clean()
    new.key = "V9"
    new.full_clean()


# Differences ----------------------------------------------------------------------------------------------


def test_copy_reads_the_same(checklist, own, benchmark):
    assert not difference(checklist, own)
    assert not difference(benchmark, make_own_version(benchmark, code="b", version="second"))


def test_difference_names_added_removed_reworded_and_moved(checklist, own):
    reword(item(own, "V1"), item(own, "V1").statement.replace("a strategy", "a written strategy"))
    item(own, "C7").delete()
    ItemFactory(section=own.sections.get(key="civic"), key="C8", statement="New.", position=9)
    Item.objects.filter(pk=item(own, "U10").pk).update(position=0)
    moved_over = item(own, "A5")
    moved_over.section = own.sections.get(key="vision")
    moved_over.save()

    found = difference(checklist, own)
    assert [change.row.key for change in found.added] == ["C8"]
    assert [change.row.key for change in found.removed] == ["C7"]
    assert [(change.old.key, change.new.key) for change in found.reworded] == [("V1", "V1b")]
    assert {change.row.key for change in found.moved} == {"U10", "A5"}
    (rewording,) = found.reworded[0].rewordings
    assert [piece.text for piece in rewording.pieces if piece.kind == "ins"] == ["written"]
    assert [piece.text for piece in rewording.pieces if piece.kind == "del"] == []


def test_questions_of_a_reworded_factor_are_the_same_questions(benchmark):
    copy = make_own_version(benchmark, code="b", version="second")
    factor = KeyFactor.objects.get(benchmark=copy, key="1")
    assert reword(factor, "The city does something else.") == ("1b", "1")
    found = difference(benchmark, copy)
    assert not found.added
    assert not found.removed
    assert not found.moved
    assert [change.kind for change in found.reworded] == ["key factor"]


def test_sub_question_under_another_question_has_moved(benchmark):
    copy = make_own_version(benchmark, code="b", version="second")
    inner = GuideQuestion.objects.get(factor__benchmark=copy, key="q1.2")
    inner.parent = GuideQuestion.objects.get(factor__benchmark=copy, key="q2")
    inner.save()
    found = difference(benchmark, copy)
    assert [change.row.key for change in found.moved] == ["q1.2"]
    assert not found.added
    assert not found.removed


# Translations ---------------------------------------------------------------------------------------------


def test_translation_falls_back_to_the_source_and_says_so(checklist):
    first, second = item(checklist, "V1"), item(checklist, "V2")
    translate(first, "statement", "Градът има стратегия.")
    texts = translated([first, second], "bg")
    assert (texts[first, "statement"].text, texts[first, "statement"].language) == ("Градът има стратегия.", "bg")
    assert texts[first, "statement"].draft
    assert (texts[second, "statement"].text, texts[second, "statement"].language) == (second.statement, "en")
    assert str(texts.of(first)["short"]) == first.short


def test_translation_of_another_wording_is_not_shown(own):
    row = item(own, "V1")
    translate(row, "statement", "Градът има стратегия.")
    row.statement = "The city has none."
    assert translated([row], "bg")[row, "statement"].language == "en"


def test_empty_translation_counts_as_none(checklist):
    row = item(checklist, "V1")
    translate(row, "short", "")
    assert translated([row], "bg")[row, "short"].language == "en"


def test_all_texts_of_an_instrument_take_one_query(checklist, django_assert_num_queries):
    rows = list(checklist.rows())
    translated(rows, "bg")
    with django_assert_num_queries(1):
        assert len(translated(rows, "bg")) > 60
    with django_assert_num_queries(0):
        translated(rows, "en")
    loose = list(Item.objects.all())
    with django_assert_num_queries(2):
        translated(loose, "bg")


def save(row, **fields):
    defaults = {"text": "Градът има стратегия.", "reviewed": False, "revision": 0, "by": UserFactory()}
    return save_translation(row, "statement", "bg", **{**defaults, **fields})


def test_translation_is_reviewed_until_its_text_changes(checklist):
    row, reviewer = item(checklist, "V1"), UserFactory()
    assert save(row)
    assert save(row, reviewed=True, revision=1, by=reviewer)
    translation = Translation.objects.get()
    assert (translation.reviewed_by, translation.is_reviewed, translation.revision) == (reviewer, True, 2)
    assert save(row, text="Друго.", revision=2)
    translation.refresh_from_db()
    assert (translation.reviewed_by, translation.is_reviewed) == (None, False)


def test_saving_the_same_text_changes_nothing(checklist):
    row = item(checklist, "V1")
    save(row)
    assert not save(row, revision=1)
    assert Translation.objects.get().revision == 1


def test_stale_translation_is_refused_and_shows_the_other_text(checklist):
    row = item(checklist, "V1")
    save(row)
    with pytest.raises(StaleError) as stale:
        save(row, text="Мое.", revision=0)
    assert stale.value.current.text == "Градът има стратегия."


def test_old_translation_of_a_changed_source_waits_for_somebody_to_look(own):
    row = item(own, "V1")
    save(row, reviewed=True)
    row.statement = "The city has a written strategy."
    row.save()
    assert not save(row, revision=1)
    assert translated([row], "bg")[row, "statement"].language == "en"
    assert save(row, reviewed=True, revision=1)
    assert translated([row], "bg")[row, "statement"].language == "bg"


def test_translations_go_with_the_rows_they_translate(checklist, own):
    translate(item(own, "V1"), "statement", "Градът има стратегия.")
    translate(own, "title", "Списък")
    translate(item(checklist, "V1"), "statement", "Градът има стратегия.")
    own.delete()
    assert Translation.objects.count() == 1
    assert not Section.objects.filter(checklist__version="sofia").exists()


def test_natural_key_finds_a_row_in_one_query(benchmark, django_assert_num_queries):
    question = GuideQuestion.objects.get(key="q1.1")
    with django_assert_num_queries(1):
        assert GuideQuestion.objects.get_by_natural_key("b", "own", "1", "q1.1") == question
    assert Benchmark.objects.get_by_natural_key("b", "own") == benchmark


def test_family_is_everything_from_one_original(checklist, own):
    second = make_own_version(own, code="integra_checklist", version="sofia-2")
    stranger = ChecklistFactory()
    assert sorted(second.family()) == sorted([checklist.pk, own.pk, second.pk])
    assert stranger.family() == [stranger.pk]
    SectionFactory(checklist=stranger)
