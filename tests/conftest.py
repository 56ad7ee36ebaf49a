import os

import pytest
from django.utils import translation

# Playwright runs an event loop in the test's thread; the ORM beside it is used in order, never at once.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    """Files of a test go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SPOOL_ROOT = tmp_path / "spool"


@pytest.fixture(autouse=True)
def _language():
    """A page in another language leaves that language behind in the thread."""
    with translation.override("en"):
        yield
