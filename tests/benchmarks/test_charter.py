"""The charter: what the city says of each commitment, how far judged factors back it, and who may link them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audits.dates import long_date
from audits.enums import Role
from benchmarks.charter import Backing, charter_of
from benchmarks.enums import Part, Stance, Verdict
from benchmarks.models import CharterCommitment, CharterLink, CommitmentStance, KeyFactor
from benchmarks.scoring import summed
from tests import factories
from tests.admin import add_row, posted, said
from tests.factories.benchmarks import (
    AssessedFactorFactory,
    AssessmentFactory,
    CharterCommitmentFactory,
    JudgementFactory,
    SchemeFactory,
)
from tests.factories.instruments import BenchmarkFactory, KeyFactorFactory

pytestmark = pytest.mark.django_db

IN, PARTLY, NOT, IRRELEVANT, OPEN = Verdict


@pytest.fixture
def audit():
    return factories.AuditFactory()


@pytest.fixture
def researcher(client, audit):
    client.force_login(factories.MembershipFactory(audit=audit, role=Role.RESEARCHER).user)
    return client


@pytest.fixture
def commitment():
    return CharterCommitmentFactory()


def linked(commitment, **factor):
    factor = KeyFactorFactory(**factor)
    CharterLink.objects.create(commitment=commitment, benchmark=factor.benchmark.code, factor=factor.key)
    return factor


def judged(audit, factor, verdict, at=None, **assessment):
    run = AssessmentFactory(audit=audit, benchmark=factor.benchmark, **assessment)
    judgement = JudgementFactory(assessed=AssessedFactorFactory(assessment=run, factor=factor), verdict=verdict)
    if at:
        type(judgement).objects.filter(pk=judgement.pk).update(changed_at=at)
    return judgement


def kept(audit, commitment):
    return next(one for role in charter_of(audit, "en") for one in role.commitments if one.commitment == commitment)


def page_of(client, audit):
    return client.get(reverse("benchmarks:charter", args=[audit.slug]))


def text(response):
    return " ".join(response.content.decode().split())


# Sums --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], OPEN),
        ([OPEN, OPEN], OPEN),
        ([IN, IN], IN),
        ([IN, IRRELEVANT], IN),
        ([IRRELEVANT, IRRELEVANT, OPEN], IRRELEVANT),
        ([NOT, NOT], NOT),
        ([IN, NOT], PARTLY),
        ([PARTLY, IN], PARTLY),
        ([IN, OPEN], IN),
    ],
)
def test_judgements_of_neighbourhoods_are_summed_up(verdicts, expected):
    assert summed(verdicts) is expected


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ((), ["No key factor is named yet that serves this commitment"]),
        ((None, OPEN), ["2 key factors serve it; none of them is judged yet", "1 in no assessment yet"]),
        (
            (None, IRRELEVANT),
            ["1 key factor serves it; it is not judged yet", "1 in no assessment yet", "1 not relevant here"],
        ),
        ((IRRELEVANT, IRRELEVANT), ["No key factor that serves it is relevant here"]),
        (
            (IN, PARTLY, IN, NOT, OPEN, IRRELEVANT),
            [
                "3 of 5 key factors in place or partly",
                "1 of them partly",
                "1 not in place",
                "1 not judged yet",
                "1 not relevant here",
            ],
        ),
    ],
)
def test_backing_is_said_in_words(verdicts, words):
    assert Backing(verdicts).words == words


def test_newest_judgement_of_this_audit_counts(audit, commitment):
    factor = linked(commitment)
    now = timezone.now()
    judged(audit, factor, IN, at=now - timedelta(days=3))
    newest = judged(audit, factor, NOT, at=now - timedelta(days=1))
    judged(audit, factor, OPEN, at=now)
    judged(factories.AuditFactory(), factor, IN, at=now)
    (serving,) = kept(audit, commitment).serving
    assert serving.verdict is NOT
    assert serving.standing.assessed == newest.assessed


def test_older_judgement_that_differs_is_named_beside_the_newest(researcher, audit, commitment):
    factor, now = linked(commitment), timezone.now()
    for days, verdict, title in ((900, PARTLY, "Oldest"), (400, NOT, "Old"), (300, IN, "Same"), (2, IN, "Newest")):
        judged(audit, factor, verdict, now - timedelta(days=days), title=title)
    judged(audit, factor, OPEN, title="Open")
    serving = kept(audit, commitment).serving[0]
    assert serving.standing.assessed.assessment.title == "Newest"
    assert [one.assessed.assessment.title for one in serving.otherwise] == ["Old", "Oldest"]
    page = text(page_of(researcher, audit))
    assert "An older assessment judges 1 of them otherwise." in page
    day = long_date(timezone.localtime(now - timedelta(days=400)))
    assert f"Judged otherwise before: Not in place · {day} · " in page
    assert f"In place · {long_date(timezone.localtime(now - timedelta(days=2)))} · " in page


def test_judgement_holds_for_all_versions_of_a_benchmark(audit, commitment):
    factor = linked(commitment)
    own = BenchmarkFactory(code=factor.benchmark.code, version="velmora")
    judged(audit, KeyFactorFactory(benchmark=own, key=factor.key), PARTLY)
    assert [one.verdict for one in kept(audit, commitment).serving] == [PARTLY]


def test_factor_out_of_scope_is_in_no_assessment(audit, commitment):
    factor = linked(commitment)
    AssessedFactorFactory(assessment__audit=audit, factor=factor, in_scope=False)
    assert [one.verdict for one in kept(audit, commitment).serving] == [None]


def test_neighbourhood_factor_counts_with_the_sum_of_its_neighbourhoods(audit, commitment):
    factor = linked(commitment, part=Part.NEIGHBOURHOOD)
    run = AssessmentFactory(audit=audit, benchmark=factor.benchmark)
    assessed = AssessedFactorFactory(assessment=run, factor=factor)
    for verdict in (IN, NOT, OPEN):
        JudgementFactory(assessed=assessed, scheme=SchemeFactory(assessment=run), verdict=verdict)
    assert [one.verdict for one in kept(audit, commitment).serving] == [PARTLY]


def test_link_that_is_switched_off_or_leads_nowhere_does_not_count(audit, commitment):
    factor = linked(commitment)
    CharterLink.objects.update(counts=False)
    CharterLink.objects.create(commitment=commitment, benchmark=factor.benchmark.code, factor="gone")
    assert kept(audit, commitment).serving == ()


def test_page_shows_roles_commitments_and_the_factors_behind_them(researcher, audit):
    call_command("seed", verbosity=0)
    factor = KeyFactor.objects.get(benchmark__code="cultural_diversity", key="09")
    judged(audit, factor, IN, title="Diversity 2026")
    response = page_of(researcher, audit)
    assert [len(role.commitments) for role in response.context["roles"]] == [3, 2, 3, 3]
    page = text(response)
    assert "Ensure that migrants&#x27; needs are understood and met by service providers." in page
    assert "1 of 4 key factors in place or partly" in page
    assert "Diversity 2026" in page
    assert "3 key factors serve it; none of them is judged yet" in page


def test_page_takes_the_same_queries_at_3_and_at_300_rows(researcher, audit):
    page_of(researcher, audit)
    queries = []
    for more in (3, 297):
        for _ in range(more):
            commitment = CharterCommitmentFactory()
            judged(audit, linked(commitment), PARTLY)
            CommitmentStance.objects.create(audit=audit, commitment=commitment, text="We do.")
        with CaptureQueriesContext(connection) as captured:
            assert page_of(researcher, audit).status_code == 200
        queries.append(len(captured))
    assert queries[0] == queries[1]


# What the city says ------------------------------------------------------------------------------------------


def address(audit, commitment):
    return reverse("benchmarks:commitment", args=[audit.slug, commitment.key])


def test_stance_is_written_and_shown(researcher, audit, commitment):
    form = researcher.get(address(audit, commitment)).context["form"]
    assert form["version"].value() == 1
    assert not CommitmentStance.objects.exists()
    sent = {"stance": "advocated", "text": "We meet the region twice a year.", "version": "1"}
    response = researcher.post(address(audit, commitment), sent)
    assert response.url.startswith(reverse("benchmarks:charter", args=[audit.slug]))
    stance = CommitmentStance.objects.get(audit=audit, commitment=commitment)
    assert (stance.stance, stance.text, stance.version) == (Stance.ADVOCATED, sent["text"], 2)
    page = text(page_of(researcher, audit))
    assert "Advocated: others provide the service" in page
    assert "We meet the region twice a year." in page


def test_two_people_who_begin_at_once_see_both_texts(researcher, audit, commitment):
    first, second = ({"stance": "own", "text": words, "version": "1"} for words in ("Hers.", "His."))
    researcher.post(address(audit, commitment), first)
    response = researcher.post(address(audit, commitment), second)
    assert response.status_code == 409
    page = text(response)
    assert "Hers." in page
    assert "His." in page
    assert CommitmentStance.objects.get().text == "Hers."
    again = researcher.post(
        address(audit, commitment), {**second, "version": response.context["form"]["version"].value()}
    )
    assert again.status_code == 302
    assert CommitmentStance.objects.get().text == "His."


def test_text_that_is_too_long_comes_back_whole_with_a_sentence(researcher, audit, commitment):
    response = researcher.post(address(audit, commitment), {"stance": "own", "text": "x" * 3001, "version": "1"})
    assert "3000" in str(response.context["form"].errors["text"])
    assert "x" * 3001 in response.content.decode()
    assert "maxlength" not in str(response.context["form"]["text"])


def test_stance_belongs_to_its_audit(researcher, audit, commitment):
    CommitmentStance.objects.create(audit=factories.AuditFactory(), commitment=commitment, text="Somebody else’s.")
    assert "Somebody else’s." not in text(page_of(researcher, audit))
    assert "Somebody else’s." not in text(researcher.get(address(audit, commitment)))


def test_unknown_commitment_is_not_found(researcher, audit):
    assert researcher.get(reverse("benchmarks:commitment", args=[audit.slug, "nothing"])).status_code == 404


# Links -------------------------------------------------------------------------------------------------------


def test_every_commitment_is_served_by_factors_that_exist():
    call_command("seed", verbosity=0)
    counts = {}
    for link in CharterLink.objects.select_related("commitment"):
        counts[link.commitment.key] = counts.get(link.commitment.key, 0) + 1
        assert KeyFactor.objects.filter(benchmark__code=link.benchmark, key=link.factor).count() == 1, link
    assert counts.keys() == set(CharterCommitment.objects.values_list("key", flat=True))
    assert all(2 <= count <= 10 for count in counts.values())


def test_seeding_again_leaves_links_of_administrators_as_they_are():
    call_command("seed", verbosity=0)
    off = CharterLink.objects.first()
    CharterLink.objects.filter(pk=off.pk).update(counts=False)
    own = CharterLink.objects.create(commitment=off.commitment, benchmark="theme_a", factor="9")
    before = set(CharterLink.objects.values_list("pk", "counts"))
    call_command("seed", verbosity=0)
    assert set(CharterLink.objects.values_list("pk", "counts")) == before
    assert (own.pk, True) in before


@pytest.fixture
def platform(client):
    client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
    return client


def change(commitment):
    return reverse("admin:benchmarks_chartercommitment_change", args=[commitment.pk])


def test_administrator_links_a_factor_and_switches_one_off(platform, commitment):
    factor, other = linked(commitment), KeyFactorFactory()
    page = platform.get(change(commitment))
    assert factor.title in text(page)
    data = posted(page)
    data.pop("links-0-counts")
    data = add_row(data, "links", benchmark=other.benchmark.code, factor=other.key, counts="on")
    assert platform.post(change(commitment), data).status_code == 302
    links = {link.factor: link.counts for link in commitment.links.all()}
    assert links == {factor.key: False, other.key: True}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"benchmark": "nowhere", "factor": "1"}, "There is no benchmark with this code."),
        ({"factor": "nothing"}, "This benchmark has no key factor with this code."),
    ],
)
def test_link_to_a_factor_that_does_not_exist_is_refused(platform, commitment, row, words):
    factor = KeyFactorFactory()
    wanted = {"benchmark": factor.benchmark.code, "factor": factor.key, **row}
    response = platform.post(change(commitment), add_row(posted(platform.get(change(commitment))), "links", **wanted))
    assert words in said(response)
    assert not commitment.links.exists()


def test_commitment_itself_stays_as_the_charter_has_it(platform, commitment):
    data = posted(platform.get(change(commitment)))
    platform.post(change(commitment), {**data, "text": "Other words", "role": "buyers"})
    commitment.refresh_from_db()
    assert commitment.text != "Other words"


def test_links_of_the_seed_are_the_ones_that_were_checked():
    call_command("seed", verbosity=0)
    links = set(CharterLink.objects.values_list("commitment__key", "benchmark", "factor"))
    assert {("policy_makers-3", "theme_cd", "KF5"), ("policy_makers-3", "unites_codesign", "6")} < links
    assert ("employers-1", "theme_b", "2") not in links
