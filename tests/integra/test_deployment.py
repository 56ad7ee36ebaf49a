"""Production as it is deployed: static files with their manifest, gunicorn's log, the health address."""

import json
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command

from integra.statics import HashedStorage

from .test_project import ROOT, environment

PRODUCTION = {
    "SECRET_KEY": "a long enough text for this one check only, with 50+ different signs: 0123456789",
    "ALLOWED_HOSTS": "127.0.0.1",
    "SITE_URL": "https://integra.velmora.example",
    "EMAIL_URL": "consolemail://",
    "LOG_LEVEL": "INFO",
}


class NamesAlone(ManifestStaticFilesStorage):
    patterns = HashedStorage.patterns


def test_every_referenced_static_file_is_in_the_manifest(tmp_path, settings):
    # Without compression, which takes most of the time: the names are made by the same code.
    storage = "tests.integra.test_deployment.NamesAlone"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    settings.STATIC_ROOT = str(tmp_path)
    call_command("collectstatic", interactive=False, verbosity=0)
    collected = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    named = {
        name
        for template in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"{%\s*static\s+['\"]([^'\"]+)['\"]", template.read_text())
    }
    assert named
    assert named - set(collected) == set()
    # One script imports another by its hashed name: pages that a phone has kept meet no script of another version.
    imports = (tmp_path / collected["js/participant-sheet.js"]).read_text()
    assert f'"./{Path(collected["js/changes.js"]).name}"' in imports


def test_every_icon_of_the_templates_exists():
    named = {
        name
        for template in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"{%\s*icon\s+['\"]([^'\"]+)['\"]", template.read_text())
    }
    icons = {path.stem for path in (ROOT / "static/vendor/bootstrap-icons").glob("*.svg")}
    assert named - icons == set()


def test_templates_hold_no_inline_script_or_style():
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text()
        assert not re.search(r"\sstyle=|\son[a-z]+=[\"']|javascript:", text), template
        for attributes in re.findall(r"<script([^>]*)>", text):
            # Data is not run; an import map can stand nowhere else and carries the policy's nonce.
            allowed = ("src=", 'type="application/json"', 'type="importmap" nonce="{{ CSP_NONCE }}"')
            assert any(sign in attributes for sign in allowed), template


def test_files_can_lie_in_a_bucket():
    """Of any provider with the S3 interface; nothing of a picture or a report stays on the machine."""
    script = """
import moto
with moto.mock_aws():
    import boto3
    bucket = boto3.client("s3", region_name="us-east-1")
    bucket.create_bucket(Bucket="integra-files")
    import django
    django.setup()
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage as storage
    names = [storage.save("builds/report.pdf", ContentFile(b"%PDF")) for _ in range(2)]
    assert len(set(names)) == 2, names
    assert storage.open(names[0]).read() == b"%PDF"
    found = bucket.list_objects_v2(Bucket="integra-files")["Contents"]
    assert sorted(one["Key"] for one in found) == sorted(names)
    grants = bucket.get_object_acl(Bucket="integra-files", Key=names[0])["Grants"]
    assert not any("URI" in grant["Grantee"] for grant in grants), grants
    storage.delete(names[0])
    assert not storage.exists(names[0])
"""
    keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment(**PRODUCTION, **keys, S3_BUCKET="integra-files", S3_REGION="us-east-1"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def gunicorn(folder):
    """The address of a gunicorn with the production settings; writes its access log into the folder."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    log = str(folder / "access.log")
    (folder / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            *["gunicorn", "-c", "integra/gunicorn.py", "--workers", "1", "integra.wsgi", "--access-logfile"],
            log,
        ],
        cwd=ROOT,
        env=environment(
            **PRODUCTION, DATABASE_URL=f"sqlite:///{folder}/db.sqlite3", STATIC_ROOT=str(folder), BIND=bind
        ),
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        any("Booting worker" in line for line in process.stderr)
        yield f"http://{bind}"
        process.terminate()


class Unredirected(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def status(address) -> int:
    opener = urllib.request.build_opener(Unredirected)
    request = urllib.request.Request(address, headers={"User-Agent": "some browser", "Referer": "http://x/secret"})
    try:
        with opener.open(request, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.status


def test_health_needs_no_https_and_the_access_log_names_routes_only(tmp_path):
    with gunicorn(tmp_path) as address:
        assert status(f"{address}/healthz/") == 200
        assert status(f"{address}/help/?code=7KPM3XWD") == 301
    log = (tmp_path / "access.log").read_text()
    assert re.search(r"^\[[^]]+\] GET /healthz/ 200 \d+ bytes \d+ ms$", log, re.MULTILINE)
    assert len(log.splitlines()) == 2
    assert not re.search(r"127\.0\.0\.1|7KPM|some browser|secret", log)
