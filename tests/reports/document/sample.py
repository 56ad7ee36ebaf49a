"""Sample documents with every block: a City Audit Report of an invented city in English (with a Bulgarian
summary), a report in Arabic, and a walk pack. Figures are computed from the counts, so tests can
recalculate them.
"""

from __future__ import annotations

import io
import math
import random
import statistics
import uuid

from PIL import Image, ImageDraw

from reports.document import blocks as b

AREAS = (
    b.Area("vision", "V", "City vision and services"),
    b.Area("civic", "C", "Civic participation and social inclusion"),
    b.Area("urban", "U", "Urban environment"),
    b.Area("attitudes", "A", "Attitudes towards TCN and migrants"),
)
NAMES = {area.key: area.name for area in AREAS}
STATEMENTS = {
    "vision": (
        "Strategy names TCN as a target group", "Adequate financial and organisational resources",
        "Structures for engaging TCN in policy-making", "Information accessible to TCN",
        "One-stop shops, online portals, mediation", "Employability projects with partners",
        "Public access to computers and internet", "Monitoring and evaluation of policies",
    ),
    "civic": (
        "Participation promoted in several languages", "Support for self-organisation",
        "Flexible options for volunteers", "NGOs encourage membership of TCN",
        "Events for intercultural dialogue", "TCN depicted without stereotyping in the media",
        "Cultural offer reflects diversity",
    ),
    "urban": (
        "Lighting, patrols and community education", "Streets and routes signed in two languages",
        "Public buildings well signed", "Public toilets", "Public transport costs clear and affordable",
        "Public transport safe, reliable, frequent", "Route information in two languages",
        "Rental housing available and affordable", "Gaps in disadvantaged neighbourhoods addressed",
        "Resources against hate crime and hate speech",
    ),
    "attitudes": (
        "Public perception measured and tracked", "Data on migration collected and reviewed",
        "City branding builds shared belonging", "City communication gives a positive image",
        "Migrant role models are visible",
    ),
}  # fmt: skip
LETTER = {area.key: area.letter for area in AREAS}
PHOTO, PLAN, LOGO = (str(uuid.UUID(int=n)) for n in (1, 2, 3))
PEOPLE = 26


def picture(key: str) -> bytes:
    """Gives a drawn picture for each of the sample's uuids and raises KeyError for any other."""
    size, ground = {
        PHOTO: ((900, 600), "#b9cbd9"),
        PLAN: ((1000, 600), "#e8e4d8"),
        LOGO: ((300, 120), "#1f3a5f"),
    }[key]
    image = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(image)
    for i in range(6):
        pen.rectangle(
            (size[0] * i / 6 + 9, size[1] * (0.3 - i / 50), size[0] * (i + 1) / 6 - 9, size[1] * 0.9),
            fill=("#5b7286", "#9c6500")[i % 2],
        )
    file = io.BytesIO()
    image.save(file, "JPEG", quality=70)
    return file.getvalue()


def counts_of(area: str) -> list[tuple[int, ...]]:
    """Gives invented counts of the scores 1 to 5, the same in every run."""
    draw = random.Random(area)
    found = []
    for _statement in STATEMENTS[area]:
        centre, spread = draw.uniform(1.8, 4.4), draw.choice((0.7, 0.8, 1.2))
        scores = [min(5, max(1, round(draw.gauss(centre, spread)))) for _ in range(PEOPLE - draw.randint(0, 2))]
        found.append(tuple(scores.count(k) for k in range(1, 6)))
    return found


def spread_out(counts: tuple[int, ...]) -> list[int]:
    return [score for score, count in enumerate(counts, 1) for _ in range(count)]


def items(area: str, texts: dict[str, tuple[str, ...]] = STATEMENTS) -> tuple[b.Item, ...]:
    rows = []
    for i, (statement, counts) in enumerate(zip(texts[area], counts_of(area), strict=True), 1):
        scores = spread_out(counts)
        deviation = statistics.stdev(scores)
        rows.append(
            b.Item(
                code=f"{LETTER[area]}{i}",
                statement=statement,
                counts=counts,
                mean=statistics.mean(scores),
                sd=deviation,
                n=len(scores),
                discussed=deviation >= 1,
            )
        )
    return tuple(rows)


def aspects(area: str, best: bool) -> tuple[b.Aspect, ...]:
    found = (max if best else min)(items(area), key=lambda item: item.mean)
    return (b.Aspect(found.code, found.statement, found.mean),)


def mean_of(area: str) -> float:
    return statistics.mean(item.mean for item in items(area))


CONTEXT = (
    ("Population", (211840, 212610, 213450, 214380), 0),
    ("Third-country nationals", (9120, 10480, 11350, 12240), 0),
    ("Share of TCN, %", (4.3, 4.9, 5.3, 5.7), 1),
    ("TCN pupils in municipal schools", (1020, None, 1510, 1690), 0),
    ("Unemployment, all residents, %", (7.1, 6.6, 6.2, 6.0), 1),
    ("Municipal rental dwellings", (1840, 1832, 1825, 1821), 0),
)
YEARS = ("2022", "2023", "2024", "2025")


def walk_section(area: str, findings: tuple[b.Finding, ...], intro: str) -> b.Section:
    return b.Section(
        f"walk-{area}",
        NAMES[area],
        area=area,
        in_contents=False,
        blocks=(
            b.Paragraph(intro, side=f"Mean of {PEOPLE} participants; first audit: 24."),
            b.Extremes(aspects(area, True), aspects(area, False), area=area),
            b.ItemsTable(
                f"{NAMES[area]}: scores of all statements",
                items(area),
                "Participants per score",
                area=area,
                short=f"Scores: {NAMES[area].lower()}",
                source="Scores: 1 poor to 5 excellent. sd: standard deviation; * discussed by the "
                "group. n: people who scored. Full wording: [[all-scores]]."
                if area == "vision"
                else "",
            ),
            *findings,
            b.Paragraph(
                "Extend the Desk to the Harbour branch on Saturdays; publish the strategy in five languages.",
                side="Ideas for improvement from the walks",
            ),
        ),
    )


def report(texts: dict[str, tuple[str, ...]] = STATEMENTS) -> b.Document:
    """A whole City Audit Report in English with a summary in Bulgarian."""
    return b.Document(
        title="City Audit Report: Velmora 2026",
        language="en",
        author="City of Velmora",
        subject="How well Velmora integrates third-country nationals, audit of 2026",
        running_title="City Audit Report · Velmora 2026",
        imprint="City of Velmora · published November 2026",
        areas=AREAS,
        cover=b.Cover(
            kicker="City of Velmora",
            title="City Audit Report",
            subtitle="How well Velmora integrates third-country nationals",
            lines=("Audit period March to June 2026", "Compared with the first audit of 2023"),
            scores=tuple(b.CoverScore(i.code, area.key, i.mean) for area in AREAS for i in items(area.key)),
            scores_note="Each bar is one of the 30 checklist statements, its height the mean score "
            "that 26 participants gave.",
            authors="Irena Tasheva-Lund, Department of Social Affairs · Marek Dobrin, Open Door Velmora",
            logos=(b.Logo(LOGO, "City of Velmora"), b.Logo(LOGO, "Open Door Velmora")),
            disclaimer="The content of this document represents the views of the authors only and "
            "is their sole "
            "responsibility. The European Commission does not accept any responsibility for use "
            "that may be made of "
            "the information it contains.",
        ),
        chapters=(
            b.Section(
                "contents",
                "Contents",
                new_page=True,
                in_contents=False,
                blocks=(
                    b.Contents(),
                    b.Section("figures", "Figures and tables", in_contents=False, blocks=(b.ListOfFigures(),)),
                ),
            ),
            summary(),
            introduction(),
            part_one(),
            part_two(),
            part_three(),
            annexes(texts),
            bulgarian(),
        ),
    )


def summary() -> b.Section:
    return b.Section(
        "summary",
        "Executive summary",
        pages=(1, 1.5),
        new_page=True,
        blocks=(
            b.Paragraph(
                "Velmora has learned to receive newcomers well at the counter. It has not yet "
                "learned to house them, "
                "or to let them into the room where decisions are made.",
                style="lead",
            ),
            b.Paragraph(
                "Between March and June 2026 the city audited itself for the second time, with two "
                "city walks and a "
                "checklist. The largest gain is in city vision and services: the statements that "
                "gained most concern "
                "the Integration Desk, the Integration Strategy [[src-strategy]] and information in "
                "several languages "
                "([[f-desk]], [[f-structures]]).",
                side="Scores are means of 26 participants on a scale from 1 (poor) to 5 "
                "(excellent). They describe "
                "this city over time; they are not made to compare cities.",
            ),
            glance("The four areas at one glance"),
            b.RichText(
                "<p><strong>Civic participation</strong> moved little. Intercultural events are "
                "frequent and liked, yet no "
                "standing body gives third-country nationals a voice in policy ([[f-volunteers]]).</p>"
                "<p>The <strong>urban environment</strong> is two stories. Public transport is "
                "praised; affordable "
                "rental housing is among the lowest of all 30 statements ([[f-housing]]).</p>"
                "<h3>What we recommend first</h3><ol><li>A rental guarantee ([[r-rent]]).</li>"
                "<li>A Newcomers’ Council ([[r-council]]).</li></ol>"
                '<p>More at <a href="https://velmora.example/audit"><strong>the city’s</strong> page</a>.</p>',
                side="Part III gives all recommendations with addressee, horizon and evidence.",
            ),
        ),
    )


def glance(caption: str, before: str = "2023") -> b.Glance:
    return b.Glance(
        caption,
        tuple(
            b.GlanceRow(
                area.key,
                mean_of(area.key),
                0.62,
                PEOPLE,
                before=mean_of(area.key) - shift,
                best=aspects(area.key, True),
                worst=aspects(area.key, False),
            )
            for area, shift in zip(AREAS, (0.8, 0.3, -0.2, 0.4), strict=True)
        ),
        now="2026",
        before=before,
        short="The four areas at one glance",
        source="Filled mark: 2026. Open mark: 2023 (n = 24). sd: standard deviation between participants.",
    )


def introduction() -> b.Section:
    return b.Section(
        "introduction",
        "Introduction",
        pages=(1, 1),
        blocks=(
            b.Paragraph(
                "This report is the result of the project Velmora Welcomes, in which the city, two "
                "civil society "
                "partners and the university examine every three years how well the city integrates "
                "third-country "
                "nationals (TCN). It follows the INTEGRA City Integration Audit Toolkit [[src-toolkit]], a "
                "multi-method, participatory self-assessment."
            ),
            b.Paragraph(
                "Everything found is filed under the same four areas, each with a colour and a "
                "letter that return "
                "throughout. Findings and photographs are numbered, and statements of the checklist "
                "carry the letter "
                "of their area, such as [[U8]]. Every recommendation names the evidence on which it rests.",
                side="The audit is a self-assessment. It is not technical or legal advice, and not a ranking.",
            ),
            b.Bullets(
                (
                    "Desk research reads what the city has decided.",
                    b.Passage("Интеграция", "bg", "The Strategy calls it “{}”."),
                    "City walks let people score 30 statements.",
                )
            ),
        ),
    )


def part_one() -> b.Section:
    return b.Section(
        "part-1",
        "City context",
        part="Part I",
        pages=(1, 2),
        new_page=True,
        blocks=(
            b.Paragraph(
                "Since 2022 the number of third-country nationals has grown by a third, while the "
                "stock of municipal "
                "dwellings has shrunk.",
                style="lead",
            ),
            b.Section(
                "population",
                "Population, work and housing",
                number="1.1",
                in_contents=False,
                blocks=(
                    b.Paragraph(
                        "Velmora is a river port and university city. A quarter of its "
                        "third-country nationals hold "
                        "temporary protection. Two thirds are of working age; logistics, "
                        "construction and care employ "
                        "most of them [[src-register]].",
                        side="Territory: 148.2 km², unchanged. All figures on 31 December of the year.",
                    ),
                    b.Table(
                        "Velmora in figures, 2022 to 2025",
                        (
                            b.Column("Indicator", 36),
                            *(b.Column(year, 12, "number") for year in YEARS),
                            b.Column("Change", 16, "number"),
                        ),
                        tuple(
                            b.Row(
                                (
                                    name,
                                    *(b.Number(v, decimals) for v in values),
                                    b.Number(values[-1] - values[0], decimals, sign=True, unit="pt")
                                    if "%" in name
                                    else b.Number((values[-1] / values[0] - 1) * 100, 0, sign=True, unit="%"),
                                )
                            )
                            for name, values, decimals in CONTEXT
                        ),
                        key="context",
                        source="Change: 2025 against 2022; pt: percentage points. A dash: no figure for this year.",
                    ),
                    b.SmallMultiples(
                        "More residents and pupils without EU citizenship, fewer dwellings",
                        (
                            *tuple(
                                b.Panel(name, tuple(zip(YEARS, values, strict=True)), decimals)
                                for name, values, decimals in CONTEXT[:5]
                            ),
                            b.Panel("Waiting list, households", (("2024", 2540), ("2025", 2720))),
                        ),
                        short="City context in six small charts",
                        source="Each panel starts at zero; its height is its own scale. Values: [[context]].",
                    ),
                ),
            ),
            b.Section(
                "attitudes-context",
                "Attitudes towards third-country nationals",
                number="1.2",
                in_contents=False,
                blocks=(
                    b.RichText(
                        "<p>The only survey so far found 46 per cent of residents comfortable with "
                        "migrants as "
                        "neighbours, 31 per cent undecided and 23 per cent uncomfortable.</p>"
                        "<h4>What the press writes</h4><p>A review of 214 articles counted three "
                        "times as many about "
                        "rents and crime as about work, school or culture.</p>"
                        "<table><tr><td>Subject</td><td>Articles</td></tr><tr><td>Rents, "
                        "crime</td><td>132</td></tr>"
                        "<tr><td>Work, school</td><td>44</td></tr></table>"
                    ),
                ),
            ),
        ),
    )


def part_two() -> b.Section:
    return b.Section(
        "part-2",
        "Main audit findings",
        part="Part II",
        pages=(5, 8),
        new_page=True,
        blocks=(
            b.Section("desk", "Desk research", number="2.1", blocks=(*desk_research(),)),
            b.Section("groups", "Focus groups", number="2.2", blocks=(b.NotCarriedOut(),)),
            b.Section(
                "walks",
                "City tours and checklists",
                number="2.3",
                blocks=(
                    b.Paragraph(
                        "Two walks of three hours each took 26 participants through eight places "
                        "where newcomers live, "
                        "work or seek services. Everyone filled a checklist of 30 statements in "
                        "four sections. Where "
                        "scores differed widely (marked *), the group discussed the statement; what "
                        "was agreed stands "
                        "beside the scores in [[all-scores]] and changes none of them.",
                        side="Walk 1, 9 May: Old Port, Harbour Library, Mills estate. Walk 2, 16 "
                        "May: City Hall, Market.",
                    ),
                    b.Figure(
                        PLAN,
                        "Plan of the inner city with the eight places of the two walks",
                        "The two walks went through eight places",
                        credit="Plan: City of Velmora",
                        short="Places of the walks",
                    ),
                    b.Plan(
                        PLAN,
                        "Plan of the inner city with marks: 1 Underpass, 2 Market",
                        "Places that participants named as unsafe",
                        900,
                        600,
                        (b.Place(1, 640, 610), b.Place(2, 270, 380)),
                        credit="Plan: City of Velmora",
                        short="Hot spots",
                    ),
                    walk_section(
                        "vision",
                        (
                            b.Finding(
                                "f-desk",
                                "Achievement",
                                "Simplified services gained most of all statements (V5).",
                            ),
                            b.Finding("f-structures", "Deficiency", "Structures for engagement are disputed (V3)."),
                        ),
                        "The strongest area and the one that gained most.",
                    ),
                    walk_section(
                        "civic",
                        (
                            b.Finding(
                                "f-volunteers",
                                "Deficiency",
                                "Options for volunteers ask for papers and fluency.",
                            ),
                        ),
                        "Events are strong, influence is weak.",
                    ),
                    walk_section(
                        "urban",
                        (b.Finding("f-housing", "Deficiency", "Nobody finds rental housing excellent ([[U8]])."),),
                        "The widest range of all areas, from affordable transport to unaffordable rents.",
                    ),
                    walk_section(
                        "attitudes",
                        (
                            b.Finding(
                                "f-perception",
                                "Deficiency",
                                "The one survey was not the city’s own ([[A1]]).",
                            ),
                        ),
                        "The city speaks well about migrants and knows little about what residents think.",
                    ),
                    b.Section("by-group", "Groups side by side", in_contents=False, blocks=(by_group(),)),
                    b.Section("over-time", "Compared with 2023", in_contents=False, blocks=(over_time(),)),
                ),
            ),
            b.Section(
                "photovoice",
                "Photovoice",
                number="2.4",
                blocks=(
                    b.Paragraph("Participants photographed two themes and sorted the pictures together."),
                    b.Pictures(
                        tuple(
                            b.Picture(
                                f"photo-{i}",
                                PHOTO,
                                f"A street, view {i}",
                                f"Photo: Amina K. {i}",
                                t,
                                "Seen on the walk.",
                            )
                            for i, t in enumerate(("After the late shift.", "Two languages.", "Steps."), 1)
                        )
                    ),
                    b.Quote(
                        "“Here I can sit for an hour and nobody asks me what I want.”",
                        "TCN and migrants, about a library",
                    ),
                    b.Quote("«لديّ راتب ولديّ عمل.»", "TCN and migrants, closing session", language="ar"),
                    b.Pictures(
                        tuple(b.Picture(f"photo-{i}", PHOTO, f"Square {i}", "Photo: anonymous") for i in (4, 5))
                    ),
                    b.Pictures((b.Picture("photo-6", PHOTO, "A library at night", "Photo: Lan T.", "My office."),)),
                    b.Gallery(
                        tuple(
                            b.GalleryPicture(
                                b.Picture(key, PHOTO, "A library at night", "Photo: Lan T.", "My office.", code="P6"),
                                original="مكتبي",
                                language="ar",
                                before=before,
                                after=after,
                            )
                            for key, before, after in (("large-1", "", "large-2"), ("large-2", "large-1", ""))
                        )
                    ),
                ),
            ),
        ),
    )


def desk_research() -> tuple:
    words = {"full": "full", "part": "part", "none": "no", "na": "n/a"}
    rows = (
        (
            "Integration Strategy 2024–2030",
            ("full", "part", "none"),
            ("vision", "civic", "urban", "attitudes"),
            22,
        ),
        ("Community Safety Programme", ("none", "part", "full"), ("urban",), 9),
        ("Housing Ordinance, 2019", ("none", "na", "none"), ("vision",), 4),
    )
    return (
        b.Paragraph("Eight city documents were read against seven aspects."),
        b.Table(
            "What the city’s documents cover",
            (
                b.Column("Document", 34),
                b.Column("Names TCN", 12),
                b.Column("Own budget", 12),
                b.Column("Security", 12),
                b.Column("Areas", 14),
                b.Column("Provisions", 10),
                b.Column("Number", 6, "number"),
            ),
            (
                *tuple(
                    b.Row(
                        (
                            name,
                            *(b.Level(s, words[s]) for s in states),
                            b.Areas(areas),
                            b.Bar(count / 22),
                            count,
                        )
                    )
                    for name, states, areas, count in rows
                ),
                b.Row(("All", None, None, None, None, None, 35), style="total"),
            ),
            source="full: explicit and operative; part: without measures or figures; no: absent; n/a: does not apply.",
        ),
        b.Finding("f-budget", "Deficiency", "Only one of the documents has a budget of its own [[src-strategy]]."),
        governance(
            "Who decides, who delivers, who is consulted",
            ("Decide", "Deliver", "Consult and co-operate"),
            BODIES,
            "Source: organisation chart [[src-strategy]].",
        ),
    )


BODIES = (
    ("City Council", "Committee on Social Policy"),
    ("Mayor", "annual integration report"),
    ("Deputy Mayor", "integration mandate"),
    ("Social Services", "Integration Desk, 4 posts"),
    ("Education", "11 school mediators"),
    ("Housing Office", "no TCN mandate"),
    ("Public Safety", "municipal police"),
    ("Libraries and culture", "7 branches"),
    ("Department of Parks", ""),
    ("Employment Service of the City", "no TCN mandate"),
    ("NGOs", "6 agreements"),
    ("State agencies", "case conference"),
    ("National police", "joint patrols"),
    ("Newcomers’ Forum", "missing"),
)
BODIES_AR = (
    ("مجلس المدينة", "لجنة السياسة الاجتماعية"),
    ("العمدة", "تقرير سنوي عن الإدماج"),
    ("نائب العمدة", "مكلف بالإدماج"),
    ("الخدمات الاجتماعية", "مكتب الإدماج، 4 موظفين"),
    ("التعليم", "11 وسيطًا مدرسيًا"),
    ("مكتب الإسكان", "بلا تكليف"),
    ("السلامة العامة", "الشرطة البلدية"),
    ("المكتبات والثقافة", "7 فروع"),
    ("إدارة الحدائق", ""),
    ("خدمة التوظيف", "بلا تكليف"),
    ("المنظمات غير الحكومية", "6 اتفاقيات"),
    ("الهيئات الحكومية", "اجتماع مشترك"),
    ("الشرطة الوطنية", "دوريات مشتركة"),
    ("منتدى القادمين الجدد", "غير موجود"),
)


def governance(
    caption: str, levels: tuple[str, str, str], bodies: tuple[tuple[str, str], ...], source: str = ""
) -> b.Governance:
    styles = {2: "full", 3: "part", 13: "missing"}
    made = [b.Body(str(i), name, note, styles.get(i, "")) for i, (name, note) in enumerate(bodies)]
    return b.Governance(
        caption,
        tuple(
            b.Tier(title, tuple(made[start:end]))
            for title, start, end in zip(levels, (0, 3, 10), (3, 10, 14), strict=True)
        ),
        (
            b.Line("0", "1"),
            b.Line("1", "2"),
            *(b.Line("2", str(i)) for i in range(3, 10)),
            b.Line("0", "6"),
            b.Line("6", "8"),
            *(b.Line(above, below, "works") for above, below in (("3", "10"), ("7", "11"), ("8", "12"), ("9", "10"))),
            b.Line("0", "somewhere else"),
        ),
        source=source,
        short="Who decides, delivers and is consulted",
    )


def wheel(caption: str, words: tuple[str, ...], notes: tuple[str, ...] = ()) -> b.Wheel:
    rings = (3, 3, 2, 1, 2, 3, 2, 2, 2, 0, 1)
    spokes = tuple(b.Spoke(f"{i:02d}", ring, i != 10) for i, ring in enumerate(rings, 1))
    counts = ((3, 3), (2, 5), (1, 2), (0, 1))
    return b.Wheel(
        caption,
        spokes,
        tuple(b.Legend(r, n, word, r != 0) for (r, n), word in zip(counts, words, strict=True)),
        notes=notes,
        source="As judged on 3 June 2026.",
    )


def by_group() -> b.Comparison:
    rows = tuple(
        b.ComparisonRow(area.name, (mean_of(area.key) - 0.4, mean_of(area.key) + 0.5, mean_of(area.key)), area=area.key)
        for area in AREAS
    )
    return b.Comparison(
        "The administration sees a better city than newcomers do",
        "Area",
        (
            b.Series("TCN and migrants, n = 10"),
            b.Series("City officials, n = 6", "square"),
            b.Series("NGOs, n = 6", "open"),
        ),
        (*rows, b.ComparisonRow("Schools; police", reason="Not shown: fewer than five participants each.")),
        short="Groups side by side",
    )


def over_time() -> b.Comparison:
    changed = [
        (item, item.mean - d) for item, d in zip(items("urban"), (0.6, -0.7, 0.2, 0, 0.1, 0, 0, 0, 0, 0), strict=True)
    ]
    return b.Comparison(
        "Lighting gained most; signs fell",
        "Area or statement",
        (b.Series("2023", "before"), b.Series("2026")),
        (
            b.ComparisonRow("The four areas", style="band"),
            *(b.ComparisonRow(a.name, (mean_of(a.key) - 0.3, mean_of(a.key)), area=a.key) for a in AREAS),
            b.ComparisonRow("Largest changes", style="band"),
            *(b.ComparisonRow(i.statement, (old, i.mean), area="urban", code=i.code) for i, old in changed[:3]),
        ),
        change=True,
        short="Comparison with the audit of 2023",
        source="Change: difference of the means as shown.",
    )


def part_three() -> b.Section:
    return b.Section(
        "part-3",
        "Conclusions and recommendations",
        part="Part III",
        pages=(1, 1.5),
        new_page=True,
        blocks=(
            b.Paragraph("Velmora has built the front door. Now it should open the rooms behind it.", style="lead"),
            b.Section(
                "r-civic",
                NAMES["civic"],
                area="civic",
                in_contents=False,
                blocks=(
                    b.Recommendation(
                        "r-council",
                        "Found a Newcomers’ Council",
                        "Fifteen elected members with the right to be heard on every strategy.",
                        "civic",
                        "City Council",
                        "18 months",
                        ("f-structures", "f-volunteers", "C3", "not-in-this-report", "src-strategy"),
                    ),
                ),
            ),
            b.Section(
                "r-urban",
                NAMES["urban"],
                area="urban",
                in_contents=False,
                blocks=(
                    b.Recommendation(
                        "r-rent",
                        "A rental guarantee and a lettings desk",
                        "The city stands surety for the deposit for three years.",
                        "urban",
                        "City Council, Housing Office",
                        "2027 budget",
                        ("f-housing", "photo-1", "U8"),
                    ),
                ),
            ),
        ),
    )


def annexes(texts: dict[str, tuple[str, ...]]) -> b.Section:
    rows: list[b.Row] = []
    for area in AREAS:
        rows.append(b.Row((area.name,), style="band", area=area.key))
        rows += [
            b.Row(
                (
                    f"{i.code}. {i.statement}",
                    *i.counts,
                    PEOPLE - i.n,
                    i.n,
                    b.Number(i.mean, 2, strong=True),
                    b.Number(i.sd, 2),
                ),
                area="",
                key=i.code,
                code=i.code,
            )
            for i in items(area.key, texts)
        ]
    return b.Section(
        "annexes",
        "Scores and sources",
        part="Annexes",
        new_page=True,
        blocks=(
            b.Section(
                "annex-0",
                "Benchmark",
                blocks=(
                    wheel(
                        "Three of eleven key factors are in place",
                        ("in place", "partly in place", "not in place", "not relevant"),
                        ("A team of five judged the eleven key factors [[src-toolkit]].",),
                    ),
                ),
            ),
            b.Section(
                "annex-a",
                "All scores",
                number="Annex A",
                blocks=(
                    b.Table(
                        "Number of participants per score, for all 30 statements",
                        (
                            b.Column("Statement", 52),
                            *(b.Column(str(k), 5, "number") for k in range(1, 6)),
                            b.Column("none", 6, "number"),
                            b.Column("n", 5, "number"),
                            b.Column("Mean", 6, "number"),
                            b.Column("sd", 6, "number"),
                        ),
                        tuple(rows),
                        key="all-scores",
                        style="tight",
                        short="All scores",
                    ),
                    b.Suppressed("Answers of three groups are not shown on their own: fewer than five people each."),
                ),
            ),
            b.Section(
                "annex-b",
                "Sources",
                number="Annex B",
                blocks=(
                    b.References(
                        (
                            b.Source("src-strategy", "City of Velmora, <em>Integration Strategy 2024–2030</em>."),
                            b.Source("src-register", "National Statistical Office, <em>Population register</em>."),
                            b.Source("src-toolkit", "INTEGRA City Integration Audit Toolkit, 2018."),
                        )
                    ),
                    b.Paragraph("A missing score is left out; it is never zero.", style="note"),
                ),
            ),
        ),
    )


def bulgarian() -> b.Section:
    return b.Section(
        "summary-bg",
        "Резюме на български език",
        language="bg",
        new_page=True,
        blocks=(
            b.Paragraph(
                "Велмора се научи да посреща добре новодошлите на гишето. Още не се е научила да им осигурява жилище.",
                style="lead",
            ),
            b.Paragraph("Най-голям е напредъкът при услугите; достъпът до жилища под наем се влоши ([[f-housing]])."),
            b.ItemsTable(
                "Нагласи: оценки",
                (
                    *items("attitudes")[:3],
                    b.Item("A4", "Положителен образ", reason="Не се показва: под петима души."),
                ),
                "Участници по оценка",
                area="attitudes",
            ),
            glance("Четирите области с един поглед"),
        ),
    )


def arabic() -> b.Document:
    """A short report in Arabic, every page of it from right to left."""
    names = ("رؤية المدينة وخدماتها", "المشاركة المدنية والإدماج", "البيئة الحضرية", "المواقف")
    areas = tuple(b.Area(a.key, a.letter, name) for a, name in zip(AREAS, names, strict=True))
    return b.Document(
        title="تقرير تدقيق المدينة: فيلمورا 2026",
        language="ar",
        author="مدينة فيلمورا",
        running_title="تقرير تدقيق المدينة · فيلمورا 2026",
        imprint="مدينة فيلمورا · تشرين الثاني 2026",
        areas=areas,
        cover=b.Cover(
            kicker="مدينة فيلمورا",
            title="تقرير تدقيق المدينة",
            subtitle="مدى نجاح فيلمورا في إدماج مواطني الدول الثالثة",
            scores=tuple(b.CoverScore(i.code, area.key, i.mean) for area in AREAS for i in items(area.key)),
        ),
        chapters=(
            b.Section(
                "contents",
                "المحتويات",
                new_page=True,
                in_contents=False,
                blocks=(b.Contents(), b.ListOfFigures()),
            ),
            b.Section(
                "summary",
                "ملخص",
                new_page=True,
                blocks=(
                    b.Paragraph(
                        "تعلّمت فيلمورا أن تُحسن استقبال القادمين الجدد عند نافذة الخدمة، لكنها لم "
                        "تتعلّم بعدُ أن توفّر لهم السكن.",
                        style="lead",
                    ),
                    b.Paragraph(
                        "بين آذار وحزيران 2026 قيّمت المدينة للمرة الثانية مدى نجاحها ([[f-1]]).",
                        side="الدرجات متوسطات آراء 26 مشاركًا على مقياس من 1 (ضعيف) إلى 5 (ممتاز).",
                    ),
                    b.ItemsTable(
                        "المواقف: درجات جميع العبارات",
                        items("attitudes"),
                        "المشاركون لكل درجة",
                        area="attitudes",
                    ),
                    b.Finding("f-1", "قصور", "نال قياس الرأي العام أدنى درجة في هذا المجال."),
                    b.Comparison(
                        "مقارنة بتدقيق عام 2023",
                        "المجال",
                        (b.Series("2023", "before"), b.Series("2026")),
                        tuple(
                            b.ComparisonRow(a.name, (mean_of(a.key) - 0.3, mean_of(a.key)), area=a.key) for a in areas
                        ),
                        change=True,
                    ),
                    b.SmallMultiples(
                        "سكان المدينة",
                        (b.Panel("مواطنو الدول الثالثة", tuple(zip(YEARS, CONTEXT[1][1], strict=True))),),
                    ),
                    governance("من يقرر ومن ينفذ ومن يُستشار", ("القرار", "التنفيذ", "التشاور والتعاون"), BODIES_AR),
                    wheel(
                        "ثلاثة من أحد عشر عاملاً قائمة",
                        ("قائم", "قائم جزئيًا", "غير قائم", "لا ينطبق"),
                        ("حكم فريق من خمسة أشخاص على العوامل.",),
                    ),
                    b.Quote(
                        "«لديّ راتب ولديّ عمل. وما إن يسمعوا اسمي حتى تكون الشقة قد أُجِّرت.»",
                        "مجموعة النقاش الثانية",
                    ),
                ),
            ),
        ),
    )


def pack(sheets: int = 2, texts: dict[str, tuple[str, ...]] = STATEMENTS, language: str = "en") -> b.Document:
    """A walk pack: agenda, then the checklist on paper, once per participant."""
    return b.Document(
        title="Old Harbour walk: papers for the day",
        language=language,
        author="City of Velmora",
        running_title="Old Harbour walk · 9 May 2026",
        imprint="City of Velmora · Velmora Welcomes",
        areas=AREAS,
        layout="pack",
        chapters=(
            b.Section(
                "agenda",
                "Old Harbour walk",
                blocks=(
                    b.Table(
                        "The day",
                        (b.Column("", 30), b.Column("", 70)),
                        (
                            b.Row(("Date", "9 May 2026, 10:00 to 13:00")),
                            b.Row(("Meeting point", "Harbour Library, main entrance")),
                            b.Row(("Facilitator", "Open Door Velmora")),
                        ),
                        style="facts",
                        numbered=False,
                    ),
                    b.Table(
                        "Agenda",
                        (b.Column("From", 12), b.Column("What", 63), b.Column("Minutes", 25, "number")),
                        (
                            b.Row(("10:00", b.Points(("Welcome", "The checklist", "Choice of places")), 45)),
                            b.Row(("10:45", "The walk through four places", 90)),
                            b.Row(("12:15", "What we found, first recommendations", 45)),
                        ),
                        numbered=False,
                    ),
                ),
            ),
            b.Section(
                "cards",
                "Seat cards",
                blocks=(
                    b.Cards(
                        "Seat",
                        (b.FormSheet("1", "2BDF GHJK"), b.FormSheet("2", "9ACD EFGH")),
                        lines=("Neighbours of the harbour",),
                        receipt=("Go to velmora.example/join",),
                    ),
                ),
            ),
            b.PaperForm(
                "How well does Velmora receive newcomers?",
                tuple(b.FormSheet(str(i), "7KPM 3XWD" if i == 1 else "") for i in range(1, sheets + 1)),
                tuple(
                    b.FormSection(
                        area.name,
                        tuple(b.FormItem(f"{area.letter}{i}", s) for i, s in enumerate(texts[area.key], 1)),
                        area=area.key,
                        fields=("Name of area", "Date", "Specific location", "Time and day of walk")
                        if area.key == "urban"
                        else (),
                        ideas="Ideas for improvement",
                    )
                    for area in AREAS
                ),
                poor="poor",
                excellent="excellent",
                intro=(
                    "Read each sentence. How well does it describe this city? Cross one box: 1 is poor, 5 is "
                    "excellent. If you do not know, cross the last box. You can leave sentences empty.",
                    "We do not ask for your name. Please write no names in the comments.",
                ),
                choices=(
                    b.FormChoice(
                        "I am here as (optional)",
                        (
                            "City administration",
                            "Police",
                            "School",
                            "NGO or community",
                            "TCN or migrant",
                            "Other",
                        ),
                    ),
                    b.FormChoice("I agree that", ("my scores are used in this audit", "my words are quoted")),
                ),
                receipt="With this code you can see, correct or take back what you gave at "
                "audit.velmora.example, without an account. Nobody can find the code again for you.",
            ),
        ),
    )


def rounds(value: float) -> str:
    """The mean as the report prints it in English: two places, half up."""
    return f"{math.floor(value * 100 + 0.5 + 1e-9) / 100:.2f}"


def long_words(word: str) -> b.Document:
    """A document in which one word, longer than any line, stands wherever somebody's words can stand."""
    word_of = iter(f"{i:02d}{word}" for i in range(99))
    columns = (b.Column("", 30), b.Column("", 17), b.Column("", 53))
    body = b.Body("a", next(word_of), next(word_of))
    return b.Document(
        title="Long words",
        language="en",
        author="City of Velmora",
        running_title="Long words",
        cover=b.Cover(next(word_of), next(word_of), next(word_of), (next(word_of),), authors=next(word_of)),
        chapters=(
            b.Section(
                "one",
                next(word_of),
                blocks=(
                    b.Paragraph(next(word_of), style="lead", side=next(word_of)),
                    b.Paragraph(next(word_of), style="note"),
                    b.RichText(f"<h3>{next(word_of)}</h3><p>{next(word_of)}</p><ul><li>{next(word_of)}</li></ul>"),
                    b.Bullets((next(word_of),)),
                    b.Finding("f", "Deficiency", next(word_of)),
                    b.Recommendation("r", next(word_of), next(word_of), addressee=next(word_of)),
                    b.Quote(next(word_of), next(word_of)),
                    b.Table(next(word_of), columns, (b.Row((next(word_of), next(word_of), next(word_of))),)),
                    b.Governance(next(word_of), (b.Tier("Decide", (body,)),)),
                    b.Wheel(next(word_of), (b.Spoke("01"),), (b.Legend(3, 1, "In place"),), (next(word_of),)),
                    b.Section("two", next(word_of), blocks=(b.Section("three", next(word_of)),)),
                ),
            ),
        ),
    )


def poster() -> b.Document:
    """A poster in English on A4 and in Arabic on A5."""
    square = b.Square(("111011", "101010", "111001", "000111", "011010", "110101"), "Address for joining, for phones")
    return b.Document(
        title="Poster: Walk with us",
        language="en",
        author="City of Velmora",
        running_title="",
        layout="poster",
        chapters=(
            b.Poster(
                "Walk with us: Old Harbour",
                "en",
                "a4",
                square,
                ("Scan the square with your phone.", "Or open this address and type the code:"),
                "audit.velmora.example/join",
                "9ACD EFGH",
                kicker="City of Velmora",
                lead="We walk together and you say how well Velmora works for people who have moved here.",
                facts=("Saturday, 9 May 2026, 10:00–13:00", "We meet here: Harbour Library, main entrance"),
                points=("You need no account.", "You can stop at any time."),
                foot=("Who answers for the data: City of Velmora, Main Square 1",),
            ),
            b.Poster(
                "سيروا معنا: الميناء القديم",
                "ar",
                "a5",
                square,
                ("امسحوا المربع بالهاتف.", "أو افتحوا هذا العنوان واكتبوا الرمز:"),
                "audit.velmora.example/join",
                "9ACD EFGH",
                facts=("السبت 9 مايو 2026",),
            ),
        ),
    )


def letters() -> b.Document:
    """Two letters in English."""
    return b.Document(
        title="Invitations",
        language="en",
        author="City of Velmora",
        running_title="",
        layout="letter",
        chapters=tuple(
            b.Letter(
                "Come and talk with us",
                to,
                "<p>Dear neighbour,</p><p>We invite you.</p>",
                "9 May 2026",
                "City of Velmora",
            )
            for to in (("Open Door", "Main Square 1"), ("Harbour Library",))
        ),
    )


def leaflet() -> b.Document:
    """A sheet to hand out, in English and in Arabic."""
    square = b.Square(("111011", "101010", "111001", "000111", "011010", "110101"), "Address for joining, for phones")
    asked = (b.FormChoice("I take part", ("Yes", "No"), words="In the audit."), b.FormFields(("Place", "Signature")))
    return b.Document(
        title="Instructions",
        language="en",
        author="City of Velmora",
        running_title="",
        layout="leaflet",
        chapters=tuple(
            b.Section(
                key, title, new_page=True, language=language, blocks=(b.Beside(square, (b.Paragraph(title),)), *asked)
            )
            for key, language, title in (("en", "en", "How to send them"), ("ar", "ar", "كيف ترسلونها"))
        ),
    )
