"""What somebody can ask for with their personal code: everything that is held about them, and taking it all back."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from audits.dates import date_time
from audits.methods import HeldFile, HeldPart, methods

from ..models import Change, Participant
from . import copies
from .journal import remember_erased


def held_for(participant: Participant) -> dict[str, Any]:
    """Everything that is held about the participant, under the key of each method that holds something."""
    return {
        "audit": participant.audit.title,
        "about_me": {
            "group": participant.group,
            "gender": participant.gender,
            "age": participant.age_band,
            "language": participant.language,
            "joined": participant.joined_at.isoformat() if participant.joined_at else None,
        },
        "consents": [
            {
                "purpose": consent.purpose,
                "given": consent.given,
                "by_a_guardian": consent.guardian,
                "on_paper": consent.on_paper,
                "text_version": consent.text_version,
                "language": consent.language,
                "at": consent.at.isoformat(),
            }
            for consent in participant.consents.all()
        ],
    } | {method.key: held for method in methods() if (held := method.held_for(participant))}


def held_parts(participant: Participant) -> Iterator[HeldPart]:
    """What is held about the participant, to be read in the language of the page; `held_for` has its history too."""
    said = (
        (_("I take part mainly as …"), participant.get_group_display() if participant.group else ""),
        (_("Gender"), participant.get_gender_display() if participant.gender else ""),
        (_("Age group"), participant.get_age_band_display() if participant.age_band else ""),
        (_("Language"), dict(settings.PARTICIPANT_LANGUAGES).get(participant.language, participant.language)),
        (_("joined on"), date_time(participant.joined_at) if participant.joined_at else ""),
    )
    yield HeldPart(_("About me"), tuple((name, str(text)) for name, text in said if text))
    consents = tuple(
        (
            consent.get_purpose_display(),
            (_("agreed on %(day)s") if consent.given else _("taken back on %(day)s")) % {"day": date_time(consent.at)},
        )
        for consent in participant.consents.all()
    )
    if consents:
        yield HeldPart(_("What I agreed to"), consents)
    for method in methods():
        yield from method.held_parts(participant)


def held_files(participant: Participant) -> Iterator[HeldFile]:
    """The files that are held about the participant, beside what `held_for` says in words."""
    for method in methods():
        yield from method.held_files(participant)


@transaction.atomic
def erase(participant: Participant) -> None:
    """Deletes what every method holds about the participant, the journal of changes, consents, and the code, and
    strikes their words out of the team's texts. What stays is the identifier alone: `was_erased` knows it again."""
    Participant.objects.select_for_update().get(pk=participant.pk)
    words = [one.text for one in copies.words_of(Participant.objects.filter(pk=participant.pk))]
    copied = copies.repeating(participant.audit, words)
    for method in methods():
        method.erase(participant)
    copies.strike_out(participant.audit, copied, words)
    Change.objects.filter(participant=participant).delete()
    identifier = participant.uuid
    participant.delete()
    # Another phone of theirs may not know yet, and still keep what was not sent.
    remember_erased([(identifier, None)])
