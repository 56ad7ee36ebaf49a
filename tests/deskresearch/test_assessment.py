"""Quoting and rating: one form under the document's version, saved by itself."""

import uuid

import pytest
from django.urls import reverse

from deskresearch.enums import Point, Rating
from tests import factories

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def where(audit, document):
    return reverse("deskresearch:document-assess", args=[audit.slug, document.uuid])


def provision(key, text="The city shall help.", topic="integration", page="12", **more):
    names = {"text": text, "topic": topic, "page": page, **more}
    return {f"provision-{key}-{name}": value for name, value in names.items()}


def saved(document):
    return {rating.point: (rating.value, rating.reason) for rating in document.ratings.all()}


def test_ratings_are_saved_with_their_reasons_under_the_next_version(team, where, document, researcher):
    response = team.post(where, {"version": 1, "eu": "partly", "eu-reason": "Only half.", "gender": "unknown"})
    assert response["Location"].endswith("#saved")
    assert saved(document) == {"eu": ("partly", "Only half."), "gender": ("unknown", "")}
    document.refresh_from_db()
    assert (document.version, document.changed_by) == (2, researcher)


def test_rating_can_be_taken_back_to_not_rated(team, where, document):
    team.post(where, {"version": 1, "eu": "yes"})
    team.post(where, {"version": 2, "eu": ""})
    assert saved(document) == {}


def test_missing_reason_and_page_are_saved_and_shown_as_to_complete(team, where, document):
    team.post(where, {"version": 1, "eu": "partly", "gender": "unknown", **provision(uuid.uuid4(), page="")})
    assert saved(document) == {"eu": ("partly", ""), "gender": ("unknown", "")}
    for page in (team.get(where), team.get(document.get_absolute_url())):
        words = page.content.decode()
        assert words.count("To complete: the reason") == 1
        assert words.count("To complete: the page or section") == 1
    listed = reverse("deskresearch:document-list", args=[document.audit.slug])
    assert "1 reason, 1 page" in team.get(listed, {"gaps": "complete"}).content.decode()
    data = {"version": 2, "eu": "partly", "eu-reason": "Half.", "gender": "unknown"}
    team.post(where, {**data, **provision(document.provisions.get().uuid)})
    assert "To complete" not in team.get(document.get_absolute_url()).content.decode()
    assert "No document like this" in team.get(listed, {"gaps": "complete"}).content.decode()


def test_reason_without_a_rating_is_kept_in_the_form(team, where, document):
    page = team.post(where, {"version": 1, "eu-reason": "Nobody knows yet"}).content.decode()
    assert "Choose a rating as well" in page
    assert "Nobody knows yet" in page
    assert saved(document) == {}


def test_saving_by_itself_twice_writes_a_new_provision_once(team, where, document):
    key = uuid.uuid4()
    first = team.post(where, {"version": 1, **provision(key)}, **JSON).json()
    again = team.post(where, {"version": first["version"], **provision(key, text="Better words.")}, **JSON).json()
    assert (first["version"], again["version"]) == (2, 3)
    [one] = document.provisions.all()
    assert (one.uuid, one.text, one.page, one.topic) == (key, "Better words.", "12", "integration")


def test_the_same_again_changes_nothing(team, where, document):
    data = {"version": 1, "eu": "yes", **provision(uuid.uuid4())}
    assert [team.post(where, data, **JSON).json()["version"] for _time in range(2)] == [2, 2]
    document.refresh_from_db()
    assert document.version == 2


def test_provision_that_an_answer_cites_is_changed_in_place(team, where, document):
    one = factories.ProvisionFactory(document=document)
    answer = factories.AnswerFactory()
    answer.provisions.add(one)
    team.post(where, {"version": 1, "eu": "yes", **provision(one.uuid, text="Other words", topic="security")})
    assert [cited.text for cited in answer.provisions.all()] == ["Other words"]
    assert document.provisions.get().topic == "security"


def test_provision_goes_only_where_that_is_ticked(team, where, document):
    one, two = factories.ProvisionFactory.create_batch(2, document=document)
    assert f'name="provision-{one.uuid}-stood" value="1"' in team.get(where).content.decode()
    said = team.post(where, {"version": 1, **provision(one.uuid, text="", stood="1")}, **JSON)
    assert said.status_code == 422
    assert "tick that it is removed" in said.json()["errors"][0]
    team.post(where, {"version": 1, **provision(one.uuid, text="", remove="on")})
    assert list(document.provisions.all()) == [two]


def test_provision_that_came_in_meanwhile_stays(team, where, document):
    data = {"version": 1, "eu": "yes"}
    other = factories.ProvisionFactory(document=document)
    team.post(where, data)
    assert list(document.provisions.all()) == [other]


def test_provision_of_another_document_is_left_alone(team, where, document):
    foreign = factories.ProvisionFactory(text="Foreign")
    team.post(where, {"version": 1, **provision(foreign.uuid, text="Mine")})
    foreign.refresh_from_db()
    assert foreign.text == "Foreign"
    assert [one.text for one in document.provisions.all()] == ["Mine"]


def test_page_without_a_quotation_is_named(team, where):
    page = team.post(where, {"version": 1, **provision(uuid.uuid4(), text="")}).content.decode()
    assert "Write the quotation that stands there." in page


def test_stale_save_shows_both_and_writes_nothing(team, where, document):
    team.post(where, {"version": 1, "eu": "yes", "eu-reason": "Hers"})
    response = team.post(where, {"version": 1, "eu": "no", "eu-reason": "His"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Hers" in page
    assert "His" in page
    assert saved(document) == {"eu": ("yes", "Hers")}
    assert team.post(where, {"version": 1, "eu": "no"}, **JSON).status_code == 409
    team.post(where, {"version": 2, "eu": "no", "eu-reason": "His"})
    assert saved(document) == {"eu": ("no", "His")}


def test_page_asks_all_points_and_has_room_without_a_script(team, where, document):
    factories.ProvisionFactory(document=document, text="Stands already")
    page = team.get(where).content.decode()
    assert all(f'id="point-{point.value}"' in page for point in Point)
    assert page.count('type="radio"') == len(Point) * (len(Rating) + 1)
    assert page.count('-text"') >= 3
    assert "Stands already" in page


def test_what_the_window_kept_comes_back_without_being_saved(team, where, document):
    key = uuid.uuid4()
    page = team.post(where, {"version": 1, "show": "1", "eu": "yes", **provision(key)}).content.decode()
    assert f"provision-{key}-text" in page
    assert "The city shall help." in page
    assert saved(document) == {}


def test_deleted_document_gives_back_what_was_typed(team, where, document):
    document.delete()
    data = {"version": 1, "eu": "yes", "eu-reason": "Typed for an hour"}
    response = team.post(where, data)
    assert response.status_code == 409
    assert "Typed for an hour" in response.content.decode()
    by_itself = team.post(where, data, headers={"Accept": "application/json"})
    assert by_itself.status_code == 409
    assert "deleted while you were writing" in by_itself.json()["message"]


def test_provision_saved_by_itself_and_emptied_again_is_removed(team, where, document):
    key = uuid.uuid4()
    assert team.post(where, {"version": 1, **provision(key, text="Half a wo")}, **JSON).json()["version"] == 2
    assert team.post(where, {"version": 2, **provision(key, text="", page="")}, **JSON).json()["version"] == 3
    assert not document.provisions.exists()
    # And typed once more in the same row.
    assert team.post(where, {"version": 3, **provision(key, text="Other words")}, **JSON).json()["version"] == 4
    assert document.provisions.get().text == "Other words"


def test_emptied_provision_that_an_answer_cites_meanwhile_stays(team, where, document):
    key = uuid.uuid4()
    team.post(where, {"version": 1, **provision(key)}, **JSON)
    factories.AnswerFactory().provisions.add(document.provisions.get())
    assert team.post(where, {"version": 2, **provision(key, text="", page="")}, **JSON).status_code == 422
    assert document.provisions.exists()


def test_ratings_and_provisions_of_two_people_stand_beside_each_other(team, where, document):
    kept, gone = (factories.ProvisionFactory(document=document, text=text) for text in ("Kept", "Gone"))

    def sent(response, **changes):
        form = response.context["form"]
        values = {name: form[name].value() or "" for name in form.fields if not name.endswith("-remove")}
        return {**values, **changes}

    opened, older = team.get(where), team.get(where)
    new = uuid.uuid4()
    theirs = {f"provision-{gone.uuid}-remove": "on", **provision(new, text="New"), "eu": "yes", "eu-reason": "Hers"}
    assert team.post(where, sent(opened, **theirs)).status_code == 302
    mine = {f"provision-{kept.uuid}-text": "Corrected", "gender": "no", "gender-reason": "His"}
    assert team.post(where, sent(older, **mine)).status_code == 302
    assert saved(document) == {"eu": ("yes", "Hers"), "gender": ("no", "His")}
    assert {one.text for one in document.provisions.all()} == {"Corrected", "New"}
    late = {f"provision-{kept.uuid}-remove": "on"}
    assert team.post(where, sent(older, **late)).status_code == 409, "what somebody corrected is not removed unseen"
