import factory

from benchmarks.models import Benchmark, Example, GuideQuestion, KeyFactor


class InstrumentFactory(factory.django.DjangoModelFactory):
    """Writes rows as a fixture does: past the lock of an instrument that is in use."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, **kwargs)
        row.save_base(raw=True)
        return row


class BenchmarkFactory(InstrumentFactory):
    class Meta:
        model = Benchmark

    code = factory.Sequence(lambda n: f"benchmark-{n}")
    version = "own"
    title = "Benchmark"
    source_title = "A toolkit"
    authoring = "Its authors"


class KeyFactorFactory(InstrumentFactory):
    class Meta:
        model = KeyFactor

    benchmark = factory.SubFactory(BenchmarkFactory)
    key = factory.Sequence(lambda n: f"F{n}")
    title = factory.Sequence(lambda n: f"Factor {n}")
    statement = factory.Sequence(lambda n: f"The city does thing {n}.")
    position = factory.Sequence(int)


class GuideQuestionFactory(InstrumentFactory):
    class Meta:
        model = GuideQuestion

    factor = factory.SubFactory(KeyFactorFactory)
    key = factory.Sequence(lambda n: f"q{n}")
    text = factory.Sequence(lambda n: f"Does the city do thing {n}?")
    position = factory.Sequence(int)


class ExampleFactory(InstrumentFactory):
    class Meta:
        model = Example

    factor = factory.SubFactory(KeyFactorFactory)
    key = factory.Sequence(lambda n: f"e{n}")
    city = "Ghent"
    text = "Ghent did it."
    position = factory.Sequence(int)
