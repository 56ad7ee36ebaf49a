from .copies import mark_read, note_struck, strike_copies, to_mend, words_of
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
from .journal import Accepted, Incoming, Verdict, accept, admit, digest_of, forget, refuse, was_erased
from .outcomes import NotAcceptingError, Outcome, Result, problem_with_text
from .rights import erase, held_files, held_for

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
    "digest_of",
    "erase",
    "forget",
    "give_consents",
    "held_files",
    "held_for",
    "join",
    "join_on_paper",
    "mark_read",
    "note_struck",
    "participant_by_code",
    "problem_with_text",
    "refuse",
    "renew_code",
    "reserve",
    "strike_copies",
    "take_up",
    "to_mend",
    "was_erased",
    "words_of",
]
