"""Security headers, caching, languages: what every answer carries."""

import pytest
from django.utils import translation

from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PUBLIC = ["/accounts/login/", "/accounts/signup/", "/help/", "/privacy/", "/accessibility/", "/nowhere/"]


@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_carries_the_security_headers(client, address):
    headers = client.get(address).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/", "/account/", "/accounts/sessions/", "/accounts/2fa/", "/accounts/login/"])
def test_personal_pages_leave_no_copy_in_the_browser(client, address):
    client.force_login(MembershipFactory().user)
    assert "no-store" in client.get(address).headers["Cache-Control"]


def test_page_comes_in_the_language_of_the_browser(client):
    response = client.get("/help/", headers={"accept-language": "bg-BG,bg;q=0.9,en;q=0.5"})
    assert '<html lang="bg" dir="ltr">' in response.content.decode()
    assert '<html lang="en" dir="ltr">' in client.get("/help/", headers={"accept-language": "fi"}).content.decode()


def test_chosen_language_goes_before_the_browsers_and_stays(client):
    response = client.post("/i18n/setlang/", {"language": "hr", "next": "/help/?part=2"})
    assert response.url == "/help/?part=2"
    cookie = response.cookies["django_language"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("hr", 365 * 24 * 60 * 60, "Lax")
    page = client.get("/help/", headers={"accept-language": "bg"}).content.decode()
    assert '<html lang="hr" dir="ltr">' in page


def test_language_choice_leads_to_no_other_website(client):
    response = client.post("/i18n/setlang/", {"language": "hr", "next": "https://elsewhere.example/"})
    assert response.url == "/"


@pytest.mark.urls("tests.integra.urls")
def test_arabic_page_is_written_from_right_to_left(client):
    page = client.get("/arabic/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "bootstrap.rtl.min.css" in page
    assert "bootstrap.min.css" not in page


def test_dates_stand_in_european_order():
    from datetime import date

    from django.utils.formats import date_format

    with translation.override("en"):
        assert date_format(date(2026, 10, 7)) == "7 October 2026"


def test_account_page_asks_as_much_with_many_browsers_as_with_one(client, django_assert_num_queries):
    user = UserFactory()
    client.force_login(user)
    client.get("/account/")
    with django_assert_num_queries(4):
        client.get("/account/")
