# Tasks of the rooms (`shared_task`) find the broker through this application.
from .celery import app as celery_app

__all__ = ["celery_app"]
