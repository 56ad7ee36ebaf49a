"""Sound recordings of a session: added, listened to, deleted. Nobody but those who run the group hears them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from audits.enums import Act, Personal
from audits.methods import SharedFile
from audits.uploads import CappedFileHandler
from audits.views import files
from audits.views.log import logged, note_access

from ..actions import lacking_consent
from ..forms.recordings import MOST_BYTES, RecordingForm
from ..models import Recording
from ..permissions import get_group
from ..storage import delete_recordings


class SoundFileHandler(CappedFileHandler):
    """Sound is longer than what other forms take."""

    max_bytes = MOST_BYTES
    max_request_bytes = 2 * MOST_BYTES


# The check of the form's token reads the body, and has to wait until who may send such a long one is known.
@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recording_list(request, audit, group):
    group = get_group(request, audit, group)
    request.upload_handlers = [SoundFileHandler(request)]
    return _recording_list(request, group)


@csrf_protect
def _recording_list(request, group):
    lacking = lacking_consent(group)
    taken = group.seats.filter(participant__joined_at__isnull=False).count()
    sent = request.method == "POST"
    form = RecordingForm(request.POST if sent else None, request.FILES if sent else None, group=group)
    if sent and form.is_valid() and form.save(by=request.user):
        messages.success(request, _("The recording is kept."))
        return redirect("focusgroups:recording-list", group.audit.slug, group.uuid)
    context = {
        "group": group,
        "form": form,
        "recordings": group.recordings.select_related("by"),
        "lacking": lacking,
        "taken": taken,
    }
    return render(request, "focusgroups/recording_list.html", context)


@login_required
@require_safe
@logged(Personal.RECORDINGS)
def recording_file(request, audit, group, recording):
    """The sound, while everybody who sat there agrees to it."""
    group = get_group(request, audit, group)
    found = get_object_or_404(Recording, group=group, uuid=recording)
    if lacking_consent(group):
        raise Http404
    name = f"{group.date:%Y-%m-%d}.{found.file.name.rsplit('.', 1)[-1]}"
    return files.played(request, SharedFile(name, found.media_type, lambda: found.file.open("rb")))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recording_delete(request, audit, group, recording):
    group = get_group(request, audit, group)
    found = get_object_or_404(Recording, group=group, uuid=recording)
    if request.method == "POST":
        delete_recordings(group.recordings.filter(pk=found.pk))
        note_access(request, Personal.RECORDINGS, Act.ERASED)
        messages.success(request, _("The recording is deleted."))
        return redirect("focusgroups:recording-list", group.audit.slug, group.uuid)
    return render(request, "focusgroups/recording_delete.html", {"group": group, "recording": found})
