"""Writes of the benchmarks: assessments, judgements and their evidence, stances on the charter; `reviews` apart."""

from .assessments import (
    ClosedError,
    RepeatError,
    SharedReviewError,
    close,
    create_assessment,
    delete,
    ensure_judgements,
    is_shared,
    keys_of,
    move,
    newer_version,
    other_versions,
    reopen,
    repeat,
    save_schemes,
    save_scope,
    version_of_repeat,
    was_shared,
)
from .charter import begin_stance
from .judging import add_evidence, held, link_source

__all__ = [
    "ClosedError",
    "RepeatError",
    "SharedReviewError",
    "add_evidence",
    "begin_stance",
    "close",
    "create_assessment",
    "delete",
    "ensure_judgements",
    "held",
    "is_shared",
    "keys_of",
    "link_source",
    "move",
    "newer_version",
    "other_versions",
    "reopen",
    "repeat",
    "save_schemes",
    "save_scope",
    "version_of_repeat",
    "was_shared",
]
