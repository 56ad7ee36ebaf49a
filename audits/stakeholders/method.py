"""What the register and the co-design plan tell the ground."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.actions.uploads import expire_uploads
from audits.methods import Method, Missing, NextStep, Progress
from audits.models import Audit, User
from audits.permissions import Ability, may

from .counts import Counts, counts_of
from .models import StakeholderUpload
from .planning import deadlines, missing

KEY = "stakeholders"
ORDER = 5


def url(audit: Audit) -> str:
    return reverse("stakeholders:list", args=[audit.slug])


def progress(audit: Audit, user: User) -> Progress:
    """How many stakeholders there are, whom the register and the plan of participation lack, what is due; the same
    queries for any number. Who may not see the register is led to the plan."""
    counts = counts_of(audit)
    lacking = tuple(_missing(counts, audit)) if counts.total else ()
    writes = may(user, Ability.WRITE_STAKEHOLDERS, audit)
    return Progress(
        state="todo" if not counts.total else "now" if lacking else "done",
        words=_words(counts),
        missing=(*(lacking if writes else ()), *missing(audit, user)),
        next_step=_first(audit) if writes and not counts.total else None,
        link_label=_("Open the register") if writes else _("Open the plan of participation"),
        link_url=url(audit) if writes else reverse("stakeholders:codesign", args=[audit.slug]),
        deadlines=tuple(deadlines(audit)),
    )


def _words(counts: Counts) -> str:
    if not counts.total:
        return _("Not begun")
    found = ngettext("%(number)s stakeholder", "%(number)s stakeholders", counts.total) % {"number": counts.total}
    led = ngettext("%(number)s migrant-led", "%(number)s migrant-led", counts.migrant_led) % {
        "number": counts.migrant_led
    }
    return f"{found}, {led}"


def _missing(counts: Counts, audit: Audit) -> Iterator[Missing]:
    if not counts.migrant_led:
        yield Missing(_("No migrant-led organisation is in the register"), url(audit))
    if counts.empty_groups:
        names = ", ".join(str(group.label) for group in counts.empty_groups)
        yield Missing(_("Nobody in the register from: %(groups)s") % {"groups": names}, url(audit))
    if counts.unreachable:
        text = ngettext(
            "%(number)s stakeholder has neither e-mail nor telephone",
            "%(number)s stakeholders have neither e-mail nor telephone",
            counts.unreachable,
        )
        yield Missing(text % {"number": counts.unreachable}, f"{url(audit)}?contact=none")
    if counts.unplaced:
        text = ngettext(
            "%(number)s stakeholder has no place in the power-interest matrix",
            "%(number)s stakeholders have no place in the power-interest matrix",
            counts.unplaced,
        )
        yield Missing(text % {"number": counts.unplaced}, f"{url(audit)}?field=none")


def _first(audit: Audit) -> NextStep:
    return NextStep(
        text=_("Write the first stakeholder into the register"),
        label=_("Add a stakeholder"),
        url=reverse("stakeholders:create", args=[audit.slug]),
        detail=_("Who has a stake in the city’s integration policy. Walks and focus groups invite from it."),
        priority=60,
    )


def expire(before, *, dry_run):
    """Deletes spreadsheets that nobody decided about. Returns how many."""
    return {"stakeholder_uploads": expire_uploads(StakeholderUpload, before, dry_run=dry_run)}


METHOD = Method(
    key=KEY,
    name=gettext_lazy("Stakeholders"),
    icon="people",
    order=ORDER,
    url=url,
    may_see=Ability.SEE_RESULTS,
    progress=progress,
    expire=expire,
)
