import pytest

from audits.enums import Role
from benchmarks import actions
from tests import factories


@pytest.fixture
def audit(db):
    return factories.AuditFactory()


@pytest.fixture
def member(audit):
    """Makes a member of the audit's team in a role."""

    def make(role=Role.COORDINATOR, **user):
        return factories.MembershipFactory(audit=audit, role=role, user=factories.UserFactory(**user)).user

    return make


@pytest.fixture
def researcher(member):
    return member(Role.RESEARCHER)


@pytest.fixture
def team(client, researcher):
    """The researcher's browser, past the first request of a session."""
    client.force_login(researcher)
    client.get("/help/")
    return client


@pytest.fixture
def benchmark(db):
    """A benchmark with three factors; the first has two guide questions, the second of them with a sub-question."""
    one = factories.BenchmarkFactory(code="fairness", title="Fairness")
    for number in (1, 2, 3):
        factories.KeyFactorFactory(
            benchmark=one,
            key=f"0{number}",
            position=number,
            title=f"Factor {number}",
            statement=f"The city does thing {number}.",
        )
    first = one.factors.get(key="01")
    factories.GuideQuestionFactory(factor=first, key="q1", position=1, text="Is it written down?")
    second = factories.GuideQuestionFactory(factor=first, key="q2", position=2, text="Who does it?")
    factories.GuideQuestionFactory(factor=first, key="q2.1", position=3, text="in schools", parent=second)
    factories.ExampleFactory(factor=first, key="e1", position=1, city="Ghent", text="Ghent did it.")
    return one


@pytest.fixture
def assessment(audit, benchmark):
    return actions.create_assessment(audit=audit, benchmark=benchmark, by=None, title="Fairness 2026")


@pytest.fixture
def scheme_benchmark(db):
    """A benchmark with a factor of the whole city and one that is judged per neighbourhood."""
    one = factories.BenchmarkFactory(code="taking-part", title="Taking part")
    factories.KeyFactorFactory(benchmark=one, key="KF1", position=1, part="core", title="Strategy")
    factories.KeyFactorFactory(benchmark=one, key="KF/N1", position=2, part="neighbourhood", title="Area")
    return one
