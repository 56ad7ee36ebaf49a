"""The frame around all rooms: fields, errors, language menu, as a browser shows them."""

import pytest
from django import forms
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from playwright.sync_api import expect

from audits.widgets import DateInput, ExplainedChoices
from integra.urls import urlpatterns as project_urls

from .conftest import axe, follow, looks, no_overflow

KINDS = [("strategy", "Strategy"), ("research", "Research")]


class Sample(forms.Form):
    """One field of each kind that the rooms use."""

    title = forms.CharField(label="Title", help_text="As printed on the document")
    kind = forms.ChoiceField(
        label="Kind", choices=KINDS, widget=ExplainedChoices(explanations={"strategy": "For example a plan"})
    )
    level = forms.ChoiceField(label="Level", choices=[("", "Choose"), ("city", "City")])
    place = forms.ChoiceField(label="Place", choices=KINDS, widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(
        label="Areas", help_text="One or more", choices=KINDS, widget=forms.CheckboxSelectMultiple
    )
    day = forms.DateField(label="Day", widget=DateInput, required=False)
    agreed = forms.BooleanField(label="I have read it", help_text="It is short")
    file = forms.FileField(label="File", required=False)
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)

    def clean(self):
        raise forms.ValidationError("These do not fit together.")


PAGE = """{% extends "base.html" %}{% block title %}Sample{% endblock %}
{% block main %}<div class="narrow">{% include "components/_form_errors.html" %}<h1>Sample</h1>
<form method="post" novalidate enctype="multipart/form-data">{% csrf_token %}{{ form }}
<button class="btn btn-primary">Save sample</button></form></div>{% endblock %}"""


def sample(request):
    form = Sample(request.POST or None)
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


def changing(request):
    """Takes a change by htmx, or refuses it as the query says."""
    return HttpResponse("taken", status=int(request.GET["status"]))


def htmx_page(request):
    template = """{% extends "base.html" %}{% block title %}Sample{% endblock %}
    {% block head %}<script src="{% static 'vendor/htmx/htmx.min.js' %}" defer></script>{% endblock %}
    {% block main %}<h1>Sample</h1><p id="said">nothing</p>
    {% for status in statuses %}<button hx-post="/changing/?status={{ status }}" hx-target="#said">{{ status }}</button>
    {% endfor %}{% endblock %}"""
    context = {"statuses": [200, 401, 500]}
    return HttpResponse(engines["django"].from_string(template).render(context, request))


urlpatterns = [path("changing/", changing), path("htmx/", htmx_page), path("sample/", sample), *project_urls]


@pytest.mark.urls(__name__)
def test_form_says_what_to_correct_and_leads_there(page):
    page.goto("/sample/")
    axe(page)
    page.get_by_role("button", name="Save sample").click()

    expect(page.locator("#errors")).to_be_focused()
    assert page.title().startswith("Error: Sample")
    expect(page.locator("#errors h2")).to_have_text("Please correct 7 things")
    assert "These do not fit together." in page.locator("#errors").inner_text()
    axe(page)
    no_overflow(page)
    looks(page, "form-errors")

    page.locator("#errors a", has_text="Kind").click()
    expect(page.locator("#id_kind_0")).to_be_focused()
    title = page.get_by_label("Title")
    described = [
        " ".join(page.locator(f"#{one}").inner_text().split())
        for one in title.get_attribute("aria-describedby").split()
    ]
    assert described == ["As printed on the document", "Error: Fill this in."]
    assert title.get_attribute("aria-invalid") == "true"
    assert page.get_by_role("group", name="Areas").get_attribute("aria-describedby") == (
        "id_areas_helptext id_areas_error"
    )


@pytest.mark.urls(__name__)
def test_optional_fields_are_marked_and_needed_ones_are_not(page):
    page.goto("/sample/")
    assert page.locator(".optional").count() == 3
    expect(page.get_by_label("Text (optional)")).to_be_visible()


def test_language_menu_works_by_keyboard_and_keeps_the_page(page):
    page.goto("/help/")
    menu = page.locator(".language-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    axe(page)
    no_overflow(page)
    looks(page, "language-menu")
    page.keyboard.press("Escape")
    expect(menu.locator("ul")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    follow(page.get_by_role("button", name="Български"))
    expect(page.locator("html")).to_have_attribute("lang", "bg")
    assert page.url.endswith("/help/")


@pytest.mark.urls(__name__)
def test_htmx_sends_the_token_and_says_what_failed(page, console):
    page.goto("/htmx/")
    page.get_by_role("button", name="200").click()
    expect(page.locator("#said")).to_have_text("taken")
    page.get_by_role("button", name="401").click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved: you are signed out.")
    axe(page)
    no_overflow(page)
    page.get_by_role("button", name="500").click()
    expect(page.get_by_role("alert")).to_contain_text("This did not work.")
    assert all("401" in line or "500" in line for line in console)
    console.clear()


@pytest.mark.urls(__name__)
def test_script_sends_changes_with_the_token(page):
    page.goto("/htmx/")
    page.evaluate("document.body.setAttribute('hx-headers', '{\"X-CSRFToken\": \"of before\"}')")
    send = """import('/static/js/csrf.js').then((m) =>
        fetch('/changing/?status=200', {method: 'POST', headers: {'X-CSRFToken': m.csrfToken()}})).then((r) => r.status)"""
    assert page.evaluate(send) == 200
