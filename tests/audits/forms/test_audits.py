from datetime import date

import pytest

from audits.forms import AuditForm, FollowUpForm, SettingsForm
from audits.models import City
from tests.factories import AuditFactory, CityFactory

pytestmark = pytest.mark.django_db

PERIOD = {"title": "Audit 2026", "starts_on": "2026-03-01", "ends_on": "2026-12-18", "language": "en"}
NEW_CITY = {"city_name": "Velmora", "authority": "Municipality of Velmora", "country": "HR"}


def audit_form(data):
    """The form of somebody to whom all cities are open."""
    return AuditForm(data, cities=City.objects.all())


def test_city_is_chosen_from_the_list():
    city = CityFactory()
    form = audit_form({**PERIOD, "city": city.pk})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["city"] == city


@pytest.mark.parametrize("listed", [True, False])
def test_city_is_entered_and_not_saved_by_the_form(listed):
    if listed:
        CityFactory()
    before = City.objects.count()
    form = audit_form({**PERIOD, **NEW_CITY})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["city"].name == "Velmora"
    assert City.objects.count() == before


def test_without_any_city_only_the_choice_is_asked_about():
    CityFactory()
    assert audit_form(PERIOD).errors == {"city": ["Choose the city, or enter it below."]}


def test_follow_up_has_a_title_of_its_own_and_begins_later():
    previous = AuditFactory(title="Velmora Audit", starts_on=date(2025, 3, 1), ends_on=date(2025, 12, 1))
    form = FollowUpForm(
        {"title": "VELMORA audit", "starts_on": "2025-03-01", "ends_on": "2025-04-01"}, previous=previous
    )
    assert form.errors == {
        "title": ["The previous audit has this title. Give the new one a title of its own."],
        "starts_on": ["The previous audit began on 1 March 2025; this one has to begin later."],
    }
    period = {"starts_on": "2025-03-02", "ends_on": "2025-04-01"}
    assert FollowUpForm({"title": "Velmora Audit 2", **period}, previous=previous).is_valid()


def test_half_a_city_names_what_is_missing():
    CityFactory()
    assert audit_form({**PERIOD, "city_name": "Velmora"}).errors == {
        "authority": ["Write the name of the authority."],
        "country": ["Choose the country."],
    }


def test_chosen_and_entered_city_contradict_each_other():
    form = audit_form({**PERIOD, **NEW_CITY, "city": CityFactory().pk})
    assert form.errors == {"city_name": ["Choose a city from the list or enter a new one, not both."]}


def test_city_in_the_list_is_not_entered_again_in_any_case():
    CityFactory(name="VÉLMORA", country="HR")
    assert audit_form({**PERIOD, **NEW_CITY}).errors == {
        "city_name": ["This city is in the list already. Choose it there."]
    }
    assert audit_form({**PERIOD, **NEW_CITY, "country": "BG"}).is_valid()


def test_city_of_a_team_is_neither_chosen_nor_entered_by_others():
    theirs, free = AuditFactory(city__name="Šibenik", city__country="HR").city, CityFactory()
    cities = City.objects.filter(pk=free.pk)
    said = [
        "This city has an audit with a team of its own. Ask its coordinator to invite you; whoever runs this site can tell you who that is."
    ]
    assert AuditForm({**PERIOD, "city": theirs.pk}, cities=cities).errors == {"city": said}
    entered = {**PERIOD, **NEW_CITY, "city_name": "ŠIBENIK"}
    assert AuditForm(entered, cities=cities).errors == {"city_name": said}
    assert AuditForm(entered, cities=City.objects.none()).errors == {"city_name": said}


@pytest.mark.parametrize("wrong", [{"city": "999999"}, {"city": "x"}, {"country": "XX"}, {"language": "tlh"}])
def test_value_that_was_never_offered_is_refused(wrong):
    CityFactory()
    assert audit_form({**PERIOD, **NEW_CITY, **wrong}).errors.keys() == wrong.keys()


@pytest.mark.parametrize("form", [audit_form, FollowUpForm, SettingsForm])
def test_last_day_before_the_first_is_said_at_the_last_day(form):
    data = {**PERIOD, **NEW_CITY, "ends_on": "2026-02-01", "state": "preparing", "version": 1}
    more = {"previous": AuditFactory(starts_on=date(2023, 1, 1))} if form is FollowUpForm else {}
    assert form(data, **more).errors == {"ends_on": ["The last day is before the first day."]}


@pytest.mark.parametrize("form", [audit_form, SettingsForm])
def test_day_in_no_plausible_year_is_mistyped(form, time_machine):
    time_machine.move_to("2026-11-21")
    data = {
        **PERIOD,
        **NEW_CITY,
        "starts_on": "0001-01-01",
        "ends_on": "2057-01-01",
        "state": "preparing",
        "version": 1,
    }
    said = ["Write a day of the years 2016 to 2056."]
    assert form(data).errors == {"starts_on": said, "ends_on": said}


def test_day_that_stands_stays_good_however_old_it_is(time_machine):
    audit = AuditFactory(starts_on=date(2026, 3, 1), ends_on=date(2026, 12, 18))
    time_machine.move_to("2040-01-01")
    data = settings_data(audit, starts_on="2026-03-01", ends_on="2026-12-18", language="en")
    assert not {"starts_on", "ends_on"} & SettingsForm(data, instance=audit).errors.keys()
    assert "starts_on" in SettingsForm({**data, "starts_on": "2026-03-02"}, instance=audit).errors


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
