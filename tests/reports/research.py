"""A whole desk research and an assessment in the database, for the tests of the report: twelve documents, six
institutions and a missing one, partnerships, answers."""

from datetime import date

from django.utils import timezone

from benchmarks.enums import AssessmentState, EvidenceKind, Verdict
from deskresearch.enums import (
    AnswerState,
    DocumentKind,
    GovernanceLevel,
    InstitutionKind,
    Level,
    Participation,
    PartnershipKind,
    Point,
    ProvisionTopic,
    Published,
    Rating,
    Scope,
    Sector,
)
from deskresearch.models import DocumentRating
from tests.factories import (
    AnswerFactory,
    AssessedFactorFactory,
    AssessmentFactory,
    BenchmarkFactory,
    DocumentFactory,
    EvidenceFactory,
    InstitutionFactory,
    JudgementFactory,
    KeyFactorFactory,
    PartnershipFactory,
    ProvisionFactory,
    ResearchFactory,
    ResearchGuideFactory,
    ResearchQuestionFactory,
    SourceTypeFactory,
    StepFactory,
)

YES, PARTLY, NO, UNKNOWN = Rating.YES, Rating.PARTLY, Rating.NO, Rating.UNKNOWN
# Title, kind, source type, level, years, scope, sector, published, ratings in the order of the points (None: not rated).
DOCUMENTS = [
    ("Integration Strategy 2024–2030", "strategy", "documents", Level.CITY, (2024, 2030), Scope.TCN, "", "yes", "yyyppnp pnyyyyp"),
    ("Action Plan to the Integration Strategy", "action_plan", "documents", Level.CITY, (2024, 2026), Scope.TCN, "", "yes", "yyppyyp ppyyyp-"),
    ("Municipal Development Plan", "strategy", "documents", Level.CITY, (2021, 2027), Scope.GENERAL, "", "yes", "ppnnypy unpp-yn"),
    ("Social Services Strategy", "strategy", "documents", Level.CITY, (2022, 2026), Scope.SECTORAL, "social", "yes", "ypyypyp pppypnn"),
    ("Education Programme", "programme", "documents", Level.CITY, (2023, 2027), Scope.SECTORAL, "education", "yes", "yyypyyy yypypnp"),
    ("Community Safety Programme", "programme", "documents", Level.CITY, (2023, 2026), Scope.SECTORAL, "safety", "no", "nnpnpyp unnnnyn"),
    ("Housing Ordinance", "ordinance", "documents", Level.CITY, (2019, None), Scope.SECTORAL, "housing", "yes", "nnnnnun nnnpnyn"),
    ("Youth and Culture Programme", "programme", "documents", Level.CITY, (2025, 2028), Scope.SECTORAL, "culture", "unknown", "ppyp-yn ------p"),
    ("National Integration Programme", "programme", "secondary", Level.NATION, (2023, 2027), Scope.TCN, "", "unknown", "------- -------"),
    ("Action Plan on Integration and Inclusion", "action_plan", "secondary", Level.EU, (2021, 2027), Scope.TCN, "", "unknown", "------- -------"),
    ("A Lease of One’s Own", "study", "literature", Level.OTHER, (2025, 2025), Scope.SECTORAL, "housing", "unknown", "------- -------"),
    ("Migration in the local press", "article", "media", Level.OTHER, (2025, 2025), Scope.GENERAL, "", "unknown", "------- -------"),
]  # fmt: skip
VALUES = {"y": YES, "p": PARTLY, "n": NO, "u": UNKNOWN}
REASONS = {
    YES: "It says so in its aims, names who answers for it and sets a date by which it has to be done.",
    PARTLY: "It is mentioned, without measures, money or figures of its own.",
    NO: "It does not occur in the document.",
    UNKNOWN: "Neither the department nor the archive could say.",
}
TYPES = {
    "documents": "Document review",
    "literature": "Literature review",
    "secondary": "Secondary data review",
    "media": "Media publications",
}
QUESTIONS = {
    "1.1": "What specific government policies are in place that address urban security with reference to TCN in your city?",
    "1.2": "Are these policies and strategic documents aligned with the overall integration policies in the country?",
    "1.3": "Are they aligned with national and EU level strategic documents?",
    "1.4": "Are they evaluated/revised/updated on a regular basis?",
    "1.5": "Do they follow a right-based approach?",
    "1.6": "Do they take into account gender-specific issues?",
    "1.7": "Do the strategic and policy documents for TCN integration correlate with other city policies?",
    "1.8": "Are the existing strategies and policy documents backed up with sufficient financial means?",
    "2.1": "Which public agencies are responsible for urban security at the city level?",
    "2.2": "Do they have special mandates with respect to TCN integration and prevention of crime?",
    "2.3": "Has the city introduced new measures to ensure public safety in communities with mixed population?",
    "2.4": "What are the main barriers to consulting TCN in planning and service/programme delivery?",
    "2.5": "What are the responsibilities of the police/municipal police?",
    "2.6": "Are they working with community leaders, NGOs, citizens groups on urban security and integration?",
    "2.7": "Do the responsible bodies have sufficient capacity, skills and resources to carry out their duties?",
    "2.8": "What needs improvement?",
}
TEXT = (
    "Answer to {key}: the strategy says so in general words, the action plan names two measures, and the departments "
    "concerned confirm that both have begun."
)


def guide():
    made = ResearchGuideFactory(language="en")
    steps = [StepFactory(guide=made, key=f"step-{n}", title=f"Step {n}", position=n) for n in (1, 2)]
    for place, (key, text) in enumerate(QUESTIONS.items()):
        ResearchQuestionFactory(step=steps[int(key[0]) - 1], key=key, text=text, position=place)
    for place, (key, title) in enumerate(TYPES.items()):
        SourceTypeFactory(guide=made, key=key, title=title, position=place)
    return made


def desk(audit, *, answers=AnswerState.DONE):
    """The desk research of an audit; gives the research with `documents`, `institutions` and `partnerships` by name."""
    form = guide()
    made = ResearchFactory(
        audit=audit,
        guide=form,
        strengths="A short line from the council to the Integration Desk\nFour permanent posts",
        weaknesses="Housing and public safety have no mandate for TCN\nCitizens and TCN are heard only in projects",
    )
    made.documents = documents(audit, form)
    made.institutions = institutions(audit)
    made.partnerships = partnerships(audit, made.institutions)
    strategy = made.documents["Integration Strategy 2024–2030"]
    for step in form.steps.all():
        for question in step.questions.all():
            answer = AnswerFactory(research=made, question=question, text=TEXT.format(key=question.key), state=answers)
            answer.documents.add(strategy)
            if question.key == "1.1":
                answer.provisions.add(strategy.provisions.first())
            if question.key == "2.1":
                answer.institutions.add(made.institutions["Public Safety"])
    return made


def documents(audit, form):
    types = {one.key: one for one in form.source_types.all()}
    found = {}
    for title, kind, source, level, (first, last), scope, sector, published, ratings in DOCUMENTS:
        one = DocumentFactory(
            audit=audit,
            title=title,
            kind=DocumentKind(kind),
            source_type=types[source],
            level=level,
            from_year=first,
            to_year=last,
            scope=scope,
            sector=Sector(sector) if sector else "",
            published=Published(published),
            issued_by="City of Velmora" if level == Level.CITY else "Somebody else",
            link="https://velmora.example/documents" if published == "yes" else "",
            summary="What the city means to do, for whom, until when and with which money.",
        )
        DocumentRating.objects.bulk_create(
            DocumentRating(document=one, point=point, value=VALUES[letter], reason=REASONS[VALUES[letter]])
            for point, letter in zip(Point, ratings.replace(" ", ""), strict=True)
            if letter in VALUES
        )
        if level == Level.CITY:
            for place in range(2):
                ProvisionFactory(
                    document=one,
                    position=place,
                    page=str(4 + place),
                    text=f"Everybody who lives in the city has access to its services, whatever papers they hold ({title}, {place}).",
                )
        found[title] = one
    ProvisionFactory(
        document=found["Community Safety Programme"],
        topic=ProvisionTopic.SECURITY,
        page="section 2.3",
        text="The municipal police shall light and patrol the ways between the port and the station.",
    )
    return found


def institutions(audit):
    def make(name, kind, level, **fields):
        return InstitutionFactory(
            audit=audit, name=name, kind=InstitutionKind(kind), level=GovernanceLevel(level), **fields
        )

    council = make("City Council", "council", "decide", note="Committee on Social Policy", position=0)
    deputy = make(
        "Deputy Mayor",
        "leadership",
        "decide",
        note="integration mandate",
        reports_to=council,
        tcn_mandate=YES,
        position=1,
    )
    social = make(
        "Social Services",
        "department",
        "deliver",
        note="Integration Desk, 4 posts",
        reports_to=deputy,
        tcn_mandate=YES,
        urban_security=NO,
        capacity=PARTLY,
        mandate="Information, language courses, advice.",
        strengths="One desk instead of five\nFour permanent posts",
        weaknesses="No interpreters beyond the Desk",
        improvement="A second desk in the harbour.",
    )
    housing = make("Housing Office", "department", "deliver", note="no TCN mandate", reports_to=deputy, tcn_mandate=NO)
    safety = make(
        "Public Safety",
        "municipal_police",
        "deliver",
        note="municipal police",
        reports_to=deputy,
        tcn_mandate=NO,
        urban_security=YES,
        capacity=UNKNOWN,
        weaknesses="Reports are taken in one language",
    )
    ngos = make("NGOs", "ngo", "consult", note="6 agreements")
    forum = make("Newcomers’ Forum", "body", "consult", exists=False)
    return {one.name: one for one in (council, deputy, social, housing, safety, ngos, forum)}


def partnerships(audit, found):
    agreements = PartnershipFactory(
        audit=audit,
        title="Six agreements with NGOs",
        kind=PartnershipKind.PARTNERSHIP,
        standing=True,
        others="mediators",
        tcn=Participation.LOW,
        in_implementation=True,
        text="Yearly grants for courses and advice.",
    )
    agreements.institutions.set([found["Social Services"], found["NGOs"]])
    conference = PartnershipFactory(
        audit=audit,
        title="Case conference",
        kind=PartnershipKind.COOPERATION,
        standing=True,
        tcn=Participation.NONE,
        in_implementation=True,
        in_assessment=True,
    )
    conference.institutions.set([found["Social Services"], found["Public Safety"]])
    hearing = PartnershipFactory(
        audit=audit, title="Hearing on the strategy", kind=PartnershipKind.CONSULTATION, exists=False, in_planning=True
    )
    return {one.title: one for one in (agreements, conference, hearing)}


VERDICTS = "ippnipxnp-i"


def assessment(audit, *, verdicts=VERDICTS, closed=True, baseline=None, benchmark=None):
    """An assessment with one factor per letter: in place, partly, not in place, not relevant (x), not yet judged (-)."""
    words = {
        "i": Verdict.IN_PLACE,
        "p": Verdict.PARTLY,
        "n": Verdict.NOT_IN_PLACE,
        "x": Verdict.NOT_RELEVANT,
        "-": Verdict.NOT_JUDGED,
    }
    if benchmark is None:
        benchmark = BenchmarkFactory(
            code="anti_discrimination",
            title="Anti-discrimination policies",
            standard="The city takes steps so that nobody is excluded by discrimination.",
        )
        for place in range(len(verdicts)):
            KeyFactorFactory(
                benchmark=benchmark,
                key=f"{place + 1:02d}",
                title=f"Factor {place + 1}",
                statement="It is so.",
                position=place,
            )
    made = AssessmentFactory(
        audit=audit,
        benchmark=benchmark,
        title="Anti-discrimination 2026",
        people="a team of five from three departments",
        migrant_definition="Everybody who has moved here from another country.",
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 6, 3),
        baseline=baseline,
        state=AssessmentState.CLOSED if closed else AssessmentState.OPEN,
        closed_at=timezone.now() if closed else None,
    )
    for factor, letter in zip(benchmark.factors.order_by("position"), verdicts, strict=True):
        assessed = AssessedFactorFactory(assessment=made, factor=factor)
        judgement = JudgementFactory(
            assessed=assessed, verdict=words[letter], reasoning=f"Reasons for {factor.title}." if letter != "-" else ""
        )
        if letter == "p" or factor.key == "01":
            EvidenceFactory(judgement=judgement)
            EvidenceFactory(judgement=judgement, kind=EvidenceKind.INTERVIEW)
    return made
