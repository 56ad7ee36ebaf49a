"""Journeys through a real browser: Chromium against the live server, every page watched for errors.

Fixtures: `page` (fails the test on a script error, a console error, a breach of the Content Security Policy or a
call to another host), `console` (what was complained of so far; a test that provokes an error clears it).
Functions: `sign_in`, `follow`, `until`, `axe`, `no_overflow`, `fits`, `looks`.
"""

import os
import shutil
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# The shell first: it draws the same pages without the windows and menus of a whole browser, for half the work.
PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")
# How long a busy machine takes is no behaviour.
TIMEOUT = 30_000
expect.set_options(timeout=TIMEOUT)
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.fail("No Chromium found. Install one (apt-get install chromium-headless-shell) or name it in CHROMIUM.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def console():
    """What the browser complained of. A test that provokes a complaint on purpose empties the list."""
    return []


@pytest.fixture
def new_page(browser, live_server, console):
    """Makes pages in sessions of their own, for journeys in which several people take part."""
    # Rate limits count in the cache, which no rollback empties.
    cache.clear()
    contexts = []

    def make(**options):
        context = browser.new_context(
            base_url=live_server.url,
            **{
                "locale": "en-GB",
                "timezone_id": "Europe/Sofia",
                "viewport": WIDE,
                "reduced_motion": "reduce",
                # What a worker answers, no test can cut off or watch; test_offline.py lets it in.
                "service_workers": "block",
                **options,
            },
        )
        context.set_default_timeout(TIMEOUT)
        contexts.append(context)
        page = context.new_page()
        watch(page, live_server.url, console)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not console, "\n".join(console)


@pytest.fixture
def page(new_page):
    return new_page()


def watch(page, own, console):
    """Notes errors of scripts, of the console (breaches of the Content Security Policy among them), foreign hosts."""
    page.on("pageerror", lambda error: console.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: message.type == "error" and console.append(f"{page.url}: {message.text} {message.location}"),
    )
    page.on(
        "request",
        lambda request: (
            urlsplit(request.url).scheme in ("http", "https")
            and not request.url.startswith(own)
            and console.append(f"{page.url} calls {request.url}")
        ),
    )


def sign_in(page, user):
    """Signs the user in without the form: sets the cookie of a fresh session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}])


def follow(link_or_button):
    """Clicks on what opens another page, and waits until that has loaded.

    A click alone returns before the browser has left the old page, which then answers what the new one is asked.
    """
    with link_or_button.page.expect_navigation():
        link_or_button.click()


def until(page, script, arg=None):
    """Waits until what the script promises is true; `wait_for_function` would take the promise itself for a yes."""
    deadline = time.monotonic() + TIMEOUT / 1000
    while not page.evaluate(script, arg):
        assert time.monotonic() < deadline, f"never came true: {script}"
        page.wait_for_timeout(50)


def axe(page):
    """Asserts that axe finds no breach of WCAG 2.0 to 2.2, A and AA, in the page as it stands.

    Without preloading: axe would put imported style sheets into the page, which the Content Security Policy forbids.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8") + "; true")
    # What axe finds in order is as long as the page, and sending it over takes as long as looking for it.
    found = page.evaluate(
        """async tags => (await axe.run(document, {
               runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false,
           })).violations""",
        AXE_TAGS,
    )
    assert not found, "\n".join(
        f"{page.url}: {breach['id']} ({breach['impact']}): {breach['help']}\n  "
        + "\n  ".join(f"{node['html']} - {node['failureSummary']}" for node in breach["nodes"])
        for breach in found
    )


def no_overflow(page, width=320):
    """Asserts that nothing has to be scrolled sideways in a window of this many pixels (WCAG 1.4.10)."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 640})
    beyond = page.evaluate(
        """width => document.documentElement.scrollWidth <= width ? [] :
           [...document.body.querySelectorAll("*")]
             .filter((one) => one.getBoundingClientRect().right > width || one.getBoundingClientRect().left < 0)
             .map((one) => one.outerHTML.slice(0, 120))""",
        width,
    )
    page.set_viewport_size(before)
    assert not beyond, f"{page.url} is wider than {width} px:\n  " + "\n  ".join(beyond[:8])


def fits(page, name):
    """Asserts that the page is accessible and needs no scrolling sideways at 1280 and 360 px; saves its pictures."""
    before = page.viewport_size
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        axe(page)
        no_overflow(page, size["width"])
    page.set_viewport_size(before)
    looks(page, name)


def looks(page, name):
    """Saves pictures of the page at 1280 and 360 px in the folder SHOTS, where that is set."""
    folder = os.environ.get("SHOTS")
    if not folder:
        return
    before = page.viewport_size
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)
    page.set_viewport_size(before)
