from .recordings import add_recording
from .seats import MOST_SEATS, NotAllAgreeError, lacking_consent, prepare_seats, record_seat, renew_seats, unused_seats

__all__ = [
    "MOST_SEATS",
    "NotAllAgreeError",
    "add_recording",
    "lacking_consent",
    "prepare_seats",
    "record_seat",
    "renew_seats",
    "unused_seats",
]
