"""The project as a whole: migrations, import contract, production settings, the exported lock."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_models_have_all_their_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_rooms_keep_the_import_order(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def environment(**changes: str) -> dict[str, str]:
    """The environment of a production process: without what the tests set for themselves."""
    own = {"DJANGO_ALLOW_ASYNC_UNSAFE", "SECRET_KEY", "DEBUG", "SITE_URL", "EMAIL_URL"}
    return {**{key: value for key, value in os.environ.items() if key not in own}, "DEBUG": "false", **changes}


def test_production_settings_pass_the_deployment_check():
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment(
            SECRET_KEY="a long enough text for this one check only, with 50+ different signs: 0123456789",
            ALLOWED_HOSTS="audit.city.example",
            SITE_URL="https://audit.city.example",
            EMAIL_URL="smtp+tls://user:secret@mail.city.example:587",
        ),
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL", "EMAIL_URL"])
def test_start_without_what_it_needs_names_the_variable(missing):
    needed = {"SECRET_KEY": "long" * 20, "SITE_URL": "https://audit.city.example", "EMAIL_URL": "consolemail://"}
    answer = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment(**{name: value for name, value in needed.items() if name != missing}),
        capture_output=True,
        text=True,
    )
    assert answer.returncode != 0
    assert f"Set {missing}" in answer.stderr


def test_exported_requirements_follow_the_lock():
    locked = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    exported = dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    versions = {package["name"]: package["version"] for package in locked if "version" in package}
    assert exported
    assert {name: versions.get(name) for name in exported} == exported


@pytest.mark.django_db
def test_health_answers_while_the_database_does(client):
    response = client.get("/healthz/")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
