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


def tables() -> dict[str, list]:
    """Columns and constraints of each table of the database, whatever their order and the names of constraints."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = [
                [one.name, str(one.type_code), one.null_ok, str(one.collation)]
                for one in connection.introspection.get_table_description(cursor, table)
            ]
            constraints = [
                # A check has no columns in PostgreSQL where it looks at none alone, and a name that we gave it.
                [sorted(one["columns"] or [name]), *(one[kind] for kind in ("primary_key", "unique", "index", "check"))]
                for name, one in connection.introspection.get_constraints(cursor, table).items()
            ]
            found[table] = [sorted(columns), sorted(constraints)]
    found.pop("django_migrations", None)
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
