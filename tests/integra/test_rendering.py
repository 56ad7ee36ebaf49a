"""Fields, error summaries and crumbs, as every room's pages show them."""

import pytest
from crispy_forms.helper import FormHelper
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.utils.html import escape

from audits.templatetags.interface import browser_name, problems
from audits.widgets import DateInput, TimeInput


class Sheet(forms.Form):
    title = forms.CharField(help_text="As printed", widget=forms.TextInput(attrs={"class": "num"}))
    note = forms.CharField(required=False, widget=forms.Textarea)
    state = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput)


def render(template, **context):
    return engines["django"].from_string(template).render(context)


def test_control_keeps_its_own_classes_beside_the_designs():
    assert 'class="form-control num"' in str(Sheet()["title"])
    assert 'class="form-control is-invalid num"' in str(Sheet({})["title"])


def test_longer_text_gets_four_lines_unless_the_form_says_otherwise():
    assert 'rows="4"' in str(Sheet()["note"])

    class Long(forms.Form):
        text = forms.CharField(widget=forms.Textarea(attrs={"rows": 12}))

    assert 'rows="12"' in str(Long()["text"])


def test_browser_cuts_nothing_off_what_is_pasted():
    class Short(forms.Form):
        title = forms.CharField(max_length=5)

    assert "maxlength" not in str(Short()["title"])
    assert "at most 5 characters are possible, and it has 6" in str(Short({"title": "abcdef"}).errors)


def test_form_is_drawn_field_by_field_with_what_was_typed():
    text = "First line\n\n   > second <b>line</b>"
    form = Sheet({"title": "x", "note": text, "token": "t", "state": "a"})
    drawn = str(form)
    for field in form:
        assert "".join(field.as_field_group().split()) in "".join(drawn.split())
    assert escape(text) in drawn


def test_crispy_layout_draws_the_same_field():
    form = Sheet({})
    form.helper = FormHelper()
    form.helper.form_tag = False
    drawn = render("{% load crispy_forms_tags %}{% crispy form %}", form=form)
    for field in form.visible_fields():
        assert "".join(field.as_field_group().split()) in "".join(drawn.split())


def test_problems_of_forms_and_formsets_come_in_the_order_of_the_page():
    formset = forms.formset_factory(Sheet, min_num=1)({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"})
    found = problems(Sheet({"title": "x", "state": "a"}), formset)
    assert [(problem.label, problem.anchor) for problem in found] == [
        ("", ""),
        ("Title:", "id_form-0-title"),
        ("State:", "id_form-0-state_0"),
        ("", ""),
    ]


def test_crumbs_name_the_way_and_end_with_the_page_itself():
    trail = render('{% crumbs "Walks" "/walks/" "Station Quarter" %}')
    assert '<a href="/walks/">Walks</a>' in trail
    assert '<span aria-current="page">Station Quarter</span>' in trail


def test_pagination_keeps_the_filters_of_the_address(rf):
    page = Paginator(range(30), 10).get_page(2)
    drawn = render(
        '{% include "components/_pagination.html" %}', page_obj=page, request=rf.get("/", {"q": "bench", "page": 2})
    )
    assert "11 to 20 of 30" in drawn
    assert 'href="?q=bench&amp;page=3"' in drawn
    assert 'href="?q=bench&amp;page=1"' in drawn


def test_browsers_own_fields_send_and_show_iso_values():
    class Plan(forms.Form):
        day = forms.DateField(widget=DateInput)
        start = forms.TimeField(widget=TimeInput)

    plan = Plan({"day": "2026-10-07", "start": "09:30"})
    assert plan.is_valid()
    drawn = str(Plan(initial=plan.cleaned_data))
    assert 'type="date" name="day" value="2026-10-07"' in drawn
    assert 'type="time" name="start" value="09:30"' in drawn


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("curl/8", "Unknown browser"),
    ],
)
def test_browser_is_named_as_people_know_it(agent, name):
    assert browser_name(agent) == name
