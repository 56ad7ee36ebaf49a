"""The app on the phone: its worker and its manifest. tests/browser/test_offline.py is about what they do."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from audits.participation.language import MARK
from tests.factories import CityWalkFactory
from tests.participation.access import as_participant

ROOT = Path(__file__).resolve().parents[2]
IMPORTED = re.compile(r'from "\./(.+?)"|import "\./(.+?)"')
pytestmark = pytest.mark.django_db


def test_worker_names_every_script_that_the_kept_pages_need(client):
    response = client.get("/join/worker.js")
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    settings = json.loads(re.match(r"const SETTINGS = (.*);\n", response.content.decode())[1])
    named = {address.removeprefix(settings["statics"]) for address in settings["assets"]}
    scripts = [name for name in named if name.endswith(".js")]
    with_imports = {
        "js/" + imported
        for name in scripts
        for imported in IMPORTED.findall(Path(finders.find(name)).read_text())
        for imported in imported
        if imported
    }
    assert with_imports <= named
    for template in ("checklists/participant_sheet", "photovoice/photographer", "participation/base", "base"):
        text = (ROOT / f"templates/{template}.html").read_text()
        assert set(re.findall(r"{% static '(js/.+?)' %}", text)) <= named


def test_manifest_speaks_the_language_of_the_page(client):
    page = client.get("/join/", headers={"accept-language": "ar"}).content.decode()
    address = re.search(r'<link rel="manifest" href="(.+?)">', page)[1]
    found = client.get(address).json()
    assert (found["lang"], found["dir"], found["scope"]) == ("ar", "rtl", "/join/")
    assert {icon["purpose"] for icon in found["icons"]} == {"any", "maskable"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in found["icons"])
    assert client.get("/join/app-fi.webmanifest").status_code == 404


def test_participants_pages_say_whose_they_are(client):
    walk = CityWalkFactory()
    address = f"/join/{walk.join_code}/"
    assert client.get(address).headers[MARK] == "nobody"
    as_participant(client, walk.audit)
    assert client.get(f"{address}sheet/").headers[MARK] == client.session["participant"]["uuid"]
    client.post(f"{address}leave/")
    assert client.get(address).headers[MARK] == "nobody"
    assert MARK not in client.get("/help/").headers
