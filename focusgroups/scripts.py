"""What the moderator says: the opening in five parts, and the steps at the end (toolkit, "City audit focus groups",
conducting the focus group).

Each part is worded from the plan, in the language of the discussion, until somebody words it otherwise: a part that is
stored empty follows the plan, and changes with its date, its topics and its people.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.dates import clock
from audits.texts import in_passages

from .models import FocusGroup, OpeningScript


@dataclass(frozen=True)
class Part:
    """A part of the opening. `own` says that somebody worded it, `planned` what it would be by the plan."""

    name: str
    title: str
    text: str
    planned: str

    @property
    def own(self) -> bool:
        return self.text != self.planned

    @property
    def passages(self) -> list[tuple[str, tuple[str, ...]]]:
        return in_passages(self.text)


def opening_of(group: FocusGroup) -> list[Part]:
    """The five parts as they are to be read out, titles in the language of the discussion; one query."""
    script = OpeningScript.objects.filter(group=group).first()
    planned = planned_opening(group)
    titles = titles_in(group.language)
    return [
        Part(name, titles[name], (script and getattr(script, name)) or planned[name], planned[name])
        for name in OpeningScript.written
    ]


def titles_in(language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            "introduction": _("Introduction"),
            "purpose": _("Purpose"),
            "topics": _("Topics"),
            "consent": _("Consent to recording"),
            "rules": _("Rules of discussion"),
        }


def planned_opening(group: FocusGroup) -> dict[str, str]:
    """The parts of the opening by their names, as they follow from the plan; passages are parted by line ends."""
    with translation.override(group.language):
        return {
            "introduction": _introduction(group),
            "purpose": _purpose(group),
            "topics": _topics(group),
            "consent": _consent(),
            "rules": _rules(),
        }


def _introduction(group: FocusGroup) -> str:
    passages = [_("Good day, and welcome. Thank you for coming.")]
    if group.moderator:
        passages.append(_("My name is %(name)s. I lead this discussion.") % {"name": group.moderator})
    else:
        passages.append(_("I lead this discussion."))
    if group.rapporteur:
        passages.append(_("%(name)s takes notes.") % {"name": group.rapporteur})
    # The title stands in quotation marks behind its noun: so no language has to inflect it.
    passages.append(
        _(
            "This discussion is part of the project “%(project)s”. In it our city looks at how well it receives and "
            "includes people who come from other countries."
        )
        % {"project": group.audit.title}
    )
    passages.append(
        _(
            "Let us begin with ourselves: please say in one sentence who you are and what you have to do with "
            "integration in the city. You may leave out your name."
        )
    )
    return "\n".join(passages)


def _purpose(group: FocusGroup) -> str:
    length = ngettext(
        "We have %(number)s minute and end at %(time)s at the latest.",
        "We have %(number)s minutes and end at %(time)s at the latest.",
        group.minutes,
    )
    passages = [
        group.purpose,
        _(
            "We want to know how integration stands in the city, and what should be done next. There are no right and "
            "wrong answers: different views are welcome."
        ),
        length % {"number": group.minutes, "time": clock(group.ends)},
    ]
    return "\n".join(passage for passage in passages if passage)


def _topics(group: FocusGroup) -> str:
    if not group.topic_lines:
        return _("We go through four areas: services, the urban environment, civic participation, and attitudes.")
    return "\n".join([_("These are our topics:"), *(f"– {line}" for line in group.topic_lines)])


def _consent() -> str:
    return "\n".join(
        [
            _(
                "If all of you agree, we record the discussion on audio. The recording serves only to write the report: "
                "only the team hears it, and it is deleted afterwards."
            ),
            _("Does everybody agree? If one of you does not, we take notes only."),
            _(
                "The report names nobody. On your card you decide whether your words may be quoted, and with its code you "
                "can take that back later."
            ),
        ]
    )


def _rules() -> str:
    rules = (
        _("One person speaks at a time; nobody is interrupted."),
        _("Keep what you say short: two minutes at most, then the next one speaks."),
        _("Phones are silent and stay in the pocket."),
        _("What is said here stays here: outside we do not tell who said what."),
        _("You may pass on any question, and leave at any time."),
    )
    return "\n".join([_("Let us agree on a few rules:"), *(f"– {rule}" for rule in rules)])


def closing_steps(language: str) -> list[str]:
    """What the moderator does at the end, in this order."""
    with translation.override(language):
        return [
            _("Sum up the main points and results, area by area."),
            _(
                "Ask the participants whether they confirm the summary. Have the rapporteur write down what they change."
            ),
            _("Say what becomes of it: the report, and when and where they can read it."),
            _("Remind them of the card with the code: with it they can see and take back what they agreed to."),
            _("Thank everybody. Settle travel and other expenses before people leave."),
        ]
