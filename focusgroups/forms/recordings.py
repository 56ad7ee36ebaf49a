"""Adding a sound recording of a session."""

from datetime import timedelta

import filetype
from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from ..actions import NotAllAgreeError, add_recording
from ..sound import ACCEPT, Fault, NotSoundError, sound_of

MOST_BYTES = 300 * 1024 * 1024
DAYS, MOST_DAYS = 90, 365
SENTENCES = {
    Fault.OTHER: _("“%(name)s” is not a sound file that can be played here. Use MP3, M4A, OGG, WAV, WebM or FLAC."),
    Fault.VIDEO: _("“%(name)s” is a video. Only sound is kept: save the sound alone, and send that."),
    Fault.CUT_OFF: _("“%(name)s” is not whole: its end is missing. Copy it once more from where it was recorded."),
}


class RecordingForm(forms.Form):
    """A sound file, and the day on which it is deleted."""

    file = forms.FileField(
        label=_("Sound file"),
        widget=forms.FileInput(attrs={"accept": ACCEPT, "class": "form-control"}),
        error_messages={"required": _("Choose the sound file."), "empty": _("The file is empty.")},
    )
    delete_on = forms.DateField(
        label=_("Delete it on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        help_text=_("Long enough to check the notes by it, and no longer: at most a year."),
        error_messages={
            "required": _("Write the day on which the recording is deleted."),
            "invalid": _("Write the day as year-month-day, for example 2027-03-31."),
        },
    )

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group
        self.sound = None
        today = timezone.localdate()
        self.first, self.last = today + timedelta(days=1), today + timedelta(days=MOST_DAYS)
        self.initial.setdefault("delete_on", today + timedelta(days=DAYS))
        self.fields["delete_on"].widget.attrs |= {"min": self.first.isoformat(), "max": self.last.isoformat()}
        self.fields["file"].help_text = now("MP3, M4A, OGG, WAV, WebM or FLAC, at most %(most)s.") % {
            "most": filesizeformat(MOST_BYTES)
        }

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(
                _("The file has %(size)s. At most %(most)s are possible: save it as MP3 or M4A, or in two parts."),
                # A file of a few bytes too many is not as large as the most that is possible.
                params={"size": filesizeformat(upload.size + 1024 * 1024 // 20), "most": filesizeformat(MOST_BYTES)},
            )
        try:
            self.sound = sound_of(upload, upload.size)
        except NotSoundError as error:
            upload.seek(0)
            kind = filetype.guess(upload.read(8192))
            reason = (
                Fault.VIDEO if kind and kind.mime.startswith("video/") and error.reason is Fault.OTHER else error.reason
            )
            raise ValidationError(SENTENCES[reason], code=reason.name.lower(), params={"name": upload.name}) from None
        return upload

    def clean_delete_on(self):
        day = self.cleaned_data["delete_on"]
        if not self.first <= day <= self.last:
            raise ValidationError(_("Choose a day from tomorrow on, at most a year from now."))
        return day

    def save(self, *, by):
        """The recording; None where somebody at the table does not agree, with their seats in the form."""
        try:
            return add_recording(
                group=self.group,
                upload=self.cleaned_data["file"],
                sound=self.sound,
                delete_on=self.cleaned_data["delete_on"],
                by=by,
            )
        except NotAllAgreeError as error:
            seats = ", ".join(map(str, error.seats))
            self.add_error(
                None,
                now("Not everybody agreed to be recorded: seats %(seats)s.") % {"seats": seats}
                if seats
                else now("No seat is taken yet. Type in first what everybody ticked about recording."),
            )
            return None
