"""The project as a whole: import contract, production settings, the exported lock."""

import os
import pkgutil
import re
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.apps import apps as django_apps
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import reports

ROOT = Path(__file__).resolve().parents[2]


def test_rooms_keep_the_import_order(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def contract() -> dict[str, dict[str, list[str]]]:
    """The sections of the import contract, each with the words of its options."""
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter")
    return {name: {key: value.split() for key, value in section.items()} for name, section in parser.items()}


def test_every_module_has_its_place_in_the_import_order():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert set(contract()["importlinter"]["root_packages"]) == packages
    inside = [section for section in contract().values() if section.get("exhaustive") == ["true"]]
    ordered = {room for section in inside for room in section["containers"]}
    apps = {config.name for config in django_apps.get_app_configs() if config.name.split(".")[0] in packages}
    assert ordered == apps | {"reports.document", "reports.document.blocks", "checklists.spreadsheet"}


def test_rooms_below_are_kept_from_every_module_of_reports_but_the_writers():
    kept = contract()["importlinter:contract:reports"]["forbidden_modules"]
    modules = {f"reports.{module.name}" for module in pkgutil.iter_modules(reports.__path__)}
    assert set(kept) == modules - {"reports.document"}


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


def test_demo_shows_the_pages_of_the_house_and_serves_its_files():
    """As `make demo` serves it: with development's settings, without Django's own error pages."""
    ask = (
        "import django; django.setup(); from django.test import Client; client = Client(HTTP_HOST='127.0.0.1')\n"
        "for path in ('/nowhere/', '/static/css/app.css'): print(client.get(path).getvalue().decode())"
    )
    assert 'DEBUG_PAGES="$${DEBUG_PAGES:-false}"' in (ROOT / "Makefile").read_text()
    answer = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env=environment(DEBUG="true", DEBUG_PAGES="false", DJANGO_SETTINGS_MODULE="integra.settings"),
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    assert "<h1>Page not found</h1>" in answer.stdout
    assert (ROOT / "static/css/app.css").read_text() in answer.stdout


def test_every_variable_of_the_settings_stands_in_the_readme():
    read = re.findall(r"""(?:env\.\w+|environ\.get)\(["']([A-Z_]+)["']""", (ROOT / "integra/settings.py").read_text())
    read += re.findall(r"""environ\.get\(["']([A-Z_]+)["']""", (ROOT / "integra/gunicorn.py").read_text())
    explained = re.findall(r"`([A-Z_]+)`", (ROOT / "README.md").read_text())
    assert set(read) - set(explained) == set()


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
