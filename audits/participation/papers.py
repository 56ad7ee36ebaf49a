"""What the paper forms of the methods ask in the same words."""

from django.utils.translation import gettext as _

from audits.enums import StakeholderGroup
from reports.document.blocks import FormChoice

from .enums import AgeBand, Gender


def about_oneself() -> tuple[FormChoice, ...]:
    """Boxes for what people may say about themselves, in the active language."""
    return (
        FormChoice(_("Who I am, if I like to say"), tuple(str(group.label) for group in StakeholderGroup)),
        FormChoice(_("Gender and age, if I like to say"), tuple(str(choice.label) for choice in (*Gender, *AgeBand))),
    )
