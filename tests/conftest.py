import os
from unittest import mock

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.commands import flush
from django.db import connections, transaction
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck, settings

# How long a busy machine takes is no behaviour.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
# Playwright runs an event loop in the test's thread; the ORM beside it is used in order, never at once.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords():
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def emptied(command, *, database, **options):
    """Deletes all rows but those of content types and permissions, which hold nothing but what the models say.

    In place of Django's own way after a test that commits: PostgreSQL takes far longer to cut off 160 tables than to
    delete the few rows in them, and to make each permission anew takes longer still.
    """
    connection = connections[database]
    made = {ContentType._meta.db_table, Permission._meta.db_table}
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quoted = connection.ops.quote_name
    connection.ops.execute_sql_flush([f"DELETE FROM {quoted(name)}" for name in tables if name not in made])


@pytest.fixture(scope="session", autouse=True)
def _quick_emptying():
    with mock.patch.object(flush.Command, "handle", emptied):
        yield


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


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """A transaction around those of the module's tests: what fixtures of the module make in it stands for all."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def seeded(kept):
    """The instruments of the toolkit, once for the module."""
    call_command("seed", verbosity=0)
