"""The co-design guide as a page shows it: in its reader's language, in the same number of queries however long it is.

Nothing is written here: an audit that has planned nothing yet reads the guide that it would begin with.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from audits.instruments import Text, Texts, translated
from audits.models import (
    Audit,
    CodesignChecklist,
    CodesignChecklistItem,
    CodesignGuide,
    CodesignStage,
    CodesignTool,
    GenderPoint,
    OutreachBarrier,
    OutreachTip,
    PracticeExample,
)
from audits.models.instrument import InstrumentPart, TreeRow

from .models import CodesignPlan

# For which stages of the policy cycle a tool is meant, by the keys of both (UNITES guide, tools, "when to use").
TOOL_STAGES = {
    "forum_theatre": ("stage-1",),
    "citizens_dialogues": ("stage-1", "stage-2"),
    "community_researchers": ("stage-1", "stage-4"),
    "mystery_shoppers": ("stage-3", "stage-4"),
}
# How the guide names the places where it tells an example.
STAGE_EXAMPLES, OUTREACH_EXAMPLES = "Stage {number} ", "Outreach"


@dataclass(frozen=True)
class Part:
    """A row of the guide with its texts by field, and the parts that stand under it."""

    row: TreeRow
    texts: dict[str, Text]
    below: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Guide:
    """The guide of an audit; `plan` is None until something is written."""

    row: CodesignGuide
    plan: CodesignPlan | None
    texts: dict[str, Text]
    stages: tuple[Part, ...]
    checklists: tuple[Part, ...]
    tools: tuple[Part, ...]
    barriers: tuple[Part, ...]
    tips: tuple[Part, ...]
    examples: tuple[Part, ...]

    def tools_for(self, stage: Part) -> list[Part]:
        return [tool for tool in self.tools if stage.row.key in TOOL_STAGES.get(tool.row.key, ())]

    def stages_of(self, tool: Part) -> list[Part]:
        return [stage for stage in self.stages if stage.row.key in TOOL_STAGES.get(tool.row.key, ())]

    def examples_at(self, topic: str) -> list[Part]:
        """Those that the guide tells at a place whose name begins like this."""
        return [example for example in self.examples if example.row.topic.startswith(topic)]

    @property
    def examples_by_topic(self) -> list[tuple[Text, list[Part]]]:
        """The examples by the place where the guide tells them, without those that stand in the card of their tool."""
        told = {tool.row.example for tool in self.tools}
        rest = [example for example in self.examples if example.row.text not in told]
        return [
            (Text(topic, self.row.language), list(group))
            for topic, group in groupby(rest, key=lambda example: example.row.topic)
        ]


def plan_of(audit: Audit) -> CodesignPlan | None:
    return CodesignPlan.objects.select_related("guide").filter(audit=audit).first()


def guide_of(audit: Audit, language: str) -> Guide | None:
    """The audit's guide in a language; None where none is loaded."""
    plan = plan_of(audit)
    row = plan.guide if plan else CodesignGuide.objects.for_new()
    if row is None:
        return None
    rows = list(row.rows())
    texts = translated(rows, language)
    by_model: dict[type, list[InstrumentPart]] = defaultdict(list)
    for one in rows[1:]:
        by_model[type(one)].append(one)

    def parts(model: type[InstrumentPart], below: type[InstrumentPart] | None = None) -> tuple[Part, ...]:
        under = defaultdict(list)
        for one in by_model[below] if below else ():
            under[getattr(one, below.parent_field).pk].append(Part(one, texts.of(one)))
        return tuple(Part(one, texts.of(one), tuple(under[one.pk])) for one in by_model[model])

    return Guide(
        row=row,
        plan=plan,
        texts=texts.of(row),
        stages=parts(CodesignStage),
        checklists=parts(CodesignChecklist, CodesignChecklistItem),
        tools=parts(CodesignTool),
        barriers=parts(OutreachBarrier, GenderPoint),
        tips=parts(OutreachTip),
        examples=tuple(_example(one, row.language) for one in by_model[PracticeExample]),
    )


def part_of(row: TreeRow, texts: Texts) -> Part:
    return Part(row, texts.of(row))


def _example(row: PracticeExample, language: str) -> Part:
    """Examples are told in the guide's own language alone."""
    return Part(row, {name: Text(getattr(row, name), language) for name in ("title", "text", "topic")})
