"""A whole audit in the database for the tests of the report: an invented city with two walks, an earlier audit,
figures, findings, recommendations and texts."""

import random
from datetime import date
from io import BytesIO

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from PIL import Image

from audits import images
from audits.agenda.enums import FindingKind
from audits.agenda.models import EvidenceLink, Finding
from audits.enums import Area, IndicatorTopic, PictureKind, Role, StakeholderGroup
from audits.models import ContextFigure, ContextIndicator, PartnerOrganisation
from audits.participation.enums import Purpose
from audits.participation.models import Consent
from checklists.enums import Agreement, WalkState
from checklists.models import Checklist, ConsensusNote, ImprovementIdea, Score
from tests.factories import (
    AuditFactory,
    ChecklistFactory,
    CityFactory,
    CityWalkFactory,
    FindingFactory,
    ItemFactory,
    MembershipFactory,
    ParticipantFactory,
    RecommendationFactory,
    SectionFactory,
    SheetFactory,
    WalkPlaceFactory,
)
from tests.reports.document.sample import STATEMENTS

FULL = "In full: {}, according to everything that participants have seen on the walk and heard about the city."
GROUPS = [
    *[StakeholderGroup.MIGRANTS] * 10,
    *[StakeholderGroup.ADMINISTRATION] * 6,
    *[StakeholderGroup.NGO] * 6,
    *[StakeholderGroup.POLICE] * 2,
    *[StakeholderGroup.SCHOOLS] * 2,
]


def checklist() -> Checklist:
    """Four sections and 30 statements with short forms."""
    made = ChecklistFactory(title="City walk checklist")
    for place, area in enumerate(Area):
        section = SectionFactory(
            checklist=made,
            key=area.value,
            area=area,
            title=area.label,
            position=place,
            can_be_per_place=area == Area.URBAN,
        )
        for number, short in enumerate(STATEMENTS[area.value], 1):
            ItemFactory(
                section=section,
                key=f"{area.letter}{number}",
                short=short,
                statement=FULL.format(short),
                position=number,
            )
    return made


def walk(audit, form, groups=GROUPS, *, seed="now", shift=0.0, title="Old Harbour", on=date(2026, 5, 9)):
    """A walk with one sheet per group named, with the same scores in every run, a few of them missing."""
    draw = random.Random(seed)
    made = CityWalkFactory(state=WalkState.CLOSED, audit=audit, checklist=form, title=title, date=on)
    for place, name in enumerate(("Old Port", "Harbour Library", "Mills estate")):
        WalkPlaceFactory(walk=made, name=name, position=place)
    scores, centres = [], {}
    for section in form.sections.all():
        for item in section.items.all():
            centres[item] = (draw.uniform(1.8, 4.4) + shift, draw.choice((0.7, 0.8, 1.3)))
    for number, group in enumerate(groups, 1):
        sheet = SheetFactory(walk=made, number=number, participant=ParticipantFactory(audit=audit, group=group))
        for item, (centre, spread) in centres.items():
            if draw.random() > 0.04:
                value = min(5, max(1, round(draw.gauss(centre, spread))))
                scores.append(Score(sheet=sheet, item=item, value=value))
    Score.objects.bulk_create(scores)
    return made


def harbour(audit, people):
    """One walk on a checklist of one statement, scored 4 by so many police officers."""
    form = ChecklistFactory()
    section = SectionFactory(checklist=form, area=Area.URBAN, key="urban", title="Urban")
    item = ItemFactory(section=section, key="U8", short="Housing", statement="Housing is affordable.")
    made = CityWalkFactory(state=WalkState.CLOSED, audit=audit, checklist=form, title="Harbour", date=date(2026, 5, 9))
    for number in range(1, people + 1):
        sheet = SheetFactory(walk=made, number=number, participant__group=StakeholderGroup.POLICE)
        Score.objects.create(sheet=sheet, item=item, value=4, comment="Said on a sheet of few.")
    return made


def indicators(audit):
    figures = (
        (IndicatorTopic.POPULATION, "Population", "", (211840, 212610, 213450, 214380), "National Statistical Office"),
        (IndicatorTopic.TERRITORY, "Territory", "km²", (148.2, 148.2, 148.2, 148.2), "National Statistical Office"),
        (IndicatorTopic.TCN, "Third-country nationals", "", (9120, 10480, 11350, 12240), "Migration register"),
        (IndicatorTopic.TCN, "Share of third-country nationals", "%", (4.3, 4.9, 5.3, 5.7), "Migration register"),
        (IndicatorTopic.SOCIAL, "TCN pupils in municipal schools", "", (1020, None, 1510, 1690), "Education Office"),
        (IndicatorTopic.ECONOMY, "Unemployment", "%", (7.1, 6.6, 6.2, 6.0), "Labour Office"),
        (IndicatorTopic.SOCIAL, "Municipal dwellings", "", (1840, 1832, 1825, 1821), "Housing Office, yearly reports"),
    )
    for place, (topic, name, unit, values, source) in enumerate(figures):
        row = ContextIndicator.objects.create(
            audit=audit, topic=topic, name=name, unit=unit, source=source, position=place
        )
        ContextFigure.objects.bulk_create(
            ContextFigure(indicator=row, year=2022 + year, value=value)
            for year, value in enumerate(values)
            if value is not None
        )


def logo(audit, colour="#1f3a5f"):
    """A partner's logo, taken in as every picture is."""
    file = BytesIO()
    Image.new("RGB", (300, 120), colour).save(file, "PNG")
    return images.keep(images.draw(ContentFile(file.getvalue(), name="logo.png"), PictureKind.LOGO), audit=audit)


def finding(audit, area, kind, text, code="", method="checklists", number=None):
    numbers = {} if number is None else {"number": number}
    made = FindingFactory(audit=audit, area=area, kind=kind, text=text, method=method, **numbers)
    if code:
        EvidenceLink.objects.create(
            holder_type=ContentType.objects.get_for_model(Finding),
            holder_id=made.pk,
            app="checklists",
            type=f"item:{code}",
            source=audit.uuid,
            caption=code,
        )
    return made


def audit(*, language="en"):
    """The audit of 2026 with everything that a report can hold."""
    city = CityFactory(name="Velmora", slug="velmora", authority="City of Velmora", fictional=True)
    form = checklist()
    before = AuditFactory(
        city=city, title="Velmora 2023", slug="velmora-2023", starts_on=date(2023, 3, 1), ends_on=date(2023, 6, 30)
    )
    walk(before, form, [StakeholderGroup.MIGRANTS] * 12 + [StakeholderGroup.NGO] * 12, shift=-0.35, on=date(2023, 5, 6))
    made = AuditFactory(
        city=city,
        title="Velmora 2026",
        slug="velmora-2026",
        language=language,
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 6, 30),
        previous=before,
        authors="Irena Tasheva-Lund, Department of Social Affairs\nMarek Dobrin, Open Door Velmora",
        description=(
            "Velmora Welcomes is the city’s project for the integration of third-country nationals. Every three years it "
            "asks how far the city has come.\n\nThe project is run by the Department of Social Affairs together with two "
            "civil society organisations and the university."
        ),
    )
    first = walk(made, form, GROUPS[:13], seed="now")
    second = walk(made, form, GROUPS[13:], seed="now", title="Station Quarter", on=date(2026, 5, 16))
    remarks(first)
    ConsensusNote.objects.create(
        walk=first,
        item=form.sections.get(key="vision").items.get(key="V3"),
        text="Meetings are not yet a structure.",
        agreement=Agreement.AGREED,
        agreed_score=2,
    )
    ConsensusNote.objects.create(
        walk=second,
        item=form.sections.get(key="urban").items.get(key="U1"),
        text="It depends on the street.",
        agreement=Agreement.NO_AGREEMENT,
    )
    for section, text in (
        ("vision", "Open the Integration Desk on Saturdays too."),
        ("vision", "Publish the strategy in five languages."),
        ("civic", "A volunteering card without proof of language."),
        ("urban", "Lamps on the way home from the port shift."),
    ):
        ImprovementIdea.objects.create(walk=first, section=form.sections.get(key=section), text=text)
    indicators(made)
    for name in ("City of Velmora", "Open Door Velmora", "University of Lower Velm"):
        PartnerOrganisation.objects.create(audit=made, name=name, logo=logo(made))
    agenda(made)
    MembershipFactory(audit=made, role=Role.COORDINATOR, user__email="coordinator@velmora.example")
    return made


def remarks(made):
    """Comments, one of them by somebody who agreed to be quoted."""
    scores = Score.objects.filter(sheet__walk=made, item__key="U8").order_by("sheet__number")
    quoted, other = scores[0], scores[1]
    quoted.comment = "When they hear my name on the phone, the flat is gone."
    quoted.save()
    other.comment = "This one must never be printed."
    other.save()
    Consent.objects.create(
        participant=quoted.sheet.participant, purpose=Purpose.QUOTATION, given=True, text_version="1", language="en"
    )
    return quoted


def agenda(made):
    found = {
        "V5": finding(made, Area.VISION, FindingKind.ACHIEVEMENT, "One appointment at the Integration Desk replaces five elsewhere, and people notice.", "V5", number=1),
        "V3": finding(made, Area.VISION, FindingKind.DEFICIENCY, "Structures for engagement are disputed: some count single meetings as a structure.", "V3", number=2),
        "C3": finding(made, Area.CIVIC, FindingKind.DEFICIENCY, "Options for volunteers ask for papers and fluency in the language.", "C3", number=3),
        "U8": finding(made, Area.URBAN, FindingKind.DEFICIENCY, "Hardly anybody finds rental housing available and affordable.", "U8", number=4),
        "U1": finding(made, Area.URBAN, FindingKind.OBSERVATION, "Lighting and patrols divide opinions more than any other statement.", "U1", number=5),
        "A1": finding(made, Area.ATTITUDES, FindingKind.DEFICIENCY, "The city does not measure what residents think, so it cannot tell whether its campaigns work.", "A1", number=6),
        "desk": finding(made, Area.VISION, FindingKind.DEFICIENCY, "Three of eight documents have a budget of their own.", method="deskresearch", number=7),
        "none": finding(made, Area.ATTITUDES, FindingKind.UNUSED_RESOURCE, "Local newsrooms have offered a yearly round table.", method="", number=8),
    }  # fmt: skip
    for number, (area, title, text, addressee, horizon, keys) in enumerate(
        (
            (Area.VISION, "Give the strategy a budget for several years", "Enter a budget line for 2027 to 2030 and five indicators with target values.", "City Council, Finance", "budget of 2027", ("desk", "V3")),
            (Area.CIVIC, "A volunteering card without hurdles", "No proof of language, costs refunded, a certificate that employers know.", "Social Services, NGOs", "12 months", ("C3",)),
            (Area.URBAN, "A rental guarantee and a lettings desk", "The city stands surety for the deposit for three years; the Housing Office mediates and registers refusals.", "City Council, Housing Office", "budget of 2027", ("U8",)),
            (Area.URBAN, "Mend the way home", "Light the underpass and the port path, and open a reporting line in five languages.", "Public Works", "6 months", ("U1",)),
            (Area.ATTITUDES, "Ask residents every two years", "A representative survey with constant questions, owned by the city.", "Deputy Mayor, Statistics", "spring 2027", ("A1", "none")),
        ),
        1,
    ):  # fmt: skip
        made_one = RecommendationFactory(
            audit=made,
            number=number,
            area=area,
            title=title,
            text=text,
            addressee=addressee,
            horizon=horizon,
            position=number,
        )
        made_one.findings.set([found[key] for key in keys])


TEXTS = {
    (
        "executive_summary",
        "opening",
    ): "Velmora has learned to receive newcomers well at the counter. It has not yet learned to house them, or to let them into the room where decisions are made.",
    (
        "executive_summary",
        "findings",
    ): "<p>The largest gain is in <strong>city vision and services</strong>, at {{ score.vision }} now. The urban environment is two stories: public transport is praised, affordable rental housing scores {{ score.U8 }} ([[U8]]).</p>",
    (
        "executive_summary",
        "conclusions",
    ): "<p>If the first steps are decided in the budget of 2027, the next audit can measure them with the same {{ walks }} walks.</p>",
    (
        "part_1",
        "opening",
    ): "Since 2022 the number of third-country nationals has grown by a third, while the stock of municipal dwellings has shrunk.",
    (
        "part_1",
        "situation",
    ): "<p>Velmora is a river port and university city. A quarter of its third-country nationals hold temporary protection. Two thirds are of working age; logistics, construction and care employ most of them.</p>",
    (
        "part_1",
        "responses",
    ): "<p>The City Council adopted its first Integration Strategy in March 2024. An Integration Desk opened in the main hall in September of that year. Civil society runs language cafés in four districts with city grants.</p>",
    (
        "part_1",
        "attitudes",
    ): "<p>The only survey so far found 46 per cent of residents comfortable with migrants as neighbours, 31 per cent undecided and 23 per cent uncomfortable. A review of 214 articles in the local press counted three times as many about rents and crime as about work, school or culture.</p>",
    (
        "desk_research",
        "policies",
    ): "<p>Eight documents were read against seven aspects, from the Integration Strategy to the Housing Ordinance. Services are well covered; participation appears as information rather than as a say. The Community Safety Programme does not mention third-country nationals.</p>",
    (
        "desk_research",
        "governance",
    ): "<p>The line from the council to the Integration Desk is short and clear, and four permanent posts give it stability. Housing and public safety have no mandate for third-country nationals at all. Citizens and newcomers are heard only in projects.</p>",
    (
        "city_tours",
        "results",
    ): "<p>People who have moved here praise what they can use at once and miss what they cannot reach alone: a flat, a seat at the table, a street lamp that works.</p>",
    ("city_tours", "vision"): "<p>The strongest area, and the one that gained most.</p>",
    ("city_tours", "urban"): "<p>The widest range of all areas, from affordable transport to unaffordable rents.</p>",
    ("city_tours", "groups"): "<p>Officials score every area higher than third-country nationals do.</p>",
    ("part_3", "opening"): "Velmora has built the front door. The next three years should open the rooms behind it.",
    (
        "part_3",
        "conclusions",
    ): "<p><strong>Service reform works</strong> where it has a place, staff and a budget. <strong>Voice is missing</strong>: every method found it. <strong>Housing undoes</strong> what the other areas achieve.</p>",
}


def write(report, texts=TEXTS):
    """Puts texts into their slots as if the team had written them."""
    for (section, slot), html in texts.items():
        block = report.blocks.get(section=section, slot=slot)
        block.html = html
        block.save()
