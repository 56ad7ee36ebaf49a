"""What an invitee gets: the letter, and the appointment for the calendar."""

from .appointment import appointment
from .wording import PLACEHOLDERS, Filled, Kind, faults, fill, letter_of, preset

__all__ = [
    "PLACEHOLDERS",
    "Filled",
    "Kind",
    "appointment",
    "faults",
    "fill",
    "letter_of",
    "preset",
]
