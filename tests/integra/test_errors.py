"""Error pages: they say what helps, hand back what was typed, and tell nothing that is not theirs to tell."""

import logging
import re

import pytest
from django.test import Client

from audits.enums import Role
from tests.factories import AuditFactory, MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integra.urls")]


@pytest.fixture
def quiet():
    """A client that gets the error page instead of the exception."""
    return Client(raise_request_exception=False)


def test_page_not_found_tells_everybody_the_same(client):
    hidden = MembershipFactory().audit
    client.force_login(UserFactory())
    there, nowhere = client.get(f"/audits/{hidden.slug}/"), client.get("/audits/no-such-audit/")
    assert there.status_code == nowhere.status_code == 404
    assert "You are not in the team of this audit" in there.content.decode()
    strip = lambda page, slug: page.content.decode().replace(slug, "")  # noqa: E731
    without_token = [
        [line for line in strip(page, slug).splitlines() if "csrf" not in line.lower()]
        for page, slug in ((there, hidden.slug), (nowhere, "no-such-audit"))
    ]
    assert without_token[0] == without_token[1]
    assert str(hidden) not in there.content.decode()


def test_forbidden_names_the_role_and_who_can_change_it(client):
    audit = AuditFactory()
    MembershipFactory(audit=audit, role=Role.COORDINATOR, user__name="Irena Vidal")
    client.force_login(MembershipFactory(audit=audit, role=Role.VIEWER).user)
    response = client.get(f"/team-of/{audit.slug}/")
    assert response.status_code == 403
    text = response.content.decode()
    assert "your role in it (viewer) does not include this step" in text
    assert "Irena Vidal, the coordinator, can change your role." in text
    assert audit.get_absolute_url() in text


def test_forbidden_shows_the_words_of_the_exception(client):
    assert "The walk is closed." in client.get("/fails/explained/").content.decode()
    assert client.get("/fails/forbidden/").status_code == 403


def test_bad_request_and_too_many_requests_have_pages(client):
    response = client.get("/fails/bad/")
    assert response.status_code == 400
    assert "Nothing was changed." in response.content.decode()
    assert "secret detail" not in response.content.decode()
    assert client.get("/fails/often/").status_code == 429


def test_unknown_host_gets_the_page_for_bad_requests(client):
    response = client.get("/help/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "The request could not be read" in response.content.decode()


def test_server_error_page_needs_no_database(quiet, caplog, django_assert_num_queries):
    with caplog.at_level(logging.ERROR), django_assert_num_queries(0):
        response = quiet.get("/fails/broken/")
    assert response.status_code == 500
    text = response.content.decode()
    assert "Something went wrong here" in text
    assert "secret detail" not in text
    number = next(record.args[0] for record in caplog.records if record.name == "integra.errors")
    assert number in text


@pytest.mark.parametrize(
    ("referer", "shown"),
    [
        ("http://testserver/join/?code=x", 'href="/join/"'),
        ("https://elsewhere.example/join/", 'href="/"'),
        ("", 'href="/"'),
    ],
)
def test_form_refused_by_csrf_leads_back_to_its_own_page(referer, shown):
    headers = {"referer": referer} if referer else {}
    response = Client(enforce_csrf_checks=True, headers=headers).post("/join/", {"code": "AB12CD34"})
    assert response.status_code == 403
    assert f'<a class="btn btn-outline" {shown}' in response.content.decode()


def test_page_that_an_own_audit_has_not_leads_back_to_the_audit(client):
    member = MembershipFactory(role=Role.VIEWER)
    client.force_login(member.user)
    response = client.get(f"/audits/{member.audit.slug}/findings/999/")
    assert response.status_code == 404
    assert f'href="{member.audit.get_absolute_url()}"' in response.content.decode()


def test_form_refused_by_csrf_hands_back_what_was_typed():
    response = Client(enforce_csrf_checks=True).post(
        "/note/",
        {
            "text": "Benches <b>in</b> the shade",
            "password": "correct horse",
            "score": "5",
            "version": "7",
            "uuid": "6f0c8a36-4a5e-4a55-9d21-6ad3f6c1a7f0",
            "csrfmiddlewaretoken": "abc",
        },
    )
    assert response.status_code == 403
    text = response.content.decode()
    assert "This form is no longer valid" in text
    assert "Benches &lt;b&gt;in&lt;/b&gt; the shade" in text
    assert "correct horse" not in text
    assert 'id="typed-2" readonly rows="2">5<' in text
    assert "typed-3" not in text
    assert "Send it again" not in text


@pytest.mark.parametrize(
    ("origin", "password", "offered"),
    [
        ("http://testserver", "", True),
        ("https://elsewhere.example", "", False),
        ("null", "", False),
        ("", "", False),
        ("http://testserver", "correct horse", False),
    ],
)
def test_form_of_our_own_pages_alone_can_be_sent_again(origin, password, offered):
    """A form that another site sends must not need but a click here."""
    client = Client(enforce_csrf_checks=True, headers={"origin": origin} if origin else {})
    typed = {"text": "Benches\nin the shade", "score": ["3", "5"], "version": "7", "csrfmiddlewaretoken": "a" * 32}
    response = client.post("/note/?page=2", typed | ({"password": password} if password else {}))
    assert response.status_code == 403
    text = response.content.decode()
    assert ("Send it again" in text) is offered
    assert ('action="/note/?page=2"' in text) is offered
    if offered:
        sent = re.findall(r'<input type="hidden" name="(text|score|version)" value="([^"]*)">', text)
        assert sent == [("text", "Benches\nin the shade"), ("score", "3"), ("score", "5"), ("version", "7")]


def test_form_sent_after_the_session_hands_back_what_was_typed(client):
    response = client.post("/note/?page=2", {"text": "An hour of writing", "was-text": "1f0e"})
    assert response.status_code == 401
    assert "An hour of writing" in response.content.decode()
    assert "Was-text" not in response.content.decode()
    assert "Sign in in a new window" in response.content.decode()


@pytest.mark.parametrize("header", ["X-CSRFToken", "HX-Request"])
def test_script_without_session_hears_401_instead_of_the_sign_in_page(client, header):
    assert client.post("/note/", {"text": "x"}, headers={header: "true"}).status_code == 401
    assert client.get("/note/").status_code == 302
