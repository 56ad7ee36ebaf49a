"""What photovoice tells the ground: its card on the audit home, its entry in the navigation, its part in rights."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.methods import Deadline, Method, Missing, NextStep, Progress, TeamTexts, text_on
from audits.models import Audit, User
from audits.participation.enums import Purpose
from audits.permissions import Ability, may

from . import evidence, parcels, participant_data
from .actions.incoming import expire_waiting
from .enums import ActivityState
from .models import Activity, Photo, Remark
from .models.activity import FEWEST
from .progress import Figures, figures_of

KEY = evidence.KEY


def url(audit: Audit) -> str:
    return reverse("photovoice:list", args=[audit.slug])


def progress(audit: Audit, user: User) -> Progress:
    """Progress in words and counts; two queries, however many activities. Next steps are for those who run it."""
    activities = list(audit.photo_activities.all())
    runs = may(user, Ability.RUN_PHOTOVOICE, audit)
    if not activities:
        return _nothing_yet(audit, runs=runs)
    for activity in activities:
        activity.audit = audit
    figures = figures_of(activities)
    photos = sum(one.photos for one in figures.values())
    placed = sum(one.sorted for one in figures.values())
    people = sum(one.photographers for one in figures.values())
    closed = all(activity.state == ActivityState.CLOSED for activity in activities)
    step = _next_step(activities, figures) if runs else None
    return Progress(
        state="done" if closed and photos and placed == photos else "now" if photos else "todo",
        words=_("%(photos)s of %(people)s, %(sorted)s")
        % {
            "photos": ngettext("%(number)s photo", "%(number)s photos", photos) % {"number": photos},
            "people": ngettext("%(number)s person", "%(number)s people", people) % {"number": people},
            "sorted": ngettext("%(number)s sorted", "%(number)s sorted", placed) % {"number": placed},
        },
        done=placed,
        total=photos,
        missing=tuple(_missing(activities, figures, runs=runs)),
        next_step=step,
        link_label=step.label if step else _("Look at photovoice"),
        link_url=step.url if step else url(audit),
        deadlines=tuple(_days(activities, user)),
    )


def _nothing_yet(audit: Audit, *, runs: bool) -> Progress:
    step = None
    if runs:
        step = NextStep(
            text=_("Plan the first photo activity"),
            label=_("Plan a photo activity"),
            url=reverse("photovoice:create", args=[audit.slug]),
            detail=_("Twenty to thirty people take photos on two themes, together or within two weeks."),
            priority=42,
        )
    return Progress(
        state="todo",
        words=_("No photos yet"),
        next_step=step,
        link_label=step.label if step else "",
        link_url=step.url if step else "",
    )


def _missing(activities: list[Activity], figures: dict[int, Figures], *, runs: bool) -> Iterator[Missing]:
    """Facts, each with the page where it can be done for those who may."""
    for activity in activities:
        one = figures[activity.pk]
        if one.late:
            text = ngettext(
                "%(number)s photo of “%(activity)s” came late and waits",
                "%(number)s photos of “%(activity)s” came late and wait",
                one.late,
            )
            yield Missing(text % {"number": one.late, "activity": activity}, _address("gallery", activity, runs))
        if one.unsorted and activity.state in (ActivityState.CLOSING, ActivityState.CLOSED):
            text = ngettext(
                "%(number)s photo of “%(activity)s” is not sorted",
                "%(number)s photos of “%(activity)s” are not sorted",
                one.unsorted,
            )
            yield Missing(text % {"number": one.unsorted, "activity": activity}, _address("review", activity, runs))
    people = sum(one.photographers for one in figures.values())
    if people < FEWEST and all(activity.state == ActivityState.CLOSED for activity in activities):
        text = ngettext(
            "%(number)s person took photos; the toolkit asks for at least 20",
            "%(number)s people took photos; the toolkit asks for at least 20",
            people,
        )
        yield Missing(text % {"number": people})


def _next_step(activities: list[Activity], figures: dict[int, Figures]) -> NextStep | None:
    today = timezone.localdate()
    for activity in activities:
        if activity.state == ActivityState.PLANNED and timezone.localdate(activity.starts) <= today:
            return NextStep(
                text=_("Open “%(activity)s”, so that people can join and send photos") % {"activity": activity},
                label=_("Open the activity"),
                url=_address("state", activity),
                priority=16,
            )
    for activity in activities:
        if figures[activity.pk].unsorted and activity.state in (ActivityState.CLOSING, ActivityState.CLOSED):
            return NextStep(
                text=_("Sort the photos of “%(activity)s” together") % {"activity": activity},
                label=_("Sort the photos"),
                url=_address("review", activity),
                priority=32,
            )
    return None


def _days(activities: list[Activity], user: User) -> Iterator[Deadline]:
    """The days on which activities begin or a period ends; past ones are no deadlines any more."""
    today = timezone.localdate()
    for activity in activities:
        begins, ends = timezone.localdate(activity.starts), timezone.localdate(activity.ends)
        if activity.state == ActivityState.CLOSED:
            continue
        day = begins if begins >= today else ends
        if day >= today:
            who = _("You") if activity.facilitator_id == user.pk else ""
            yield Deadline(
                day, _("Photovoice “%(activity)s”") % {"activity": activity}, who, _address("detail", activity)
            )


def _address(name: str, activity: Activity, runs: bool = True) -> str:
    return reverse(f"photovoice:{name}", args=[activity.audit.slug, activity.uuid]) if runs else ""


def expire(before, *, dry_run):
    """Deletes previews that nobody decided about, photos whose authors never answered, and addresses of senders."""
    return {
        "photo_previews": parcels.expire_previews(before, dry_run=dry_run),
        **expire_waiting(dry_run=dry_run),
    }


def texts(audit: Audit) -> Iterator[TeamTexts]:
    """The team's remarks in the reviews, and why it hides photos and remarks. What participants remarked themselves is
    theirs (`participant_data.remarks_of`)."""

    def named(remark: Remark) -> tuple[str, str]:
        remark.activity.audit = audit
        return text_on(remark.activity, remark), remark.get_absolute_url()

    remarks = Remark.objects.filter(activity__audit=audit, participant=None).select_related("activity", "category")
    yield TeamTexts(remarks, ("text",), named, Ability.RUN_PHOTOVOICE)

    def hidden_named(row: Photo | Remark) -> tuple[str, str]:
        page = "photovoice:photo-hide" if isinstance(row, Photo) else "photovoice:remark-hide"
        # Not by the row's own name: these words are hidden.
        name = text_on(row.activity, row, "hidden_reason")
        return name, reverse(page, args=[audit.slug, row.activity.uuid, row.uuid])

    for model in (Photo, Remark):
        hidden = model.objects.filter(activity__audit=audit).exclude(hidden_reason="").select_related("activity")
        yield TeamTexts(hidden, ("hidden_reason",), hidden_named, Ability.RUN_PHOTOVOICE)


METHOD = Method(
    key=KEY,
    name=gettext_lazy("Photovoice"),
    icon="camera",
    order=40,
    url=url,
    may_see=Ability.SEE_RESULTS,
    progress=progress,
    resolve=evidence.resolve,
    evidence_choices=evidence.evidence_choices,
    held_for=participant_data.held_for,
    held_parts=participant_data.held_parts,
    held_files=participant_data.held_files,
    given_by=participant_data.given_by,
    words_of={Purpose.PUBLICATION: participant_data.captions_of, Purpose.QUOTATION: participant_data.remarks_of},
    texts=texts,
    erase=participant_data.erase,
    withdrawn=participant_data.withdrawn,
    rests_on=participant_data.rests_on,
    expire=expire,
)
