"""Pages around the rooms: texts, errors, right to left, the end of a session."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import UserFactory

from .conftest import axe, looks, no_overflow, sign_in

pytestmark = pytest.mark.urls("tests.integra.urls")


@pytest.mark.parametrize("name", ["help", "privacy", "accessibility"])
def test_page_of_text_is_accessible_and_narrow(page, name):
    page.goto(f"/{name}/")
    axe(page)
    no_overflow(page)
    looks(page, name)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/fails/bad/", "400"),
        ("/fails/late/", "401"),
        ("/fails/forbidden/", "403"),
        ("/nowhere/", "404"),
        ("/fails/often/", "429"),
        ("/fails/broken/", "500"),
    ],
)
def test_error_page_is_accessible_and_narrow(page, console, address, name):
    page.goto(address)
    assert [line for line in console if "Failed to load resource" not in line] == []
    console.clear()
    axe(page)
    no_overflow(page)
    looks(page, name)


def test_page_from_right_to_left_is_accessible_and_narrow(page):
    page.goto("/arabic/")
    axe(page)
    no_overflow(page)
    looks(page, "arabic")
    brand, language = page.locator(".brand").bounding_box(), page.locator(".language-menu").bounding_box()
    assert brand["x"] > language["x"]
    page.locator(".language-menu summary").click()
    menu = page.locator(".language-menu ul").bounding_box()
    assert menu["x"] >= 0


def test_top_bar_of_a_phone_is_one_row(page):
    sign_in(page, UserFactory())
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/help/")
    assert page.locator(".topbar").bounding_box()["height"] < 70


def test_account_is_warned_before_the_session_ends_and_can_stay(page):
    page.clock.install()
    sign_in(page, UserFactory())
    page.goto("/help/")
    # Time passes only where the test says so.
    page.clock.pause_at(timezone.now() + timedelta(minutes=10))
    page.evaluate("localStorage.setItem('seen', Date.now())")
    warning = page.get_by_text("You will be signed out in two minutes.")
    page.clock.run_for("27:50")
    expect(warning).to_be_hidden()
    page.clock.run_for("00:30")
    expect(warning).to_be_visible()
    page.clock.resume()
    axe(page)
    no_overflow(page)
    looks(page, "session-ending")
    page.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    page.clock.run_for("28:20")
    expect(warning).to_be_visible()
    page.clock.run_for("02:00")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    axe(page)
    looks(page, "session-ended")
