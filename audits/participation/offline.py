"""What makes the pages of those who take part an app on their phone: its worker, its manifest, and the page for when
nothing else can be shown. static/js/worker.js says what is kept and when."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from .language import participant_page

WORKER = "js/worker.js"
# What a sheet and a photo page need whatever their language; styles and fonts are kept as a page asks for them.
SCRIPTS = (
    "errors",
    "csrf",
    "menus",
    "offline",
    "queue",
    "erased",
    "changes",
    "limits",
    "waiting",
    "leave",
    "participant-sheet",
    "exif-time",
    "photo-smaller",
    "photo-queue",
    "photo-words",
    "photo-errors",
    "photo-list",
    "photo-sheet",
    "photo-place",
    "plan-marks",
)
ICONS = (("img/icon-192.png", 192, "any"), ("img/icon-512.png", 512, "any"), ("img/icon-maskable.png", 512, "maskable"))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It lies below `/join/`, so that the pages of the team stay out of its reach."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _worker() -> str:
    hashed = isinstance(staticfiles_storage, ManifestFilesMixin)
    return _worker_text(hashed) if hashed else _worker_text.__wrapped__(hashed)


@cache
def _worker_text(hashed: bool) -> str:
    """The worker with its settings. Its version changes with everything that a page may need."""
    paths = [f"js/{name}.js" for name in SCRIPTS]
    paths = [path for path in paths if finders.find(path)] + ["css/app.css", "vendor/fonts/fonts.css", "img/icon.svg"]
    text = _source(WORKER)
    addresses = [static(path) for path in paths]
    content = json.dumps(addresses) if hashed else "".join(_source(path) for path in paths)
    known: dict[str, Any] = {
        "version": hashlib.sha256((text + content).encode()).hexdigest()[:12],
        "assets": addresses,
        "statics": static(""),
        "hashed": hashed,
        "offline": reverse("participation:offline"),
    }
    return f"const SETTINGS = {json.dumps(known)};\n{text}"


def _source(path: str) -> str:
    found = finders.find(path)
    assert isinstance(found, str)
    return Path(found).read_text(encoding="utf-8")


@require_safe
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """The app's name, icons and first page. 404 for a language that we do not speak."""
    if language not in dict(settings.PARTICIPANT_LANGUAGES):
        raise Http404
    with override(language):
        content = {
            "name": str(settings.SITE_NAME),
            "short_name": _("City audit"),
            "lang": language,
            "dir": "rtl" if language == "ar" else "ltr",
            "id": reverse("participation:join-code"),
            "start_url": reverse("participation:join-code"),
            "scope": reverse("participation:join-code"),
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#1f4e79",
            "icons": [
                {"src": static(path), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                for path, size, purpose in ICONS
            ],
        }
    response = JsonResponse(content, content_type="application/manifest+json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@participant_page
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a connection where nothing better is kept; also the proof that our server has answered."""
    return render(request, "participation/offline.html")
