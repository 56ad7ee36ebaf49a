"""Sessions of accounts: a new id at each sign-in, half an hour idle, twelve hours at most; one door, well watched."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


@pytest.fixture
def user():
    user = UserFactory(email="irena@city.example")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, user, password=PASSWORD):
    return client.post("/accounts/login/", {"login": user.email, "password": password})


def is_signed_in(client) -> bool:
    return client.get("/account/").status_code == 200


def test_session_id_changes_at_sign_in(client, user):
    client.post("/i18n/setlang/", {"language": "en"})
    session = client.session
    session["before"] = "kept"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    before = session.session_key
    assert sign_in(client, user).status_code == 302
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert is_signed_in(client)


def test_session_cookie_ends_with_the_browser_and_is_closed_to_scripts(client, user):
    cookie = sign_in(client, user).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == ""
    assert cookie["expires"] == ""
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_session_ends_after_half_an_hour_without_a_request(client, user):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client, user)
        for _ in range(3):
            clock.shift(timedelta(minutes=29))
            assert is_signed_in(client)
        clock.shift(timedelta(minutes=31))
        response = client.get("/account/", follow=True)
        assert response.redirect_chain == [("/accounts/login/?next=/account/", 302)]
        assert "You were signed out: after 30 minutes without a click" in response.content.decode()


def test_what_a_page_asks_by_the_clock_keeps_nobody_signed_in(client, user):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, user)
        for _ in range(3):
            assert client.get("/account/?by=clock").status_code == 200
            clock.shift(timedelta(minutes=11))
        assert not is_signed_in(client)


def test_session_ends_after_twelve_hours_in_any_case(client, user):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, user)
        for _ in range(12 * 3):
            clock.shift(timedelta(minutes=20))
            assert is_signed_in(client)
        clock.shift(timedelta(minutes=1))
        assert not is_signed_in(client)


def test_half_a_minute_between_two_pages_writes_no_session(client, user, django_assert_num_queries):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, user)
        is_signed_in(client)
        clock.shift(timedelta(seconds=30))
        with django_assert_num_queries(3):  # session, user, health
            client.get("/healthz/")


def test_sign_in_does_not_tell_whether_an_account_exists(client, user, mailoutbox):
    wrong = sign_in(client, user, "something else")
    unknown = client.post("/accounts/login/", {"login": "nobody@city.example", "password": "something else"})
    assert wrong.context["form"].errors == unknown.context["form"].errors

    known, other = (
        client.post("/accounts/login/code/", {"email": email}) for email in (user.email, "nobody@city.example")
    )
    assert (known.status_code, known.url) == (other.status_code, other.url)
    known, other = (
        client.post("/accounts/password/reset/", {"email": email}) for email in (user.email, "nobody@city.example")
    )
    assert (known.status_code, known.url) == (other.status_code, other.url)


def test_sign_up_with_a_taken_address_looks_like_any_other(client, user, mailoutbox):
    form = {"name": "A", "password1": PASSWORD, "password2": PASSWORD}
    taken = client.post("/accounts/signup/", {**form, "email": user.email})
    client.session.flush()
    client.cookies.clear()
    fresh = client.post("/accounts/signup/", {**form, "email": "new@city.example"})
    assert (taken.status_code, taken.url) == (fresh.status_code, fresh.url)
    assert mailoutbox[0].to == [user.email]
    assert "There is one already" in mailoutbox[0].body


def test_wrong_passwords_are_limited_per_account(client, user):
    for _ in range(5):
        assert "not correct" in sign_in(client, user, "something else").content.decode()
    response = sign_in(client, user)
    assert "Too many failed login attempts" in response.content.decode()
    assert not is_signed_in(client)


def test_too_many_requests_from_one_address_get_the_page(client):
    for number in range(20):
        client.post("/accounts/password/reset/", {"email": f"person{number}@city.example"})
    response = client.post("/accounts/password/reset/", {"email": "last@city.example"})
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()


def test_administration_has_the_same_door(client, user):
    response = client.get("/admin/login/?next=/admin/")
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=")
    client.force_login(user)
    assert client.get("/admin/login/").status_code == 403
    assert client.get("/admin/", follow=True).status_code == 403
