"""The words of an invitation: our preset in the language of the discussion, its placeholders, and filling them in.

A letter is plain text in paragraphs. A paragraph all of whose placeholders have nothing to say is left out, so that one
letter serves groups with and without childcare, topics or a last day for answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import translation
from django.utils.formats import number_format
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from audits.dates import clock, full_date
from audits.models import Planning

from ..models import FocusGroup, InvitationLetter, Invitee

LINK, DATA = "link", "data"
PLACEHOLDERS = {
    "name": gettext_lazy("Name of the person"),
    "organisation": gettext_lazy("Organisation of the person"),
    "city": gettext_lazy("City"),
    "authority": gettext_lazy("Name of the authority"),
    "audit": gettext_lazy("Title of the audit"),
    "group": gettext_lazy("Name of the focus group"),
    "purpose": gettext_lazy("Purpose, as planned"),
    "topics": gettext_lazy("Topics, one to a line"),
    "date": gettext_lazy("Day of the week and date"),
    "time": gettext_lazy("When it begins"),
    "length": gettext_lazy("How long it lasts"),
    "venue": gettext_lazy("Venue"),
    "language": gettext_lazy("Language of the discussion"),
    "arrangements": gettext_lazy("Childcare, interpreters, expenses, payment and access, as planned"),
    "moderator": gettext_lazy("Moderator"),
    "reply_by": gettext_lazy("Last day for answers"),
    "controller": gettext_lazy("Who answers for the data by law"),
    DATA: gettext_lazy("What becomes of the person’s contact data"),
    LINK: gettext_lazy("The person’s own link, by which they answer"),
}
"""What may stand in curly brackets in a letter, and what it stands for."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Kind(TextChoices):
    """Why somebody gets a letter."""

    INVITE = "invite", pgettext_lazy("kind of letter", "Invitation")
    REMIND = "remind", pgettext_lazy("kind of letter", "Reminder")
    CHANGE = "change", pgettext_lazy("kind of letter", "Change of the date or the place")


@dataclass(frozen=True)
class Filled:
    """A letter to one person, in the language of the discussion."""

    subject: str
    text: str
    html: SafeString
    language: str


def preset(language: str) -> dict[str, str]:
    """Subject and text as we word them, in a language (toolkit: "a brief description of project/purpose and a summary
    of the topics to be discussed")."""
    with translation.override(language):
        paragraphs = [
            _("Dear {name},"),
            _(
                "The {authority} invites you to a focus group of the city integration audit “{audit}”: eight to ten people "
                "talk at one table. What you know and have seen counts there."
            ),
            "{purpose}",
            _("We would like to talk about:\n{topics}"),
            _("When: {date}, {time}\nHow long: {length}\nWhere: {venue}\nLanguage: {language}"),
            "{arrangements}",
            _(
                "Please answer by this link, and tell us what you need so that you can come, such as an interpreter or "
                "childcare. You need no account:\n{link}"
            ),
            _("We ask for your answer until this day: {reply_by}."),
            _(
                "Taking part is voluntary. Who answers for your data: {controller}. {data} What is said there is "
                "written down without names."
            ),
            _("With kind regards\n{authority}"),
        ]
        return {"subject": _("Invitation to a focus group on integration in {city}"), "text": "\n\n".join(paragraphs)}


def letter_of(group: FocusGroup) -> InvitationLetter:
    """The letter of a group as the coordinator words it, or the preset, not saved."""
    try:
        return group.letter
    except InvitationLetter.DoesNotExist:
        return InvitationLetter(group=group, **preset(group.language))


def faults(text: str) -> list[str]:
    """What is wrong with the curly brackets of a text, each as a sentence."""
    unknown = [name for name in dict.fromkeys(_PLACEHOLDER.findall(text)) if name not in PLACEHOLDERS]
    found = [_("{%(name)s} is not a placeholder. Choose one from the list.") % {"name": name} for name in unknown]
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        found.append(_("A curly bracket stands alone. Write placeholders like {date}, and no other curly brackets."))
    return found


def fill(letter: InvitationLetter, invitee: Invitee, link: str, kind: str = Kind.INVITE) -> Filled:
    """The letter to one person. `link` is the address by which they answer; a reminder or a change says so first."""
    group = letter.group
    with translation.override(group.language):
        values = _values(letter, invitee, link)
        paragraphs = [_filled(one, values) for one in re.split(r"\n\s*\n", letter.text.strip()) if _speaks(one, values)]
        subject = " ".join(_filled(letter.subject, values).split())
        if kind == Kind.REMIND:
            subject = _("Reminder: %(subject)s") % {"subject": subject}
            paragraphs.insert(0, _("You have been invited to this focus group, and we have no answer from you yet."))
        elif kind == Kind.CHANGE:
            subject = _("Changed: %(subject)s") % {"subject": subject}
            paragraphs.insert(0, _("Something about this focus group has changed. This is how it stands now:"))
    text = "\n\n".join(paragraphs)
    return Filled(subject, text, _html(paragraphs, link), group.language)


def arrangements(group: FocusGroup) -> list[str]:
    """What is arranged so that people can come, a line for each, in the active language."""
    planned = ((field.verbose_name, getattr(group, field.name)) for field in Planning._meta.get_fields())
    return [_("%(name)s: %(text)s") % {"name": capfirst(name), "text": text} for name, text in planned if text]


def length_of(minutes: int) -> str:
    """A length of time in words, in the active language: "1 hour", "1.5 hours", "100 minutes"."""
    if minutes % 30:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    if minutes == 60:
        return _("1 hour")
    return _("%(number)s hours") % {"number": number_format(minutes / 60, 0 if minutes % 60 == 0 else 1)}


def _kept(invitee: Invitee) -> str:
    """What becomes of somebody's name and contact data, in the active language: whoever was picked from the register
    stands there as long as its rule says (templates/pages/privacy.html)."""
    if invitee.stakeholder_id:
        return _(
            "We have your name and contact data from the stakeholder register of the audit. They are kept there as long "
            "as the audit, unless you ask us to remove them; the copy for this focus group and what you tell us that "
            "you need are deleted 30 days after it."
        )
    return _("We use your name and contact data for this focus group alone and delete them 30 days after it.")


def _values(letter: InvitationLetter, invitee: Invitee, link: str) -> dict[str, str]:
    group, audit = letter.group, letter.group.audit
    return {
        "name": invitee.name,
        "organisation": invitee.organisation,
        "city": audit.city.name,
        "authority": audit.city.authority,
        "audit": audit.title,
        "group": group.title,
        "purpose": group.purpose.strip(),
        "topics": "\n".join(f"– {line}" for line in group.topic_lines),
        "date": full_date(group.date),
        "time": clock(group.starts_at),
        "length": length_of(group.minutes),
        "venue": group.venue,
        "language": get_language_info(group.language)["name_local"],
        "arrangements": "\n".join(arrangements(group)),
        "moderator": group.moderator,
        "reply_by": full_date(letter.reply_by) if letter.reply_by else "",
        "controller": " ".join(audit.controller.split()) or audit.city.authority,
        DATA: _kept(invitee),
        LINK: link,
    }


def _speaks(paragraph: str, values: dict[str, str]) -> bool:
    names = _PLACEHOLDER.findall(paragraph)
    return not names or any(values.get(name) for name in names)


def _filled(text: str, values: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def _html(paragraphs: list[str], link: str) -> SafeString:
    anchor = f'<a href="{escape(link)}">{escape(link)}</a>'
    written = (escape(one).replace("\n", "<br>") for one in paragraphs)
    linked = (mark_safe(one.replace(escape(link), anchor) if "://" in link else one) for one in written)
    return format_html_join("\n", "<p>{}</p>", ((one,) for one in linked))
