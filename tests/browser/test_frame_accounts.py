"""Accounts as people use them: signing up and in, a forgotten password, the second step, passkeys, sessions."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from playwright.sync_api import expect

from audits.enums import Role
from tests.factories import MembershipFactory, UserFactory

from .conftest import axe, follow, looks, no_overflow, sign_in

PASSWORD = "correct horse battery"


@pytest.fixture
def member(live_server):
    user = UserFactory(name="Irena Vidal", email="irena@city.example")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def checked(page, name):
    """The page as it stands: accessible, narrow enough, and saved as a picture where pictures are asked for."""
    axe(page)
    no_overflow(page)
    looks(page, name)


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def press(page, name):
    follow(page.get_by_role("button", name=name, exact=True))


def code_from(mailoutbox) -> str:
    return re.search(r"^([A-Z0-9]+-[A-Z0-9-]+)$", mailoutbox[-1].body, re.MULTILINE)[1]


def app_code(secret) -> str:
    """What the app shows now, for half a minute (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def confirm_password(page):
    heading(page, "Is it you?")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Continue")


def test_new_member_signs_up_and_comes_back_to_the_invitation(page, mailoutbox):
    page.goto("/accounts/login/?next=/help/%3Finvited")
    checked(page, "login")
    follow(page.get_by_role("link", name="Create an account"))
    heading(page, "Create an account")
    checked(page, "signup")
    press(page, "Create the account")
    expect(page.locator("#errors")).to_be_focused()
    checked(page, "signup-errors")

    page.get_by_label("Your name").fill("Amira Haddad")
    page.get_by_label("E-mail address").fill("amira@ngo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    press(page, "Create the account")
    heading(page, "Confirm your address")
    checked(page, "confirm-email")
    page.get_by_label("Code").fill("000-000")
    press(page, "Continue")
    expect(page.locator("#errors")).to_be_focused()
    page.get_by_label("Code").fill(code_from(mailoutbox))
    press(page, "Continue")
    expect(page).to_have_url(re.compile(r"/help/\?invited$"))
    expect(page.get_by_role("link", name="Amira Haddad: your account")).to_be_visible()


def test_member_signs_in_by_password_or_by_code(page, member, mailoutbox):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(member.email)
    page.get_by_label("Password", exact=True).fill("something else")
    press(page, "Sign in")
    expect(page.locator("#errors")).to_be_focused()
    checked(page, "login-wrong")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    heading(page, "Your audits")

    page.goto("/accounts/logout/")
    checked(page, "logout")
    press(page, "Sign out")
    heading(page, "Sign in")
    follow(page.get_by_role("link", name="Send me a code by e-mail"))
    checked(page, "request-code")
    page.get_by_label("E-mail address").fill(member.email)
    press(page, "Send me the code")
    heading(page, "Type the sign-in code")
    checked(page, "confirm-code")
    page.get_by_label("Code").fill(code_from(mailoutbox))
    press(page, "Continue")
    heading(page, "Your audits")


def test_forgotten_password_is_set_anew(page, member, mailoutbox):
    page.goto("/accounts/login/")
    follow(page.get_by_role("link", name="Forgot your password?"))
    heading(page, "Set a new password")
    checked(page, "reset")
    page.get_by_label("E-mail address").fill(member.email)
    press(page, "Send me the code")
    heading(page, "Type the code for a new password")
    checked(page, "reset-code")
    page.get_by_label("Code").fill(code_from(mailoutbox))
    press(page, "Continue")
    heading(page, "Set a new password")
    checked(page, "reset-password")
    page.get_by_label("New Password", exact=True).fill("another long phrase")
    page.get_by_label("New Password (again)").fill("another long phrase")
    press(page, "Save the new password")
    expect(page.get_by_role("link", name="Irena Vidal: your account")).to_be_visible()
    member.refresh_from_db()
    assert member.check_password("another long phrase")


def test_member_looks_after_the_account(page, member, mailoutbox):
    sign_in(page, member)
    page.goto("/account/")
    checked(page, "account")
    page.get_by_label("Your name").fill("")
    press(page, "Save")
    expect(page.locator("#errors")).to_be_focused()
    page.get_by_label("Your name").fill("Irena Vidal-Novak")
    page.get_by_label("Organisation").fill("Municipality")
    press(page, "Save")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    member.refresh_from_db()
    assert (member.name, member.organisation) == ("Irena Vidal-Novak", "Municipality")

    follow(page.get_by_role("link", name="Change the e-mail address"))
    heading(page, "E-mail address")
    checked(page, "email")
    page.get_by_label("New address").fill("vidal@city.example")
    press(page, "Change the address")
    confirm_password(page)
    heading(page, "Confirm your address")
    page.get_by_label("Code").fill(code_from(mailoutbox))
    press(page, "Continue")
    page.goto("/account/")
    expect(page.get_by_text("vidal@city.example")).to_be_visible()
    member.refresh_from_db()
    assert member.email == "vidal@city.example"

    follow(page.get_by_role("link", name="Change the password"))
    checked(page, "password")


def test_member_sees_the_own_browsers_and_signs_out_elsewhere(new_page, member):
    here, elsewhere = new_page(), new_page()
    for page in (elsewhere, here):
        page.goto("/accounts/login/?next=/accounts/sessions/")
        page.get_by_label("E-mail address").fill(member.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        press(page, "Sign in")
    heading(here, "Where you are signed in")
    expect(here.get_by_text("Chrome, Linux")).to_have_count(2)
    expect(here.get_by_text("This browser")).to_have_count(1)
    checked(here, "sessions")
    press(here, "Sign out everywhere else")
    expect(here.get_by_text("Chrome, Linux")).to_have_count(1)
    elsewhere.reload()
    heading(elsewhere, "Sign in")


@pytest.mark.parametrize("script", [True, False])
def test_form_of_before_is_sent_after_signing_in_again_in_another_window(new_page, member, console, script):
    """Signing in gives a new token; what stands in the window that stayed open must not be refused or lost."""
    audit = MembershipFactory(user=member, role=Role.COORDINATOR).audit
    page = new_page(java_script_enabled=script)

    def sign_in_by_form(window):
        window.goto("/accounts/login/")
        window.get_by_label("E-mail address").fill(member.email)
        window.get_by_label("Password", exact=True).fill(PASSWORD)
        press(window, "Sign in")

    sign_in_by_form(page)
    page.goto(f"/audits/{audit.slug}/findings/new/")
    page.get_by_label("What have you found?").fill("12 of 30 lamps are dark.")
    page.get_by_role("radio", name="Observation").check()
    page.get_by_role("radio", name="Urban").check()
    other = page.context.new_page()
    other.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    sign_in_by_form(other)
    follow(page.get_by_role("button", name="Save finding"))
    if not script:
        heading(page, "This form is no longer valid")
        expect(page.get_by_text("12 of 30 lamps are dark.")).to_be_visible()
        looks(page, "csrf-again")
        follow(page.get_by_role("button", name="Send it again"))
        console.clear()  # The browser complains of the status 403.
    expect(page.get_by_text("12 of 30 lamps are dark.")).to_be_visible()
    assert audit.findings.get().text == "12 of 30 lamps are dark."


def test_second_step_by_app_and_recovery_codes(page, member):
    sign_in(page, member)
    page.goto("/account/")
    follow(page.get_by_role("link", name="Set it up"))
    checked(page, "two-step")
    follow(page.get_by_role("link", name="Set up an app"))
    checked(page, "reauthenticate")
    confirm_password(page)
    heading(page, "Set up an app")
    checked(page, "app")
    secret = page.locator(".steps code").inner_text()
    page.get_by_label("Authenticator code").fill(app_code(secret))
    press(page, "Start using the app")
    heading(page, "Recovery codes")
    checked(page, "recovery-codes")
    recovery = page.locator(".codes code").first.inner_text()
    follow(page.get_by_role("link", name="Make new codes …"))
    checked(page, "recovery-generate")
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("10 codes left")).to_be_visible()
    checked(page, "two-step-in-use")

    page.goto("/accounts/logout/")
    press(page, "Sign out")
    page.get_by_label("E-mail address").fill(member.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    heading(page, "Second step")
    checked(page, "second-step")
    page.get_by_label("Code").fill(recovery)
    press(page, "Sign in")
    heading(page, "Your audits")

    page.goto("/accounts/2fa/totp/deactivate/")
    confirm_password(page)
    heading(page, "Stop using the app?")
    checked(page, "app-stop")
    press(page, "Stop using the app")
    expect(page.get_by_text("Not in use")).to_have_count(2)


def test_passkey_is_added_used_renamed_and_removed(page, member):
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    device = chromium.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )["authenticatorId"]
    sign_in(page, member)
    page.goto("/accounts/2fa/webauthn/add/")
    confirm_password(page)
    heading(page, "Add a key")
    checked(page, "key-add")
    page.get_by_label("Name of the key").fill("Office laptop")
    page.get_by_label("Sign in with this key alone").check()
    press(page, "Add the key")
    heading(page, "Recovery codes")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("li strong")).to_have_text("Office laptop")
    checked(page, "keys")

    page.goto("/accounts/logout/")
    press(page, "Sign out")
    press(page, "Use a passkey")
    heading(page, "Your audits")

    page.goto("/accounts/2fa/webauthn/")
    follow(page.get_by_role("link", name="Rename Office laptop"))
    confirm_password(page)
    page.get_by_label("Name").fill("Home laptop")
    checked(page, "key-rename")
    press(page, "Save the name")
    follow(page.get_by_role("link", name="Remove … Home laptop"))
    heading(page, "Remove the key “Home laptop”?")
    checked(page, "key-remove")
    press(page, "Remove the key")
    heading(page, "Passkeys and security keys")
    checked(page, "keys-none")

    chromium.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/accounts/logout/")
    press(page, "Sign out")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The browser did not hand over a key.")
