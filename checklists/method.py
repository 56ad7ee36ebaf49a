"""What the walks tell the ground: their card on the audit home, their entry in the navigation."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.actions.uploads import expire_uploads
from audits.methods import Deadline, Involvement, Method, Missing, NextStep, Progress, TeamTexts, text_on
from audits.participation.enums import Purpose
from audits.permissions import Ability, may

from . import evidence, participant_data
from .enums import WalkState
from .models import ConsensusNote, ImprovementIdea, Score, SheetUpload, WalkCall
from .progress import scores_by_area, turnout_of, undiscussed

# A typist does about two sheets in three minutes, the checking included.
MINUTES_PER_SHEET = 1.5


def progress(audit, user):
    """Progress in words and counts; five queries, however many walks. The next step is for those who run walks."""
    walks = list(audit.walks.select_related("facilitator"))
    if not walks:
        return _nothing_yet(audit, user)
    for walk in walks:
        walk.audit = audit
    turnout = turnout_of(walks)
    to_discuss = undiscussed(walks)
    complete = sum(walk.state == WalkState.CLOSED for walk in walks)
    finished = complete == len(walks) and not any(to_discuss.values())
    sheets_in = sum(count.sheets_in for count in turnout.values())
    expected = sum(count.expected for count in turnout.values())
    runs_walks = may(user, Ability.RUN_WALKS, audit)
    step = _next_step(walks, turnout, to_discuss) if runs_walks else None
    return Progress(
        state="done" if finished else "now" if sheets_in or complete else "todo",
        words=_("%(complete)s, %(sheets)s")
        % {
            "complete": ngettext(
                "%(done)s of %(number)s walk complete", "%(done)s of %(number)s walks complete", len(walks)
            )
            % {"done": complete, "number": len(walks)},
            "sheets": ngettext("%(in)s of %(number)s sheet in", "%(in)s of %(number)s sheets in", expected)
            % {"in": sheets_in, "number": expected},
        },
        done=sheets_in,
        total=expected,
        missing=tuple(_missing(walks, turnout, to_discuss, runs_walks=runs_walks)),
        next_step=step,
        link_label=step.label if step else _("Look at the walks"),
        link_url=step.url if step else url(audit),
        by_area={area: {_("Scores on walks"): number} for area, number in scores_by_area(audit).items()},
        deadlines=tuple(_days(walks, user)),
    )


def _nothing_yet(audit, user):
    step = None
    if may(user, Ability.RUN_WALKS, audit):
        step = NextStep(
            text=_("Plan the first city walk"),
            label=_("Plan a walk"),
            url=reverse("checklists:walk-create", args=[audit.slug]),
            detail=_("The day, the meeting point and the places; twenty to thirty people are usual."),
            priority=40,
        )
    return Progress(
        state="todo",
        words=_("No walks yet"),
        next_step=step,
        link_label=step.label if step else "",
        link_url=step.url if step else "",
    )


def _missing(walks, turnout, to_discuss, *, runs_walks):
    """Facts, each with the page where it can be done for those who may."""
    for walk in walks:
        untyped = turnout[walk.pk].untyped
        if untyped and walk.accepts and _has_taken_place(walk):
            yield Missing(
                ngettext(
                    "%(number)s paper sheet of “%(walk)s” is not typed in",
                    "%(number)s paper sheets of “%(walk)s” are not typed in",
                    untyped,
                )
                % {"number": untyped, "walk": walk},
                _address("walk-detail", walk),
            )
        if number := to_discuss.get(walk.pk):
            yield Missing(_waiting(number, walk), _address("consensus-list", walk) if runs_walks else "")
        if not walk.has_briefing and walk.state in (WalkState.PLANNED, WalkState.OPEN):
            yield Missing(
                _("The briefing of “%(walk)s” is not written") % {"walk": walk},
                _address("walk-briefing", walk) if runs_walks else "",
            )


def _days(walks, user):
    """The days on which people will walk; past ones are no deadlines any more."""
    for walk in walks:
        if walk.date >= timezone.localdate() and walk.state != WalkState.CLOSED:
            who = _("You") if walk.facilitator == user else str(walk.facilitator or "")
            yield Deadline(walk.date, _("City walk “%(walk)s”") % {"walk": walk}, who, _address("walk-detail", walk))


def _waiting(number, walk):
    return ngettext(
        "%(number)s statement of “%(walk)s” waits for the group’s discussion",
        "%(number)s statements of “%(walk)s” wait for the group’s discussion",
        number,
    ) % {"number": number, "walk": walk}


def _next_step(walks, turnout, to_discuss):
    """The most urgent thing to do: papers that wait, walks whose day has come or is over, discussions, planned walks."""
    for walk in walks:
        count = turnout[walk.pk]
        if walk.accepts and count.untyped and _has_taken_place(walk):
            return NextStep(
                text=ngettext(
                    "Type in %(number)s paper sheet from the walk “%(walk)s”",
                    "Type in %(number)s paper sheets from the walk “%(walk)s”",
                    count.untyped,
                )
                % {"number": count.untyped, "walk": walk},
                label=_("Type in sheets"),
                url=_address("type-in", walk),
                detail=_about_minutes(count.untyped),
                priority=10,
            )
    for walk in walks:
        if walk.state == WalkState.PLANNED and walk.date <= timezone.localdate():
            return NextStep(
                text=_("Open the walk “%(walk)s”, so that sheets can come in") % {"walk": walk},
                label=_("Open the walk"),
                url=_address("walk-state", walk),
                priority=15,
            )
    for walk in walks:
        if walk.accepts and walk.date < timezone.localdate() and turnout[walk.pk].sheets_in:
            return NextStep(
                text=_("Close the walk “%(walk)s”") % {"walk": walk},
                label=_("Close the walk"),
                url=_address("walk-state", walk),
                detail=_("Once it is closed, its results stand."),
                priority=25,
            )
    for walk in walks:
        if to_discuss.get(walk.pk):
            return NextStep(
                text=_waiting(to_discuss[walk.pk], walk),
                label=_("Discuss them"),
                url=_address("consensus-list", walk),
                detail=_(
                    "People see these statements differently. Averages stay; what the group says stands beside them."
                ),
                priority=30,
            )
    for walk in walks:
        if walk.state == WalkState.PLANNED:
            return NextStep(
                text=_("Print the pack for the walk “%(walk)s”") % {"walk": walk},
                label=_("Print the walk pack"),
                url=_address("walk-pack", walk),
                priority=45,
            )
    return None


def _has_taken_place(walk):
    return walk.date <= timezone.localdate()


def _about_minutes(sheets):
    minutes = max(1, round(sheets * MINUTES_PER_SHEET))
    return ngettext("About %(number)s minute.", "About %(number)s minutes.", minutes) % {"number": minutes}


def _address(name, walk):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid])


def url(audit):
    return reverse("checklists:walk-list", args=[audit.slug])


def expire(before, *, dry_run):
    """Deletes spreadsheets that nobody decided about. Returns how many."""
    return {"sheet_uploads": expire_uploads(SheetUpload, before, dry_run=dry_run)}


def involves(audit, stakeholders):
    """The walks to which stakeholders of the register are asked, and what they say."""
    found = {}
    calls = WalkCall.objects.filter(stakeholder__in=stakeholders, walk__audit=audit).select_related("walk")
    for call in calls:
        call.walk.audit = audit
        text = _("City walk “%(walk)s”: %(reply)s") % {"walk": call.walk, "reply": _reply(call)}
        found.setdefault(call.stakeholder_id, []).append(
            Involvement(text, call.walk.date, call.walk.get_absolute_url())
        )
    return found


def _reply(call):
    if call.asked_on or call.reply:
        return call.get_reply_display().lower()
    return _("to be asked")


def texts(audit):
    """What the groups said of statements, and their ideas for improvement, as the team wrote them down, and why it hides
    comments."""

    def note_named(row):
        page = reverse("checklists:consensus", args=[audit.slug, row.walk.uuid, row.item.key])
        return text_on(f"{row.walk}, {row.item.key}", row), page

    def idea_named(row):
        return text_on(row.walk, row), reverse("checklists:ideas", args=[audit.slug, row.walk.uuid])

    notes = ConsensusNote.objects.filter(walk__audit=audit).select_related("walk", "item")
    yield TeamTexts(notes, ("text",), note_named, Ability.RUN_WALKS)
    ideas = ImprovementIdea.objects.filter(walk__audit=audit).select_related("walk")
    yield TeamTexts(ideas, ("text",), idea_named, Ability.SEE_RESULTS)

    def hidden_named(row):
        walk = row.sheet.walk
        page = reverse("checklists:comment-hide", args=[audit.slug, walk.uuid, row.uuid])
        return text_on(f"{walk}, {row.item.key}", row, "hidden_reason"), page

    hidden = Score.objects.filter(sheet__walk__audit=audit).exclude(hidden_reason="")
    yield TeamTexts(hidden.select_related("sheet__walk", "item"), ("hidden_reason",), hidden_named, Ability.RUN_WALKS)


METHOD = Method(
    key=evidence.KEY,
    name=gettext_lazy("City walks"),
    icon="signpost-split",
    order=30,
    url=url,
    may_see=Ability.SEE_RESULTS,
    progress=progress,
    resolve=evidence.resolve,
    evidence_choices=evidence.evidence_choices,
    held_for=participant_data.held_for,
    held_parts=participant_data.held_parts,
    given_by=evidence.given_by,
    erase=participant_data.erase,
    words_of={Purpose.QUOTATION: participant_data.words_of},
    texts=texts,
    expire=expire,
    involves=involves,
)
