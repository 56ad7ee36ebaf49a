from datetime import date

import pytest

from audits.forms import AuditForm, FollowUpForm, SettingsForm
from audits.models import City
from tests.factories import AuditFactory, CityFactory

pytestmark = pytest.mark.django_db

PERIOD = {"title": "Audit 2026", "starts_on": "2026-03-01", "ends_on": "2026-12-18", "language": "en"}
NEW_CITY = {"city_name": "Velmora", "authority": "Municipality of Velmora", "country": "HR"}


def test_city_is_chosen_from_the_list():
    city = CityFactory()
    form = AuditForm({**PERIOD, "city": city.pk})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["city"] == city


@pytest.mark.parametrize("listed", [True, False])
def test_city_is_entered_and_not_saved_by_the_form(listed):
    if listed:
        CityFactory()
    before = City.objects.count()
    form = AuditForm({**PERIOD, **NEW_CITY})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["city"].name == "Velmora"
    assert City.objects.count() == before


def test_without_any_city_only_the_choice_is_asked_about():
    CityFactory()
    assert AuditForm(PERIOD).errors == {"city": ["Choose the city, or enter it below."]}


def test_half_a_city_names_what_is_missing():
    CityFactory()
    assert AuditForm({**PERIOD, "city_name": "Velmora"}).errors == {
        "authority": ["Write the name of the authority."],
        "country": ["Choose the country."],
    }


def test_chosen_and_entered_city_contradict_each_other():
    form = AuditForm({**PERIOD, **NEW_CITY, "city": CityFactory().pk})
    assert form.errors == {"city_name": ["Choose a city from the list or enter a new one, not both."]}


def test_city_in_the_list_is_not_entered_again_in_any_case():
    CityFactory(name="VELMORA", country="HR")
    assert AuditForm({**PERIOD, **NEW_CITY}).errors == {
        "city_name": ["This city is in the list already. Choose it there."]
    }
    assert AuditForm({**PERIOD, **NEW_CITY, "country": "BG"}).is_valid()


@pytest.mark.parametrize("wrong", [{"city": "999999"}, {"city": "x"}, {"country": "XX"}, {"language": "tlh"}])
def test_value_that_was_never_offered_is_refused(wrong):
    CityFactory()
    assert AuditForm({**PERIOD, **NEW_CITY, **wrong}).errors.keys() == wrong.keys()


@pytest.mark.parametrize("form", [AuditForm, FollowUpForm, SettingsForm])
def test_last_day_before_the_first_is_said_at_the_last_day(form):
    data = {**PERIOD, **NEW_CITY, "ends_on": "2026-02-01", "state": "preparing", "version": 1}
    assert form(data).errors == {"ends_on": ["The last day is before the first day."]}


def test_follow_up_suggests_the_title_with_this_year(time_machine):
    time_machine.move_to("2029-02-01")
    previous = AuditFactory(title="Velmora City Integration Audit 2026", starts_on=date(2026, 1, 1))
    assert FollowUpForm.suggested_title(previous) == "Velmora City Integration Audit 2029"


def settings_data(audit, **changes):
    return {**PERIOD, "state": audit.state, "version": audit.version, "title": audit.title, **changes}


def test_disclaimer_of_the_toolkit_is_added_behind_what_was_typed():
    audit = AuditFactory()
    form = SettingsForm(settings_data(audit, disclaimer="Ours.", title="Typed title"), instance=audit)
    filled = form.with_suggested_disclaimer()
    assert filled["disclaimer"].value().startswith("Ours.\n\nThe content of this document represents")
    assert filled["title"].value() == "Typed title"
    audit.refresh_from_db()
    assert audit.disclaimer == ""


def test_language_of_the_report_is_not_another_language_too():
    audit = AuditFactory()
    form = SettingsForm(settings_data(audit, other_languages=["en", "ar"]), instance=audit)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["other_languages"] == ["ar"]


def test_differences_show_what_is_saved_in_words():
    audit = AuditFactory(other_languages=["bg", "ar"], authors="Irena Vidal")
    form = SettingsForm(settings_data(audit, state="collecting", authors="Petra"), instance=AuditFactory())
    assert form.is_valid(), form.errors
    differences = {field.name: saved for field, saved in form.differences(audit)}
    assert differences == {"state": "Preparing", "authors": "Irena Vidal", "other_languages": "Български, العربية"}
