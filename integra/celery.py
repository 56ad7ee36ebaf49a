"""Celery application: workers render reports (`celery -A integra worker`); see README, "Deploy"."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integra.settings")
app = Celery("integra")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
