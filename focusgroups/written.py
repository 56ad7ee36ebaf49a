"""What the team writes about its sessions, into which words of the notes may be copied (SAFETY, "People")."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from audits.methods import TeamTexts
from audits.models import Audit
from audits.permissions import Ability

from .models import (
    AreaSummary,
    Code,
    FocusGroup,
    GroupConclusions,
    GroupSummary,
    HotSpot,
    QuestionSummary,
)

GROUP_OF = {
    GroupSummary: "group",
    QuestionSummary: "question__group",
    AreaSummary: "group",
    GroupConclusions: "group",
    HotSpot: "group",
}
"""The texts on a session, and on what path they find their group.

Questions are not among them: they are the team's before anybody answers, and a note often begins with the words of its
question.
"""


def written_about(group: FocusGroup) -> Iterator[QuerySet[Any]]:
    """The texts on a session."""
    for model, path in GROUP_OF.items():
        yield model.objects.filter(**{path: group})


def texts(audit: Audit) -> Iterator[TeamTexts]:
    """All texts of the audit's groups, with the history of those that keep one, and its codes."""
    yield _of(GroupSummary, audit, ("text", "changes"), lambda row: _("Summary"))
    yield _of(QuestionSummary, audit, ("text",), lambda row: _shortly(row.question.heading), _question_page)
    yield _of(AreaSummary, audit, ("reasons", "results", "recommendations"), lambda row: row.get_area_display())
    conclusions = ("interest", "successes", "challenges", "conclusions", "recommendations")
    yield _of(GroupConclusions, audit, conclusions, lambda row: _("Conclusions"))
    yield _of(HotSpot, audit, ("place", "issue", "recommendation"), lambda row: row.place, _spot_page)

    def named(code: Code) -> tuple[str, str]:
        code.audit = audit
        return code.name, code.get_absolute_url()

    yield TeamTexts(audit.codes.all(), ("name", "definition"), named, Ability.SEE_RESULTS)


def _of(
    model: type[Any],
    audit: Audit,
    columns: tuple[str, ...],
    what: Callable[[Any], str],
    page: Callable[[Any], str] | None = None,
) -> TeamTexts:
    """The texts of a model, each called by its group and `what` it is, with its `page`, its address by default."""
    path = GROUP_OF[model]

    def named(row: Any) -> tuple[str, str]:
        group = row
        for step in path.split("__"):
            group = getattr(group, step)
        group.audit = audit
        name = _("%(group)s: %(what)s") % {"group": group.title, "what": what(row)}
        return name, page(row) if page else row.get_absolute_url()

    rows = model.objects.filter(**{f"{path}__audit": audit}).select_related(path)
    kept = (model.history.filter(**{f"{path}__audit": audit}),) if hasattr(model, "history") else ()
    return TeamTexts(rows, columns, named, Ability.RUN_GROUPS, kept)


def _shortly(question: str) -> str:
    return Truncator(question).chars(60)


def _question_page(row: QuestionSummary) -> str:
    group = row.question.group
    return reverse("focusgroups:question-summary", args=[group.audit.slug, group.uuid, row.question.uuid])


def _spot_page(row: HotSpot) -> str:
    return reverse("focusgroups:hot-spot", args=[row.group.audit.slug, row.group.uuid, row.uuid])
