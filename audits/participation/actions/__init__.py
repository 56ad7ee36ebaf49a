from .joining import (
    consents_of,
    give_consents,
    join,
    join_on_paper,
    participant_by_code,
    renew_code,
    reserve,
    take_up,
)
from .journal import Accepted, Incoming, Verdict, accept, admit, forget, refuse
from .outcomes import NotAcceptingError, Outcome, Result, problem_with_text
from .rights import erase, held_for

__all__ = [
    "Accepted",
    "Incoming",
    "NotAcceptingError",
    "Outcome",
    "Result",
    "Verdict",
    "accept",
    "admit",
    "consents_of",
    "erase",
    "forget",
    "give_consents",
    "held_for",
    "join",
    "join_on_paper",
    "participant_by_code",
    "problem_with_text",
    "refuse",
    "renew_code",
    "reserve",
    "take_up",
]
