"""Configuring a benchmark: its factors in order, below each factor questions, sub-questions, criteria, examples."""

import json

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from audits.instruments import load_translations, translated
from audits.instruments.admin import admin_url
from audits.models import Translation
from benchmarks.forms.judging import JudgementForm
from benchmarks.library import reading
from benchmarks.models import Benchmark, ContextFactor, GuideQuestion, KeyFactor
from benchmarks.results import result_of
from tests.admin import add_row, errors, posted, said
from tests.factories import (
    AssessedFactorFactory,
    BenchmarkFactory,
    ExampleFactory,
    GuideQuestionFactory,
    KeyFactorFactory,
    UserFactory,
)
from tests.factories.benchmarks import ContextFactorFactory, JudgementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform(client):
    """The client of a platform admin."""
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def benchmark():
    """An own version with the factors A, B, C, D."""
    benchmark = BenchmarkFactory()
    for position, key in enumerate("ABCD", 1):
        KeyFactorFactory(benchmark=benchmark, key=key, position=position)
    return benchmark


@pytest.fixture
def factor(benchmark):
    """Factor A with the questions q1 (sub-questions q1.1 and q1.2) and q2."""
    factor = benchmark.factors.get(key="A")
    first = GuideQuestionFactory(factor=factor, key="q1", position=1)
    GuideQuestionFactory(factor=factor, key="q1.1", position=2, parent=first)
    GuideQuestionFactory(factor=factor, key="q1.2", position=3, parent=first)
    GuideQuestionFactory(factor=factor, key="q2", position=4)
    return factor


def order(queryset) -> list[tuple[int, str]]:
    return list(queryset.values_list("position", "key"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"D": 2}, "ADBC"),
        ({"A": 3}, "BCAD"),
        ({"A": 99}, "BCDA"),
        ({"A": 4, "B": 3, "C": 2, "D": 1}, "DCBA"),
        ({"B": ""}, "ABCD"),
        ({}, "ABCD"),
    ],
)
def test_typed_position_numbers_order_the_factors(platform, benchmark, typed, expected):
    changes = {f"factors-{'ABCD'.index(key)}-position": number for key, number in typed.items()}
    url = admin_url(benchmark)
    assert platform.post(url, posted(platform.get(url), **changes)).status_code == 302
    assert order(benchmark.factors.all()) == list(enumerate(expected, 1))


def test_position_that_is_no_number_is_refused_and_nothing_moves(platform, benchmark):
    url = admin_url(benchmark)
    page = platform.post(url, posted(platform.get(url), **{"factors-0-position": "first", "factors-1-title": "New"}))
    assert "Write a whole number." in errors(page)
    assert not KeyFactor.objects.filter(title="New").exists()


def test_deleted_and_added_factors_leave_no_gap(platform, benchmark):
    url = admin_url(benchmark)
    data = posted(platform.get(url), **{"factors-1-DELETE": "on"})
    data = add_row(data, "factors", key="E", part="", title="New", statement="The city does a new thing.", position=1)
    assert platform.post(url, data).status_code == 302
    assert order(benchmark.factors.all()) == list(enumerate("EACD", 1))


def test_two_factors_cannot_have_one_code(platform, benchmark):
    url = admin_url(benchmark)
    data = add_row(posted(platform.get(url)), "factors", key="A", part="", statement="Another thing.")
    assert "This version has another one with this code." in errors(platform.post(url, data))
    assert benchmark.factors.count() == 4


def test_factor_page_adds_questions_with_codes_of_their_own(platform, factor):
    first = factor.questions.get(key="q1")
    url = admin_url(factor)
    data = add_row(posted(platform.get(url)), "questions", text="And now?")
    data = add_row(data, "questions", text="Below the first?", parent=first.pk)
    data = add_row(data, "examples", city="Ghent", title="A bus", text="Ghent has a bus.")
    assert platform.post(url, data).status_code == 302
    assert order(factor.questions.all()) == list(enumerate(["q1", "q1.1", "q1.2", "q4", "q2", "q3"], 1))
    assert factor.questions.get(key="q4").parent == first
    assert factor.examples.get().key == "e1"


def test_sub_questions_move_with_their_question(platform, factor):
    url = admin_url(factor)
    assert platform.post(url, posted(platform.get(url), **{"questions-3-position": 1})).status_code == 302
    assert order(factor.questions.all()) == list(enumerate(["q2", "q1", "q1.1", "q1.2"], 1))


def test_sub_question_has_no_sub_questions(platform, factor):
    url = admin_url(factor)
    inner = factor.questions.get(key="q1.1")
    other = factor.questions.get(key="q2")
    page = platform.post(url, posted(platform.get(url), **{"questions-3-parent": inner.pk}))
    assert any("cannot be chosen here" in message for message in errors(page))
    page = platform.post(
        url, posted(platform.get(url), **{"questions-0-parent": other.pk, "questions-3-parent": other.pk})
    )
    assert "Choose one that does not itself belong to another." in errors(page)
    assert GuideQuestion.objects.filter(parent=other).count() == 0


def test_question_of_another_factor_is_no_parent(platform, factor, benchmark):
    foreign = GuideQuestionFactory(factor=benchmark.factors.get(key="B"))
    url = admin_url(factor)
    page = platform.post(url, posted(platform.get(url), **{"questions-3-parent": foreign.pk}))
    assert any("cannot be chosen here" in message for message in errors(page))


def test_question_is_not_deleted_with_its_sub_questions_unasked(platform, factor):
    url = admin_url(factor)
    page = platform.post(url, posted(platform.get(url), **{"questions-0-DELETE": "on", "questions-3-text": "Kept?"}))
    message = "2 rows stand below it (guide questions). Move or delete them first."
    assert said(page) == [message]
    assert message in page.content.decode()
    assert "Kept?" in page.content.decode()
    page = platform.post(url, posted(platform.get(url), **{"questions-0-DELETE": "on", "questions-1-DELETE": "on"}))
    assert said(page) == ["1 row stands below it (guide questions). Move or delete it first."]
    assert factor.questions.count() == 4


@pytest.mark.parametrize("way", ["delete all", "move"])
def test_question_is_deleted_when_nothing_stands_below_it_any_more(platform, factor, way):
    url = admin_url(factor)
    other = factor.questions.get(key="q2").pk
    inner = {"DELETE": "on"} if way == "delete all" else {"parent": other}
    changes = {f"questions-{number}-{name}": value for number in (1, 2) for name, value in inner.items()}
    response = platform.post(url, posted(platform.get(url), **{"questions-0-DELETE": "on"}, **changes))
    assert response.status_code == 302, errors(response)
    assert [row.key for row in factor.questions.all()] == (["q2"] if way == "delete all" else ["q2", "q1.1", "q1.2"])


def test_factor_is_not_deleted_with_what_stands_below_it_unasked(platform, benchmark, factor):
    ExampleFactory(factor=factor)
    url = admin_url(benchmark)
    page = platform.post(url, posted(platform.get(url), **{"factors-0-DELETE": "on"}))
    assert said(page) == [
        "5 rows stand below it (guide questions: 4, examples: 1). Open it to delete it with what stands below it."
    ]
    assert benchmark.factors.count() == 4
    assert "Examples" in platform.get(admin_url(factor, "delete")).content.decode()


def test_no_row_is_offered_as_its_own_parent(platform, factor):
    url = admin_url(factor)
    page = platform.get(url)
    first = factor.questions.get(key="q1")
    own, other = page.context["inline_admin_formsets"][0].formset.forms[0::3]
    assert first.pk not in [value for value, _name in own.fields["parent"].choices]
    assert first.pk in [value for value, _name in other.fields["parent"].choices]
    refused = platform.post(url, posted(page, **{"questions-0-parent": first.pk}))
    assert said(refused) == ["This cannot be chosen here. Choose something else."]
    first.parent = first
    with pytest.raises(ValidationError, match="It cannot belong to itself"):
        first.full_clean()


def test_part_of_a_factor_is_asked_where_the_benchmark_has_parts(platform, benchmark, factor):
    def page():
        return platform.get(admin_url(benchmark)).content.decode()

    assert "field-part" not in page()
    assert 'name="part"' in platform.get(admin_url(factor)).content.decode()
    KeyFactor.objects.filter(pk=factor.pk).update(part="core")
    assert "field-part" in page()


def test_factor_without_a_title_is_called_by_whole_words(platform, benchmark):
    KeyFactor.objects.update(title="", statement="The city " + "investigates " * 20)
    text = platform.get(admin_url(benchmark.factors.get(key="B"))).content.decode()
    name = "The city" + " investigates" * 9 + "…"
    assert f"<h1>B {name}</h1>" in text
    assert f"A {name}" in text
    assert text.count("<footer") == 1


def test_factor_page_leads_to_its_neighbours_and_back(platform, benchmark, factor):
    page = platform.get(admin_url(benchmark.factors.get(key="B")))
    assert page.context["before"].url == admin_url(factor)
    assert page.context["after"].url == admin_url(benchmark.factors.get(key="C"))
    assert (str(benchmark), admin_url(benchmark)) in page.context["trail"]


def test_benchmark_in_use_is_shown_with_the_assessments_that_use_it(platform, benchmark, factor):
    assessed = AssessedFactorFactory(
        assessment__benchmark=benchmark, assessment__title="Self-assessment", factor=factor
    )
    content = platform.get(admin_url(benchmark)).content.decode()
    assert f"Self-assessment ({assessed.assessment.audit})" in content
    assert "assessed factors: 1" in content
    assert platform.get(admin_url(factor)).status_code == 200


def test_pages_take_the_same_number_of_queries_for_more_rows(platform, benchmark, factor, django_assert_num_queries):
    def look():
        with django_assert_num_queries(16):
            platform.get(admin_url(benchmark))
        with django_assert_num_queries(14):
            platform.get(admin_url(factor))

    ExampleFactory(factor=factor)
    platform.get(admin_url(benchmark))
    look()
    for number in range(3):
        KeyFactorFactory(benchmark=benchmark, key=f"more-{number}")
        GuideQuestionFactory(factor=factor, key=f"more-{number}", parent=factor.questions.get(key="q1"))
        ExampleFactory(factor=factor, key=f"more-{number}")
    look()


def test_lists_take_the_same_number_of_queries_for_more_rows(platform, django_assert_num_queries):
    def row():
        ExampleFactory(factor=GuideQuestionFactory().factor)

    lists = ("benchmark", "keyfactor", "guidequestion", "example")
    row()
    for name in lists:
        platform.get(reverse(f"admin:benchmarks_{name}_changelist"))
    for rows in (1, 3):
        while Benchmark.objects.count() < rows:
            row()
        for name in lists:
            with django_assert_num_queries(6):
                platform.get(reverse(f"admin:benchmarks_{name}_changelist"))


def test_examples_and_questions_are_found_across_benchmarks(platform):
    for name in ("benchmark_anti_discrimination", "benchmark_cultural_diversity"):
        call_command("loaddata", name, verbosity=0)
    examples = platform.get(reverse("admin:benchmarks_example_changelist"), {"q": "nantes"})
    assert len(examples.context["cl"].result_list) == 3
    questions = platform.get(reverse("admin:benchmarks_guidequestion_changelist"), {"q": "burial MEALS"})
    assert [question.factor.key for question in questions.context["cl"].result_list] == ["09"]


def test_factor_is_found_by_a_word_of_its_translation(platform, benchmark, factor):
    Translation.objects.create(target=factor, field="statement", language="bg", text="Градът наема мигранти.")
    page = platform.get(reverse("admin:benchmarks_keyfactor_changelist"), {"q": "НАЕМА"})
    assert [row.key for row in page.context["cl"].result_list] == ["A"]


def test_shared_rows_are_shown_and_not_changed(platform):
    call_command("loaddata", "benchmark_methods", verbosity=0)
    factor = ContextFactor.objects.first()
    url = reverse("admin:benchmarks_contextfactor_change", args=[factor.pk])
    assert platform.get(url).status_code == 200
    assert platform.post(url, {"title": "New"}).status_code == 403
    assert platform.get(reverse("admin:benchmarks_contextfactor_add")).status_code == 403
    found = platform.get(reverse("admin:benchmarks_contextfactor_changelist"), {"q": "LABOUR"})
    assert [row.key for row in found.context["cl"].result_list] == ["economy"]


def test_new_benchmark_from_nothing_is_an_own_version(platform):
    url = reverse("admin:benchmarks_benchmark_add")
    page = platform.get(url)
    assert not posted(page)["version"]
    data = posted(page, title="Our own", code="ours", version="2026", source_title="We", authoring="We")
    assert any("Plain numbers" in message for message in errors(platform.post(url, data)))
    data["version"] = "a"
    response = platform.post(url, data)
    assert response.status_code == 302, errors(response)
    assert not Benchmark.objects.get(code="ours").is_original
    assert get_messages(response.wsgi_request)


def test_context_factors_are_translated_and_read_in_the_language_of_the_reader(platform):
    factor = ContextFactorFactory(title="Budget cuts", text="Less money.")
    address = reverse("admin:benchmarks_contextfactor_translations")
    assert address in platform.get(reverse("admin:benchmarks_contextfactor_changelist")).content.decode()
    page = platform.get(address, {"language": "it"})
    name = next(one.name for one in page.context["page"].shown if one.field == "title")
    sent = {f"{name}-text": "Tagli al bilancio", f"{name}-revision": 0}
    assert platform.post(f"{address}?language=it", sent).status_code == 302
    translation = Translation.objects.get()
    assert (translation.target, translation.text) == (factor, "Tagli al bilancio")
    shown = platform.get(reverse("admin:audits_translation_change", args=[translation.pk]))
    assert shown["Location"].startswith(f"{address}?language=it")
    judgement = JudgementFactory(verdict="partly")
    judgement.context_factors.add(factor)
    assessment = judgement.assessed.assessment
    [read] = reading(assessment.benchmark, "it").context
    assert (str(read.title), str(read.text)) == ("Tagli al bilancio", "Less money.")
    [result] = result_of(assessment, "it").factors
    assert [(one.text, one.language) for one in result.context_factors] == [("Tagli al bilancio", "it")]
    with override("it"):
        form = JudgementForm(instance=judgement, questions={})
        assert '<span lang="it">Tagli al bilancio</span>' in str(form["context_factors"])


def test_translations_of_context_factors_are_loaded_and_are_for_administrators_alone(client, tmp_path):
    factor = ContextFactorFactory(key="law")
    entry = {"model": "benchmarks.contextfactor", "key": ["law"], "texts": {"title": "Diritto"}}
    (tmp_path / "it.json").write_text(json.dumps([entry]), encoding="utf-8")
    assert load_translations(tmp_path) == 1
    assert str(translated([factor], "it")[factor, "title"]) == "Diritto"
    client.force_login(UserFactory())
    assert client.get(reverse("admin:benchmarks_contextfactor_translations")).status_code == 302
