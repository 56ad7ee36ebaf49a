"""The register: finding, writing, and taking contact data out of it again."""

import datetime
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audits import methods
from audits.enums import TargetGroup
from audits.permissions import Ability
from audits.stakeholders.actions.register import remove_contact
from audits.stakeholders.enums import Known, Quadrant, Sector
from audits.stakeholders.models import SelectionAnswer, Stakeholder
from audits.stakeholders.selection import questions_of
from tests.factories import CityWalkFactory, CodesignPlanFactory, SelectionQuestionFactory, StakeholderFactory

MARKER = "Marika Vandoren"


def to(name, audit, *args):
    return reverse(f"stakeholders:{name}", args=[audit.slug, *args])


def words_of(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(text))


def form_of(**more):
    return {"name": "Women’s Bridge", "kind": "organisation", **more}


# Finding -------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(audit):
    StakeholderFactory(audit=audit, name="Police station", target_group=TargetGroup.POLICE, sector=Sector.SAFETY)
    StakeholderFactory(
        audit=audit, name="Women’s Bridge", migrant_led=Known.YES, email="office@bridge.example", power=2, interest=5
    )
    StakeholderFactory(audit=audit, name="Čitaonica", target_group="", arguments="Rooms", power=4, interest=4)
    return audit


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Police station", "Women’s Bridge", "Čitaonica"]),
        ("q=citaonica", ["Čitaonica"]),
        ("q=BRIDGE.example", ["Women’s Bridge"]),
        ("q=rooms", ["Čitaonica"]),
        ("sector=safety", ["Police station"]),
        ("group=none", ["Čitaonica"]),
        ("led=yes", ["Women’s Bridge"]),
        ("led=none", ["Police station", "Čitaonica"]),
        ("field=close", ["Čitaonica"]),
        ("field=informed", ["Women’s Bridge"]),
        ("field=none", ["Police station"]),
        ("contact=none", ["Police station", "Čitaonica"]),
        ("order=sector", ["Police station", "Women’s Bridge", "Čitaonica"]),
        ("sector=nonsense", ["Police station", "Women’s Bridge", "Čitaonica"]),
    ],
)
def test_register_is_narrowed(team, filled, asked, found):
    StakeholderFactory(name="Of another audit")
    page = team.get(f"{to('list', filled)}?{asked}")
    assert sorted(one.name for _label, rows in page.context["bands"] for one in rows) == sorted(found)


def test_list_says_who_is_missing(team, filled):
    page = words_of(team.get(to("list", filled)))
    assert "3 stakeholders" in page
    assert "1 is migrant-led" in page
    assert "Mediators nobody yet" in page
    assert "2 have neither e-mail nor telephone" in page
    assert "1 has no place in the power-interest matrix" in page
    by_sector = words_of(team.get(f"{to('list', filled)}?order=sector"))
    assert by_sector.index("Police and safety Police station") < by_sector.index("Not said yet Women’s Bridge")


def test_empty_register_leads_to_the_first_one(team, audit):
    assert to("create", audit) in team.get(to("list", audit)).content.decode()
    assert "Nobody is in the register yet" in words_of(team.get(to("matrix", audit)))


# Writing -------------------------------------------------------------------------------------------------------


def test_stakeholder_is_written_once_with_its_answers(team, audit, guide):
    first, second = questions_of(audit)
    page = team.get(to("create", audit))
    sent = form_of(uuid=page.context["form"]["uuid"].value(), website="bridge.example", power="2", interest="5")
    sent |= {f"answer_{first.pk}": "no", f"answer_{second.pk}": "yes", f"why_{second.pk}": "They teach"}
    for _time in range(2):
        assert team.post(to("create", audit), sent).status_code == 302
    one = audit.stakeholders.get()
    assert (one.website, one.quadrant) == ("https://bridge.example", Quadrant.INFORMED)
    assert dict(one.answers.values_list("question", "answer")) == {first.pk: "no", second.pk: "yes"}
    assert one.history.get().history_user == one.changed_by
    page = words_of(team.get(to("detail", audit, one.uuid)))
    assert "The guide says: try to involve them." in page
    assert "They teach" in page
    # The same form with other words is shown beside what it has written.
    assert team.post(to("create", audit), sent | {"power": "5"}).status_code == 409


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"name": " "}, "Write the name of the organisation or function"),
        ({"name": "women’s   BRIDGE"}, "The register has it already: Women’s Bridge"),
        ({"email": "office at bridge"}, "e-mail"),
        ({"website": "bridge"}, "Website: This is not an address on the web. Write it like https://"),
        ({"why": "They teach"}, "A reason stands here. Choose yes or no, too."),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(team, audit, guide, bad, said):
    StakeholderFactory(audit=audit, name="Women’s Bridge")
    if "why" in bad:
        bad = {f"why_{questions_of(audit)[0].pk}": "They teach"}
    response = team.post(to("create", audit), form_of(name="Other", arguments="Rooms for everybody") | bad)
    assert said in words_of(response)
    # What leads to a field is one link.
    assert not re.search(r"<a [^>]*>[^<]*<a ", response.content.decode())
    assert "Rooms for everybody" in response.content.decode()
    assert audit.stakeholders.count() == 1


def test_somebody_elses_change_is_shown_with_answers(team, audit, guide):
    first, _second = questions_of(audit)
    one = StakeholderFactory(audit=audit, name="Bridge")
    sent = form_of(name="Bridge", target_group="ngos", version=1)
    assert team.post(to("edit", audit, one.uuid), sent | {f"answer_{first.pk}": "yes"}).status_code == 302
    with CaptureQueriesContext(connection) as queries:
        response = team.post(to("edit", audit, one.uuid), sent | {f"answer_{first.pk}": "no"})
    assert response.status_code == 409
    # Of the form and of what is saved beside it: not one for each field.
    assert sum('FROM "stakeholders_selectionanswer"' in query["sql"] for query in queries) <= 5
    assert "Are they involved already?" in words_of(response)
    assert one.answers.get().answer == "yes"


def test_questions_are_those_of_the_guide_that_the_audit_follows(audit, guide):
    assert [question.key for question in questions_of(audit)] == ["question-1", "question-2"]
    own = CodesignPlanFactory(audit=audit).guide
    SelectionQuestionFactory(guide=own, key="own")
    assert [question.key for question in questions_of(audit)] == ["own"]


def test_contact_data_goes_from_everywhere(team, audit):
    one = StakeholderFactory(audit=audit, name="Bridge", website="https://bridge.example")
    sent = {"name": "Bridge", "kind": "organisation", "website": one.website, "involved_in": "Council"}
    contact = {"contact_name": MARKER, "contact_role": "Chair", "email": "m@bridge.example", "telephone": "+359 2 1"}
    team.post(to("edit", audit, one.uuid), sent | contact | {"version": 1})
    team.post(to("contact-remove", audit, one.uuid))
    one.refresh_from_db()
    assert (one.has_contact, one.website, one.involved_in) == (False, "https://bridge.example", "Council")
    assert not Stakeholder.history.exclude(contact_name="", contact_role="", email="", telephone="").exists()


def test_contact_data_that_somebody_emptied_can_still_be_removed_from_earlier_versions(team, audit):
    one = StakeholderFactory(audit=audit, name="Bridge", contact_name=MARKER)
    button = to("contact-remove", audit, one.uuid)
    assert team.post(to("edit", audit, one.uuid), form_of(name="Bridge", version=1)).status_code == 302
    assert button in team.get(to("detail", audit, one.uuid)).content.decode()
    team.post(button)
    assert not Stakeholder.history.filter(contact_name=MARKER).exists()
    assert button not in team.get(to("detail", audit, one.uuid)).content.decode()


def test_what_is_deleted_leaves_no_history(team, audit):
    one = StakeholderFactory(audit=audit, contact_name=MARKER)
    walk = CityWalkFactory(audit=audit)
    walk.calls.create(stakeholder=one)
    page = words_of(team.get(to("delete", audit, one.uuid)))
    assert walk.title in page
    assert "Invitations to focus groups stay" in page
    assert team.post(to("delete", audit, one.uuid))["Location"] == to("list", audit)
    assert not Stakeholder.history.exists()
    assert not walk.calls.exists()


# The ground ----------------------------------------------------------------------------------------------------


def test_walks_tell_where_somebody_is_involved(team, audit):
    one = StakeholderFactory(audit=audit)
    walk = CityWalkFactory(audit=audit, title="Old town", date=datetime.date(2026, 5, 2))
    walk.calls.create(stakeholder=one, asked_on=walk.date, reply="yes")
    [known] = methods.involvements(audit, [one])[one.pk]
    assert (known.date, known.url) == (walk.date, walk.get_absolute_url())
    for page in ("list", "detail"):
        where = to(page, audit, *([one.uuid] if page == "detail" else []))
        assert "City walk “Old town”: comes" in words_of(team.get(where))


def test_card_says_what_the_register_lacks(audit, member):
    method, user = methods.get("stakeholders"), member()
    assert method.may_see == Ability.SEE_RESULTS
    assert method.progress(audit, user).next_step.url == to("create", audit)
    for group in TargetGroup:
        StakeholderFactory(audit=audit, target_group=group, power=3, interest=3, telephone="1")
    card = method.progress(audit, user)
    assert [one.text for one in card.missing] == ["No migrant-led organisation is in the register"]
    audit.stakeholders.update(migrant_led=Known.YES)
    assert (method.progress(audit, user).state, method.progress(audit, user).words) == (
        "done",
        "8 stakeholders, 8 migrant-led",
    )


QUERIES = {"list": 10, "matrix": 5, "export": 8, "detail": 11}


@pytest.mark.parametrize("page", QUERIES)
@pytest.mark.parametrize("number", [3, 300])
def test_pages_ask_the_database_as_often_for_many(team, audit, guide, page, number):
    rows = Stakeholder.objects.bulk_create(
        StakeholderFactory.build(audit=audit, power=1 + at % 5, interest=1 + at % 3) for at in range(number)
    )
    question = questions_of(audit)[0]
    SelectionAnswer.objects.bulk_create(
        SelectionAnswer(stakeholder=one, question=question, answer="yes") for one in rows
    )
    walk = CityWalkFactory(audit=audit)
    walk.calls.model.objects.bulk_create(walk.calls.model(walk=walk, stakeholder=one) for one in rows)
    address = to(page, audit, *([rows[0].uuid] if page == "detail" else []))
    team.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert team.get(address).status_code == 200
    assert len(asked) == QUERIES[page], [query["sql"][:150] for query in asked]


def test_removing_contact_data_keeps_what_somebody_else_wrote(audit, member):
    one = StakeholderFactory(audit=audit, contact_name=MARKER)
    Stakeholder.objects.filter(pk=one.pk).update(involved_in="Council", version=2)
    remove_contact(stakeholder=one, by=member())
    one.refresh_from_db()
    assert (one.contact_name, one.involved_in, one.version) == ("", "Council", 3)
