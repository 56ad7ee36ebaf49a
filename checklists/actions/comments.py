"""Hiding a comment: the team's only power over what a participant wrote on an own phone (DESIGN rule 12)."""

from audits.models import User

from ..models import Score


def hide_comment(*, score: Score, reason: str, by: User) -> None:
    """Keeps comment and suggestion of an answer out of every list, report and export; the words stay stored.

    Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("A comment is hidden with a reason only.")
    score.hidden_reason, score.hidden_by = reason.strip(), by
    score.save(update_fields=["hidden_reason", "hidden_by", "changed_at"])


def show_comment(*, score: Score) -> None:
    """Takes the hiding back."""
    score.hidden_reason, score.hidden_by = "", None
    score.save(update_fields=["hidden_reason", "hidden_by", "changed_at"])
