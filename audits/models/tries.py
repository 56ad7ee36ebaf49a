from django.db import models


class Tries(models.Model):
    """How often something was tried in one span of time. See `audits.limits`; the key is a keyed hash."""

    key = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.tries} until {self.ends_at:%H:%M}"
