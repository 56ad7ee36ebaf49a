"""Inviting people to a photo activity: what is said about it in a language, and our wording of the invitation."""

from __future__ import annotations

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.dates import span
from audits.texts import in_a_line

from .enums import ActivityKind
from .models import Activity, InvitationText
from .wording import themes_of


def length(activity: Activity) -> str:
    """How long it lasts, in the active language."""
    if ActivityKind(activity.kind).has_window:
        days = (timezone.localdate(activity.ends) - timezone.localdate(activity.starts)).days + 1
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
    hours, minutes = divmod(round((activity.ends - activity.starts).total_seconds() / 60), 60)
    if not minutes:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


def meeting(activity: Activity) -> list[tuple[str, str]]:
    """How long it lasts and where people meet, with its name; what is not planned is left out."""
    found = (
        (_("How long"), length(activity)),
        (_("We meet here"), activity.meeting_point),
        (_("At the end we meet here"), activity.final_point),
    )
    return [(name, said) for name, said in found if said]


def arrangements(activity: Activity) -> list[tuple[str, str]]:
    """What is arranged so that everybody can come, with its name; what is not planned is left out."""
    found = (
        (_("Childcare"), activity.childcare),
        (_("Interpreters"), activity.interpreters),
        (_("Travel and other expenses"), activity.expenses),
        (_("Payment for taking part"), activity.payment),
        (_("Access for people with disabilities"), activity.access),
    )
    return [(name, said) for name, said in found if said]


def invitation_of(activity: Activity, language: str, address: str) -> InvitationText:
    """The team's invitation in a language; ours, unsaved, where there is none."""
    found = activity.invitations.filter(language=language).first()
    found = found or InvitationText(language=language, **wording(activity, language, address))
    found.activity = activity
    return found


def wording(activity: Activity, language: str, address: str) -> dict[str, str]:
    """Our words: title and text, made from the plan. `address` is the page on which people join."""
    with translation.override(language):
        audit = activity.audit
        kind = ActivityKind(activity.kind)
        themes = themes_of(activity, language)
        facts = [(_("When"), span(activity.starts, activity.ends)), *meeting(activity), *arrangements(activity)]
        how = {
            ActivityKind.COLLECTIVE: _(
                "We go out together and take photos with our own phones. At the beginning we explain how; at the end we "
                "meet again."
            ),
            ActivityKind.INDIVIDUAL: _("You take the photos by yourself, whenever you like within this time."),
            ActivityKind.CONTEST: _("Everybody in the city can take part, and send photos within this time."),
        }[kind]
        paragraphs = [
            _(
                "We would like to see %(city)s through your eyes: what works well for people who have moved here, and what "
                "could be better."
            )
            % {"city": audit.city},
            how,
            "\n".join(f"- {name}: {said}" for name, said in facts),
            _("There are these themes:") + "\n" + "\n".join(f"- {theme.title}" for theme in themes),
            _(
                "Every photo gets a title and a few words, in any language. You need no camera, no experience and no "
                "account, and nobody asks for your name. For each photo you decide whether it is published, and which name "
                "stands below it, or none. Nobody earns money with it."
            ),
            _("Join on this page: %(address)s") % {"address": address.rstrip("/")},
            _(
                "Everybody is welcome: people who have moved here from other countries and people who have always lived "
                "here. Bring others along."
            ),
            _("Who answers for the data: %(controller)s")
            % {"controller": in_a_line(audit.controller or audit.city.authority)},
        ]
        return {
            "title": _("Show us your city: %(activity)s") % {"activity": activity.title},
            "text": "\n\n".join(paragraphs),
        }
