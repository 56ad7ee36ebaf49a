"""The migrations: none is missing, and on an empty database they make the tables in which the suite runs.

The suite makes its tables from the models (`--no-migrations` in pyproject.toml), which takes a second and not twelve.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
MIGRATE = """
import django, json, sys
django.setup()
from django.db import connection
from tests.integra.test_migrations import tables
connection.settings_dict["TEST"]["NAME"] = sys.argv[1]
name = connection.settings_dict["NAME"]
connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
try:
    print(json.dumps(tables()))
finally:
    connection.creation.destroy_test_db(name, verbosity=0)
"""


# Django's own tables, of which one has another type of key by its migrations than by its models.
FOREIGN = ("auth_", "django_")
KINDS = ("primary_key", "unique", "index", "check")


def tables() -> dict[str, list]:
    """Columns and constraints of each table of the database, whatever their order and the names of constraints."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(FOREIGN):
                continue
            columns = [
                [one.name, str(one.type_code), one.null_ok, str(one.collation)]
                for one in connection.introspection.get_table_description(cursor, table)
            ]
            constraints = [
                # A check or an index of expressions may name no column; it has a name that we gave it.
                [sorted(filter(None, one["columns"])) or [name], *(one[kind] for kind in KINDS)]
                for name, one in connection.introspection.get_constraints(cursor, table).items()
            ]
            found[table] = [sorted(columns), sorted(constraints)]
    return found


@pytest.mark.django_db
def test_models_have_all_their_migrations(settings):
    settings.MIGRATION_MODULES = {}
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_migrations_make_the_tables_of_the_models(tmp_path):
    name = str(tmp_path / "migrated.sqlite3") if connection.vendor == "sqlite" else f"test_migrated_{os.getpid()}"
    answer = subprocess.run(
        [sys.executable, "-c", MIGRATE, name],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "integra.settings"},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == json.loads(json.dumps(tables()))
