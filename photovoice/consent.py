"""What people agree to of a photo, word for word. Whoever changes a sentence here raises the version of its list.

What they agree to on joining stands in `audits.participation.consent`.
"""

from django.utils.translation import gettext_lazy as _

from audits.participation.consent import ADULT, Sentences

from .enums import AllowedUse, VisiblePeople

OWN = _("I took this myself, and it may be used for nothing that earns money")
THE_AUTHORS_OWN = _("The author says: I took this myself, and it may be used for nothing that earns money")
WHERE = _("Where may it be shown?")
USES = tuple(use.label for use in AllowedUse)
NAME = _("Which name stands below the photo?")
NAME_HELP = _("As you want it, for example a first name. It can be left empty where no name is wanted.")

PHOTO_FORM = Sentences("photo-form-2026-1", (OWN, THE_AUTHORS_OWN, WHERE, *USES, NAME, NAME_HELP))
"""Read when somebody sends a photo of their own, or has the team send it."""

PROMISES = (
    _("For each photo you say whether it is yours, where it may be shown, and which name stands below it, or none."),
    _("It is never used to earn money."),
    _("You can take it back at any time by the same link. Keep it."),
)
MINE = _("Is this your photo?")
YES = _("Yes, I took it. It may be used for nothing that earns money.")
NO = _("No. Delete it.")
PEOPLE = _("Are there people in it?")
VISIBLE = tuple(visible.label for visible in VisiblePeople if visible)
BELOW = _("What stands below it?")
NO_NAME = _("No name")
THIS_NAME = _("This name:")
AGE = _("Your age")
GUARDIAN = _("I am younger than 18, and my parent or guardian agrees with what I say here")

RIGHTS_LINK = Sentences(
    "photo-link-2026-2",
    (*PROMISES, MINE, YES, NO, WHERE, *USES, PEOPLE, *VISIBLE, BELOW, NO_NAME, THIS_NAME, AGE, ADULT, GUARDIAN),
)
"""Read behind the link by which somebody answers for photos that came otherwise."""
