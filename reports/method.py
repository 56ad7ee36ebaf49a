"""How the report announces itself to the audit's home page and navigation."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.dates import long_date
from audits.methods import Method, Missing, NextStep, Progress, TeamTexts
from audits.models import Audit, User
from audits.participation.actions import to_mend
from audits.participation.enums import Purpose
from audits.participation.models import Participant
from audits.permissions import Ability, may
from audits.templatetags.interface import language_name

from .actions.builds import withdraw, withdraw_struck, withdraw_words
from .assembly import assembly
from .models import Build, Report, SectionBlock
from .outline import ENTRIES
from .status import statuses

PRIORITY = 90


def url(audit: Audit) -> str:
    return reverse("reports:report-home", args=[audit.slug])


def progress(audit: Audit, user: User) -> Progress:
    """How many sections of the report in the audit's language have a text, and what the toolkit asks for and is missing."""
    report = Report.objects.filter(audit=audit, language=audit.language).first()
    writes = may(user, Ability.WRITE_REPORT, audit)
    words = _("%(done)d of %(total)d sections have a text")
    if report is None:
        step = _step(_("Begin the City Audit Report"), url(audit)) if writes else None
        missing = tuple(_to_mend(audit, user))
        return Progress(
            "todo", _("Not begun yet"), missing=missing, next_step=step, link_label=_open(), link_url=url(audit)
        )
    report.audit = audit
    found = statuses(assembly(report), None)
    written = [one for one in found.values() if one.counts]
    total, done = len(written), sum(1 for one in written if one.has_text)
    missing = (
        *_to_mend(audit, user),
        *(
            Missing(
                _("%(section)s: %(what)s") % {"section": one.entry.title, "what": state.missing.text},
                reverse("reports:section", args=[audit.slug, report.language, one.entry.key]),
            )
            for one in found.values()
            if one.has_text or not one.entry.written
            for state in one.missing
        ),
    )
    empty = next((one.entry for one in found.values() if one.state == "empty"), None)
    step = None
    if writes and empty is not None:
        page = reverse("reports:section", args=[audit.slug, report.language, empty.key])
        step = _step(_("Write the section “%(section)s”") % {"section": empty.title}, page)
    return Progress(
        state="done" if done == total and not missing else "now" if done else "todo",
        words=words % {"done": done, "total": total},
        done=done,
        total=total,
        missing=missing,
        next_step=step,
        link_label=_open(),
        link_url=url(audit),
    )


def _to_mend(audit: Audit, user: User) -> Iterator[Missing]:
    """Texts that the user may see with words that people took back or never gave; whoever writes the report may say that
    one is right as it is."""
    writes = may(user, Ability.WRITE_REPORT, audit)
    for one in to_mend(audit):
        if not may(user, one.may_see, audit):
            continue
        read_url = ""
        if one.struck and writes:
            read_url = reverse("reports:struck-read", args=[audit.slug, one.struck.pk, one.struck.version])
        yield Missing(one.text, one.url, read_url)


def _open() -> str:
    return _("Open the report")


def _step(text: str, page: str) -> NextStep:
    return NextStep(text, _("Write"), page, priority=PRIORITY)


def texts(audit: Audit) -> Iterator[TeamTexts]:
    """The own texts of the report in all its languages, under the titles of their sections; those that were taken out,
    and the history, are kept."""

    def named(row):
        entry = ENTRIES.get(row.section)
        page = reverse("reports:section", args=[audit.slug, row.report.language, row.section])
        return _("The section “%(section)s”") % {"section": entry.title if entry else row.section}, page

    rows = SectionBlock.objects.filter(report__audit=audit).exclude(html="")
    placed = rows.placed().select_related("report")
    kept = rows.filter(removed_at__isnull=False), SectionBlock.history.filter(report__audit=audit)
    yield TeamTexts(placed, ("html",), named, Ability.SEE_REPORT, kept)


def withdrawn(participant: Participant, purpose: str) -> None:
    """Deletes the files in which words stand of somebody who no longer agrees to something that is said in words."""
    if purpose != Purpose.RECORDING:
        withdraw_words(participant)


def shows_picture(audit: Audit, picture: UUID, user: User) -> Iterator[tuple[str, str]]:
    """The files of reports that show a picture, the newest first."""
    if not may(user, Ability.SEE_REPORT, audit):
        return
    for build in Build.objects.done().filter(report__audit=audit).select_related("report"):
        if str(picture) in build.facts.get("pictures", ()):
            language = build.report.language
            name = _("Report (%(language)s), %(format)s, %(day)s") % {
                "language": language_name(language),
                "format": build.get_format_display(),
                "day": long_date(build.created_at),
            }
            yield name, reverse("reports:build", args=[audit.slug, language, build.uuid])


METHOD = Method(
    key="report",
    name=gettext_lazy("Report"),
    icon="file-earmark-text",
    order=90,
    url=url,
    may_see=Ability.SEE_REPORT,
    progress=progress,
    texts=texts,
    words_struck=withdraw_struck,
    pictures_gone=withdraw,
    shows_picture=shows_picture,
    erase=withdraw_words,
    withdrawn=withdrawn,
)
