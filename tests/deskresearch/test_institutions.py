import uuid
from urllib.parse import urlencode

import pytest

from deskresearch import overview
from deskresearch.enums import GovernanceLevel, InstitutionKind, Rating
from deskresearch.models import Institution, Partnership
from tests import factories
from tests.deskresearch.pages import said, to, words_of

NEW = {"name": "Housing Office", "kind": "department", "level": "deliver", "exists": "on"}


def names(audit):
    return list(audit.institutions.in_order().values_list("name", flat=True))


def sent(institution, **changes):
    """What the form of an institution sends."""
    data = {name: getattr(institution, name) for name in ("name", "kind", "level")}
    if institution.exists:
        data["exists"] = "on"
    return {**data, "reports_to": institution.reports_to_id or "", "version": institution.version, **changes}


# List -----------------------------------------------------------------------------------------------------


def filled(audit, number):
    for place in range(number):
        above = audit.institutions.order_by("?").first()
        one = factories.InstitutionFactory(
            audit=audit, reports_to=above, level=GovernanceLevel.values[place % 3], position=place
        )
        factories.PartnershipFactory(audit=audit, standing=True).institutions.add(one)


def test_list_reads_any_number_of_institutions_with_the_same_queries(audit, guide, desk, django_assert_max_num_queries):
    counts = []
    for total in (3, 300):
        filled(audit, total - audit.institutions.count())
        with django_assert_max_num_queries(30) as captured:
            response = desk.get(to("institution-list", audit))
        counts.append(len(captured))
        assert response.context["total"] == total
    assert counts == [13, 13]


def test_list_stands_in_three_levels_with_facts_and_gaps(audit, guide, desk):
    council = factories.InstitutionFactory(audit=audit, name="City Council", kind="council", level="decide")
    factories.InstitutionFactory(
        audit=audit, name="Municipal police", kind="municipal_police", reports_to=council, urban_security="yes"
    )
    factories.InstitutionFactory(audit=audit, name="TCN forum", kind="body", level="consult", exists=False)
    response = desk.get(to("institution-list", audit))
    assert [[one.name for one, _gaps in rows] for _level, rows in response.context["levels"]] == [
        ["City Council"],
        ["Municipal police"],
        ["TCN forum"],
    ]
    words = words_of(response)
    for expected in ("3 institutions", "1 of them is missing", "Reports to: City Council", "Urban security: Yes"):
        assert expected in words
    gaps = {
        one.name: [code for code, _place in codes] for _level, rows in response.context["levels"] for one, codes in rows
    }
    # The guide of this test asks 2.1, 2.5 and 2.8 of the questions of step 2.
    assert gaps == {"City Council": ["2.1", "2.8"], "Municipal police": ["2.5", "2.8"], "TCN forum": []}
    edit = to("institution-edit", audit, council.uuid)
    assert f'href="{edit}#id_urban_security_0"' in response.content.decode()
    assert 'id="id_urban_security_0"' in desk.get(edit).content.decode()


def test_list_shows_this_audit_only_and_no_tools_to_readers(audit, signed_in, member):
    factories.InstitutionFactory(name="Of another city")
    factories.InstitutionFactory(audit=audit, name="Libraries")
    words = words_of(signed_in(member("partner")).get(to("institution-list", audit)))
    assert "Libraries" in words
    assert "Of another city" not in words
    assert "Add an institution" not in words
    assert "Move Libraries up" not in words


def test_empty_list_offers_the_first_institution(audit, desk):
    words = words_of(desk.get(to("institution-list", audit)))
    assert "No institutions yet" in words
    assert "Add the first institution" in words


@pytest.mark.parametrize(
    ("kind", "exists", "found"),
    [
        ("department", True, ("2.1", "2.2", "2.3", "2.4", "2.6", "2.7", "2.8")),
        ("police", True, ("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8")),
        ("ngo", True, ()),
        ("department", False, ()),
    ],
)
def test_gaps_are_asked_of_public_agencies_that_exist(kind, exists, found):
    assert overview.gaps(Institution(kind=kind, exists=exists)) == found


def test_rating_or_words_close_a_gap():
    one = Institution(
        kind=InstitutionKind.DEPARTMENT, tcn_mandate=Rating.UNKNOWN, capacity_text="Four posts", barriers=""
    )
    assert overview.gaps(one) == ("2.1", "2.3", "2.4", "2.6", "2.8")


def test_responsibilities_answer_the_question_on_the_police_for_the_police_alone(audit, guide, desk):
    for kind, told in (("municipal_police", ["2.5"]), ("department", [])):
        one = factories.InstitutionFactory(audit=audit, kind=kind, responsibilities="Markets and parking")
        response = desk.get(one.get_absolute_url())
        assert [row[0] for row in response.context["told"]] == told
        assert words_of(response).count("Markets and parking") == 1


# Form -----------------------------------------------------------------------------------------------------


def test_name_that_is_there_already_is_noticed_and_may_be_another(audit, desk):
    one = factories.InstitutionFactory(audit=audit, name="housing  OFFICE")
    response = desk.post(to("institution-create", audit), NEW)
    assert "An institution of this name is described already." in words_of(response)
    assert f'<a href="{one.get_absolute_url()}"' in response.content.decode()
    assert desk.post(to("institution-create", audit), {**NEW, "is_other": "on"}).status_code == 302
    assert audit.institutions.count() == 2


def test_institution_is_created_at_the_end_of_its_level(audit, desk, researcher):
    factories.InstitutionFactory(audit=audit, name="Zoo", level="deliver", position=4)
    response = desk.post(to("institution-create", audit), {**NEW, "tcn_mandate": "no", "note": "no TCN mandate"})
    made = audit.institutions.get(name="Housing Office")
    assert response["Location"] == f"{made.get_absolute_url()}#saved"
    assert (made.position, made.created_by, made.tcn_mandate) == (5, researcher, "no")
    assert names(audit) == ["Zoo", "Housing Office"]


@pytest.mark.parametrize(
    "back", ["/help/", "https://elsewhere.example/", "//elsewhere.example/"], ids=("own", "other", "no-scheme")
)
def test_form_leads_back_to_a_page_of_this_site_alone(audit, desk, back):
    page = f"{to('institution-create', audit)}?{urlencode({'back': back})}"
    assert (f'href="{back}"' in desk.get(page).content.decode()) == (back == "/help/")
    response = desk.post(page, NEW)
    own = audit.institutions.get().get_absolute_url()
    assert response["Location"] == ("/help/" if back == "/help/" else own) + "#saved"


def test_form_sent_twice_makes_one_institution(audit, desk):
    data = {**NEW, "uuid": str(uuid.uuid4())}
    for _ in range(2):
        assert desk.post(to("institution-create", audit), data).status_code == 302
    assert names(audit) == ["Housing Office"]
    response = desk.post(to("institution-create", audit), {**data, "name": "Housing Department"})
    assert response.status_code == 409
    assert "Housing Department" in response.content.decode()
    assert names(audit) == ["Housing Office"]


def test_form_says_what_is_missing(audit, desk):
    words = words_of(desk.post(to("institution-create", audit), {}))
    for expected in (
        "Write the name of the institution",
        "Choose the kind of institution",
        "Choose what it does: decide, deliver or consult",
    ):
        assert expected in words
    assert not audit.institutions.exists()


def test_form_names_the_guide_question_that_each_field_answers(audit, guide, desk):
    assert "Guide question 2.8: What needs improvement?" in words_of(desk.get(to("institution-create", audit)))


def test_missing_body_is_described_by_unticking(audit, desk):
    desk.post(to("institution-create", audit), {key: value for key, value in NEW.items() if key != "exists"})
    made = audit.institutions.get()
    assert not made.exists
    assert "it should be there" in words_of(desk.get(made.get_absolute_url()))


def test_institution_reports_to_one_of_its_own_audit_only(audit, desk):
    elsewhere = factories.InstitutionFactory()
    response = desk.post(to("institution-create", audit), {**NEW, "reports_to": elsewhere.pk})
    assert "is not part of the audit" in words_of(response)
    assert not audit.institutions.exists()


def test_circle_of_two_is_refused_with_a_sentence(audit, desk):
    mayor = factories.InstitutionFactory(audit=audit, name="Mayor")
    deputy = factories.InstitutionFactory(audit=audit, name="Deputy Mayor", reports_to=mayor)
    response = desk.post(to("institution-edit", audit, mayor.uuid), sent(mayor, reports_to=deputy.pk))
    assert "Deputy Mayor reports to Mayor. Two institutions cannot report to each other." in words_of(response)
    mayor.refresh_from_db()
    assert mayor.reports_to is None


def test_longer_circle_is_refused_and_named(audit, desk):
    chain = [factories.InstitutionFactory(audit=audit, name="A")]
    for name in "BCDE":
        chain.append(factories.InstitutionFactory(audit=audit, name=name, reports_to=chain[-1]))
    response = desk.post(to("institution-edit", audit, chain[0].uuid), sent(chain[0], reports_to=chain[-1].pk))
    assert "That would be a circle: E, D, C, B, A. Each of them reports to the next." in words_of(response)
    assert (
        desk.post(to("institution-edit", audit, chain[4].uuid), sent(chain[4], reports_to=chain[1].pk)).status_code
        == 302
    )


def test_institution_does_not_report_to_itself(audit, desk):
    one = factories.InstitutionFactory(audit=audit)
    response = desk.post(to("institution-edit", audit, one.uuid), sent(one, reports_to=one.pk))
    assert "or is the one that you describe" in words_of(response)


def test_circle_above_that_came_in_otherwise_does_not_hold_the_form(audit, desk):
    first, second = factories.InstitutionFactory.create_batch(2, audit=audit)
    Institution.objects.filter(pk=first.pk).update(reports_to=second)
    Institution.objects.filter(pk=second.pk).update(reports_to=first)
    third = factories.InstitutionFactory(audit=audit)
    response = desk.post(to("institution-edit", audit, third.uuid), sent(third, reports_to=first.pk))
    assert response.status_code == 302
    assert desk.get(to("governance", audit)).status_code == 200


def test_somebody_elses_save_in_between_shows_both_texts(audit, desk, member):
    one = factories.InstitutionFactory(audit=audit, name="Libraries")
    data = sent(one, mandate="Mine")
    Institution.objects.filter(pk=one.pk).update(mandate="Theirs", version=2, changed_by=member(name="Iva Ilieva"))
    response = desk.post(to("institution-edit", audit, one.uuid), data)
    assert response.status_code == 409
    assert "Theirs" in words_of(response)
    assert "Mine" in response.content.decode()
    one.refresh_from_db()
    assert one.mandate == "Theirs"
    desk.post(to("institution-edit", audit, one.uuid), {**data, "version": 2})
    one.refresh_from_db()
    assert (one.mandate, one.version) == ("Mine", 3)


def test_what_was_typed_into_a_deleted_institution_comes_back(audit, desk):
    one = factories.InstitutionFactory(audit=audit)
    data = sent(one, mandate="Long work")
    one.delete()
    response = desk.post(to("institution-edit", audit, one.uuid), data)
    assert response.status_code == 409
    assert "Long work" in response.content.decode()


@pytest.mark.parametrize("name", ["detail", "edit", "delete", "move"])
def test_institution_of_another_audit_is_not_found(audit, desk, name):
    other = factories.InstitutionFactory()
    address = to(f"institution-{name}", audit, other.uuid)
    if name not in ("move",):
        assert desk.get(address).status_code == 404
    if name != "detail":
        assert desk.post(address, {**NEW, "step": "1", "version": 1}).status_code == 404
    assert Institution.objects.filter(pk=other.pk, version=1).exists()


def test_institution_that_changes_its_level_goes_to_the_end_there(audit, desk):
    one = factories.InstitutionFactory(audit=audit, name="One", level="decide", position=1)
    factories.InstitutionFactory(audit=audit, name="Two", level="deliver", position=7)
    desk.post(to("institution-edit", audit, one.uuid), sent(one, level="deliver"))
    assert names(audit) == ["Two", "One"]


def test_institutions_move_within_their_level(audit, desk):
    rows = [factories.InstitutionFactory(audit=audit, name=name, position=1) for name in "ABC"]
    factories.InstitutionFactory(audit=audit, name="Council", level="decide")
    response = desk.post(to("institution-move", audit, rows[2].uuid), {"step": "-1"})
    assert names(audit) == ["Council", "A", "C", "B"]
    assert response["Location"].endswith(f"#{rows[2].uuid}-up")
    assert said(response) == ["C is now number 2 of 3 in “Deliver”."]
    desk.post(to("institution-move", audit, rows[1].uuid), {"step": "1"})
    assert names(audit) == ["Council", "A", "C", "B"]
    assert desk.post(to("institution-move", audit, rows[1].uuid), {"step": "9"}).status_code == 400


def test_deleting_says_what_cites_it(audit, guide, desk):
    one = factories.InstitutionFactory(audit=audit, name="Libraries")
    factories.InstitutionFactory(audit=audit, name="Branch library", reports_to=one)
    factories.PartnershipFactory(audit=audit, title="Reading club").institutions.add(one)
    question = guide.steps.get(position=2).questions.get(key="2.8")
    research = factories.ResearchFactory(audit=audit, guide=guide)
    factories.AnswerFactory(research=research, question=question).institutions.add(one)
    finding = factories.FindingFactory(audit=audit)
    factories.EvidenceLinkFactory(holder=finding, app="deskresearch", type="institution", source=one.uuid)
    words = words_of(desk.get(to("institution-delete", audit, one.uuid)))
    for expected in (
        "The answer to guide question 2.8 cites it",
        "Reading club : it takes part in this",
        "Branch library : reports to it, and then to nobody",
        "1 finding or judgement links it as evidence",
    ):
        assert expected in words
    assert "2.8 What needs improvement?" in words_of(desk.get(one.get_absolute_url()))
    desk.post(to("institution-delete", audit, one.uuid))
    assert names(audit) == ["Branch library"]
    assert research.answers.get().institutions.count() == 0


# Partnerships and mechanisms ------------------------------------------------------------------------------

AGREEMENT = {"title": "Migration forum", "kind": "consultation", "exists": "on", "in_planning": "on", "tcn": "low"}


def test_partnership_is_written_with_who_takes_part(audit, desk):
    member = factories.InstitutionFactory(audit=audit, name="Libraries")
    data = {**AGREEMENT, "institutions": [member.pk], "others": "Six associations", "uuid": str(uuid.uuid4())}
    for _ in range(2):
        assert desk.post(to("partnership-create", audit), data).status_code == 302
    made = audit.partnerships.get()
    assert list(made.institutions.all()) == [member]
    words = words_of(desk.get(to("institution-list", audit)))
    for expected in ("Migration forum", "Consultation mechanism", "Libraries ; Six associations", "Low"):
        assert expected in words


def test_partnership_takes_institutions_of_its_audit_only(audit, desk):
    response = desk.post(
        to("partnership-create", audit), {**AGREEMENT, "institutions": [factories.InstitutionFactory().pk]}
    )
    assert "is not part of this audit" in words_of(response)
    assert not audit.partnerships.exists()


def test_the_same_ticks_in_another_order_are_no_new_version(audit, desk):
    members = [factories.InstitutionFactory(audit=audit, name=name) for name in "BA"]
    one = factories.PartnershipFactory(audit=audit, title="Migration forum", kind="consultation", tcn="low")
    Partnership.objects.filter(pk=one.pk).update(in_planning=True)
    one.institutions.set(members)
    data = {**AGREEMENT, "institutions": [member.pk for member in members], "version": 1}
    assert desk.post(to("partnership-edit", audit, one.uuid), data).status_code == 302
    one.refresh_from_db()
    assert one.version == 1
    desk.post(to("partnership-edit", audit, one.uuid), {**data, "institutions": [members[0].pk]})
    one.refresh_from_db()
    assert (one.version, list(one.institutions.all())) == (2, members[:1])


def test_partnership_saved_by_somebody_else_shows_both(audit, desk):
    one = factories.PartnershipFactory(audit=audit)
    one.institutions.add(factories.InstitutionFactory(audit=audit, name="Libraries"))
    Partnership.objects.filter(pk=one.pk).update(version=2)
    response = desk.post(to("partnership-edit", audit, one.uuid), {**AGREEMENT, "version": 1})
    assert response.status_code == 409
    assert "Libraries" in words_of(response)


def test_levels_of_participation_are_explained_in_the_toolkits_words(audit, desk):
    words = words_of(desk.get(to("partnership-create", audit)))
    assert "High The city has developed a transformative policy to resolve the social exclusion." in words


def test_partnership_is_deleted_after_a_question(audit, desk):
    one = factories.PartnershipFactory(audit=audit, title="Reading club")
    assert "Delete Reading club?" in words_of(desk.get(to("partnership-delete", audit, one.uuid)))
    desk.post(to("partnership-delete", audit, one.uuid))
    assert not audit.partnerships.exists()


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_partnership_of_another_audit_is_not_found(audit, desk, name):
    other = factories.PartnershipFactory()
    assert desk.get(to(f"partnership-{name}", audit, other.uuid)).status_code == 404
    assert desk.post(to(f"partnership-{name}", audit, other.uuid), {**AGREEMENT, "version": 1}).status_code == 404
    assert Partnership.objects.filter(pk=other.pk, version=1).exists()
