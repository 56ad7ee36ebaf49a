"""Whether the report may name a hot spot: decided one by one (DESIGN section 3, focus groups)."""

from django.utils import timezone

from audits.models import User

from ..models import HotSpot


def decide(*, spot: HotSpot, published: bool, by: User) -> None:
    """Lets the report name the place, or leaves it out; who decided and when is kept."""
    spot.published, spot.decided_by, spot.decided_at = published, by, timezone.now()
    spot.save(update_fields=["published", "decided_by", "decided_at"])
