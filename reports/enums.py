from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class BuildState(TextChoices):
    QUEUED = "queued", pgettext_lazy("state of a build", "Waiting")
    RUNNING = "running", pgettext_lazy("state of a build", "Being made")
    DONE = "done", pgettext_lazy("state of a build", "Ready")
    FAILED = "failed", pgettext_lazy("state of a build", "Failed")


class BuildFormat(TextChoices):
    PDF = "pdf", "PDF"
    HTML = "html", "HTML"


class BlockKind(TextChoices):
    """A section is a list of blocks: own text, and live tables and figures that follow the data."""

    TEXT = "text", pgettext_lazy("kind of block", "Own text")
    LIVE = "live", pgettext_lazy("kind of block", "Live from the data")
