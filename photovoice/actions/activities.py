"""Planning a photo activity and taking it from state to state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audits.models import User
from audits.participation import occasions

from ..enums import ActivityState
from ..models import Activity, ActivityEvent, ThemeWording, UploadOption


@transaction.atomic
def plan_activity(*, activity: Activity, upload_options: Iterable[UploadOption], by: User) -> Activity:
    """Saves a new activity. Raises as `check_plan` does."""
    options = list(upload_options)
    check_plan(activity=activity, upload_options=options)
    activity.changed_by = by
    activity.save(force_insert=True)
    activity.upload_options.set(options)
    return activity


def check_plan(*, activity: Activity, upload_options: Iterable[UploadOption]) -> None:
    """Raises ValidationError, its `error_dict` keyed by field, when a plan contradicts what is there already: another
    guide although there are photos, an option of another guide, a walk that is not one of the audit."""
    if any(option.guide_id != activity.guide_id for option in upload_options):
        raise ValidationError({"upload_options": _("Choose from the ways that the guide names.")})
    if activity.beside and activity.beside not in dict(occasions.of_audit(activity.audit)):
        raise ValidationError({"beside": _("This walk is not there any more. Choose another one or none.")})
    if activity.pk is not None and activity.photos.exists():
        before = Activity.objects.values_list("guide", flat=True).get(pk=activity.pk)
        if before != activity.guide_id:
            raise ValidationError(
                {"guide": _("This activity has photos already. For another guide, plan another activity.")}
            )


@transaction.atomic
def word_themes(*, activity: Activity, wordings: Sequence[ThemeWording]) -> None:
    """Keeps the activity's own words for some themes; one without a title gets the guide's words in its language."""
    for wording in wordings:
        of = {"theme_id": wording.theme_id, "language": wording.language}
        if wording.title:
            said = {"title": wording.title, "text": wording.text}
            ThemeWording.objects.update_or_create(activity=activity, **of, defaults=said)
        else:
            activity.wordings.filter(**of).delete()


@transaction.atomic
def move_activity(*, activity: Activity, to: ActivityState | str, by: User, reason: str = "") -> Activity:
    """Takes the activity to its next state, or back for a reason, and keeps who did it when.

    Raises ValidationError where it has moved on meanwhile, where no reason is given for a step back, and where an
    activity that has photos would become a mere plan again.
    """
    activity = Activity.objects.select_for_update(of=("self",)).select_related("audit").get(pk=activity.pk)
    state, to = ActivityState(activity.state), ActivityState(to)
    if to != state.forward and to not in state.back:
        raise ValidationError(
            _("The activity is %(state)s by now. Somebody else may have changed it; look again.")
            % {"state": state.label.lower()}
        )
    if to in state.back:
        if not reason.strip():
            raise ValidationError(_("Write why the activity is put back."))
        if to == ActivityState.PLANNED and activity.photos.exists():
            raise ValidationError(_("This activity has photos already, so it cannot become a mere plan again."))
    activity.state = to
    activity.closed_at = timezone.now() if to == ActivityState.CLOSED else None
    activity.save(update_fields=["state", "closed_at"])
    ActivityEvent.objects.create(activity=activity, before=state, after=to, reason=reason.strip(), by=by)
    return activity


def kept_because(activity: Activity) -> str:
    """Why the activity cannot be deleted, in words; "" where it can."""
    if activity.photos.exists():
        return _("It has photos already. They belong to the people who took them.")
    if activity.rights_requests.exists():
        return _("Somebody has been asked for the rights in photos, and may still answer.")
    if activity.state != ActivityState.PLANNED or activity.events.exists():
        return _("It has been open. People may still have photos for it on their phones.")
    return ""


@transaction.atomic
def delete_activity(*, activity: Activity) -> None:
    """Deletes a plan with its words and events. Raises ValidationError where something hangs on it."""
    locked = Activity.objects.select_for_update(of=("self",)).order_by().get(pk=activity.pk)
    if why := kept_because(locked):
        raise ValidationError(why)
    locked.delete()
