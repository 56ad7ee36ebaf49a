"""What an invitee gets: the letter, the same on paper, and the appointment for the calendar."""

from .appointment import appointment
from .paper import letters_document
from .wording import PLACEHOLDERS, Filled, Kind, faults, fill, letter_of, preset

__all__ = [
    "PLACEHOLDERS",
    "Filled",
    "Kind",
    "appointment",
    "faults",
    "fill",
    "letter_of",
    "letters_document",
    "preset",
]
