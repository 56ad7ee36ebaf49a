import re
import uuid

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from audits.agenda import actions
from audits.agenda.models import Finding
from tests import factories

A_FINDING = {"text": "No ramp at the station.", "area": "urban", "kind": "deficiency", "method": ""}


def to(name, audit, *args):
    return reverse(f"agenda:{name}", args=[audit.slug, *args])


def words_of(response):
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def codes_on(response):
    return [one.code for group in response.context["groups"] for one in group.texts]


def said(response):
    return [str(one) for one in get_messages(response.wsgi_request)]


@pytest.fixture
def lead(signed_in, coordinator):
    """The coordinator, past the first request of a session."""
    client = signed_in(coordinator)
    client.get("/help/")
    return client


# List -----------------------------------------------------------------------------------------------------


def filled(audit, number):
    """Findings with evidence, comment and recommendation each."""
    for _ in range(number):
        finding = factories.FindingFactory(audit=audit)
        factories.EvidenceLinkFactory(holder=finding)
        factories.FindingCommentFactory(finding=finding)
        factories.RecommendationFactory(audit=audit).findings.add(finding)


def test_list_reads_any_number_of_findings_with_the_same_queries(audit, lead, django_assert_num_queries):
    for total in (1, 3, 300):
        filled(audit, total - audit.findings.count())
        with django_assert_num_queries(10):
            response = lead.get(to("finding-list", audit))
        assert len(codes_on(response)) == total


def test_list_is_grouped_by_area_in_report_order(audit, lead):
    for number, area in enumerate(["attitudes", "urban", "vision", "urban"], start=1):
        factories.FindingFactory(audit=audit, number=number, area=area, position=number)
    response = lead.get(to("finding-list", audit))
    assert codes_on(response) == ["F3", "F2", "F4", "F1"]
    assert [group.area.value for group in response.context["groups"]] == ["vision", "civic", "urban", "attitudes"]
    assert "No finding yet." in words_of(response)


def test_list_shows_evidence_recommendation_and_comments(audit, lead):
    finding = factories.FindingFactory(audit=audit, number=7, text="No ramp.")
    for place in range(4):
        factories.EvidenceLinkFactory(holder=finding, caption=f"Square {place}")
    factories.FindingCommentFactory(finding=finding)
    factories.RecommendationFactory(audit=audit, number=5).findings.add(finding)
    words = words_of(lead.get(to("finding-list", audit)))
    for expected in ("F7", "Deficiency", "No ramp.", "Square 2", "and 1 more source", "R5", "1 comment"):
        assert expected in words
    assert "Square 3" not in words


def test_list_shows_findings_of_this_audit_only(audit, lead):
    factories.FindingFactory(text="Of another city")
    factories.FindingFactory(audit=audit)
    assert "Of another city" not in words_of(lead.get(to("finding-list", audit)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["F1", "F2", "F3"]),
        ({"area": "civic"}, ["F1"]),
        ({"kind": "idea"}, ["F3"]),
        ({"method": "fieldwork"}, ["F2"]),
        ({"q": "АВТОБУС"}, ["F2", "F3"]),
        ({"q": "автобус", "kind": "idea"}, ["F3"]),
        ({"recommended": "no"}, ["F1", "F3"]),
        ({"q": "f2"}, ["F2"]),
        ({"q": "трамвай"}, []),
        ({"area": "moon", "kind": "idea"}, ["F3"]),
    ],
)
def test_list_is_narrowed(audit, lead, fieldwork, query, found):
    factories.FindingFactory(audit=audit, number=1, area="civic")
    bus = factories.FindingFactory(audit=audit, number=2, text="Автобусът закъснява", method="fieldwork")
    factories.FindingFactory(audit=audit, number=3, text="Нов автобус", kind="idea", position=1)
    factories.RecommendationFactory(audit=audit).findings.add(bus)
    response = lead.get(to("finding-list", audit), query)
    assert codes_on(response) == found
    if query:
        assert re.search(rf"{len(found)} findings? of 3", words_of(response).replace("  ", " "))


def test_list_names_a_filter_that_does_not_exist(audit, lead):
    factories.FindingFactory(audit=audit)
    response = lead.get(to("finding-list", audit), {"area": "moon"})
    assert "“moon” cannot be chosen here" in words_of(response)
    assert codes_on(response) != []


def test_order_can_be_changed_where_all_of_an_area_is_shown(audit, lead):
    factories.FindingFactory(audit=audit, number=1)
    move = to("finding-move", audit, 1)
    assert move in lead.get(to("finding-list", audit)).content.decode()
    assert move in lead.get(to("finding-list", audit), {"area": "urban"}).content.decode()
    assert move not in lead.get(to("finding-list", audit), {"q": "finding"}).content.decode()


@pytest.mark.parametrize(("role", "writes"), [("facilitator", True), ("partner", False), ("viewer", False)])
def test_list_offers_what_the_role_may_do(audit, member, signed_in, role, writes):
    factories.FindingFactory(audit=audit, number=1)
    page = signed_in(member(role)).get(to("finding-list", audit)).content.decode()
    for name, args in (("finding-create", []), ("finding-edit", [1]), ("finding-move", [1])):
        assert (to(name, audit, *args) in page) is writes


def test_empty_list_says_where_findings_come_from(audit, lead, member, signed_in):
    page = lead.get(to("finding-list", audit))
    assert "Findings are made of the results of the methods" in words_of(page)
    assert to("finding-create", audit) in page.content.decode()
    page = signed_in(member("viewer")).get(to("finding-list", audit))
    assert to("finding-create", audit) not in page.content.decode()


def test_move_leads_back_to_the_button(audit, lead):
    for number in (1, 2):
        factories.FindingFactory(audit=audit, number=number, position=number)
    response = lead.post(to("finding-move", audit, 2), {"step": "-1"})
    assert response["Location"] == to("finding-list", audit) + "#F2-up"
    assert said(response) == ["F2 is now number 1 of 2 in “Urban environment”."]
    assert 'id="F2-up"' in lead.get(to("finding-list", audit)).content.decode()


@pytest.mark.parametrize("data", [{}, {"step": "7"}, {"step": "up"}])
def test_move_to_nowhere_changes_nothing(audit, lead, data):
    finding = factories.FindingFactory(audit=audit, number=1, position=4)
    assert lead.post(to("finding-move", audit, 1), data).status_code == 400
    finding.refresh_from_db()
    assert finding.position == 4


# One finding ----------------------------------------------------------------------------------------------


def test_detail_shows_evidence_then_and_now(audit, lead, fieldwork):
    reference = fieldwork.add("Station square", mean="2.41", n=25)
    finding = factories.FindingFactory(audit=audit, number=1, method="fieldwork")
    chosen = f"fieldwork:{reference.source}:place"
    lead.post(to("evidence-link", audit, 1), {"sources": [chosen]})
    fieldwork.change(reference, mean="2.38", n=31)
    page = lead.get(finding.get_absolute_url())
    words = words_of(page)
    assert "Average then 2.41, now 2.38" in words
    assert "Answers then 25, now 31" in words
    assert "From: Fieldwork" in words
    assert 'href="/fieldwork/place/"' in page.content.decode()


def test_detail_keeps_what_can_no_longer_be_opened(audit, lead):
    finding = factories.FindingFactory(audit=audit, number=1)
    factories.EvidenceLinkFactory(holder=finding, caption="Old square", figures={"mean": "2.41"})
    words = words_of(lead.get(finding.get_absolute_url()))
    assert "Old square" in words
    assert "Average 2.41" in words
    assert "The source cannot be opened" in words


def test_detail_asks_as_many_questions_for_three_of_each_as_for_one(audit, lead, django_assert_num_queries):
    finding = factories.FindingFactory(audit=audit, number=1)
    for total in (1, 3):
        while finding.comments.count() < total:
            factories.EvidenceLinkFactory(holder=finding)
            factories.FindingCommentFactory(finding=finding)
            factories.RecommendationFactory(audit=audit).findings.add(finding)
        with django_assert_num_queries(12):
            lead.get(finding.get_absolute_url())


def test_detail_leads_to_neighbours_and_to_a_recommendation(audit, lead):
    for number, area in ((1, "urban"), (2, "vision"), (3, "civic")):
        factories.FindingFactory(audit=audit, number=number, area=area)
    page = lead.get(to("finding-detail", audit, 3)).content.decode()
    assert f'rel="prev" href="{to("finding-detail", audit, 2)}"' in page
    assert f'rel="next" href="{to("finding-detail", audit, 1)}"' in page
    assert to("recommendation-create", audit) + "?finding=3" in page


def test_texts_are_shown_as_they_were_typed(audit, lead):
    factories.FindingFactory(audit=audit, number=1, text="<script>alert(1)</script>")
    page = lead.get(to("finding-detail", audit, 1)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("number", [99, 10**30])
def test_unknown_number_is_not_found(audit, lead, number):
    assert lead.get(to("finding-detail", audit, number)).status_code == 404


def test_number_of_another_audit_is_not_found_here(audit, lead):
    foreign = factories.FindingFactory(number=77)
    for name in ("finding-detail", "finding-edit", "finding-delete"):
        assert lead.get(to(name, audit, foreign.number)).status_code == 404


# Writing --------------------------------------------------------------------------------------------------


def test_finding_is_written(audit, coordinator, lead, fieldwork):
    response = lead.post(to("finding-create", audit), {**A_FINDING, "method": "fieldwork"})
    made = audit.findings.get()
    assert (made.number, made.text, made.area, made.kind) == (1, "No ramp at the station.", "urban", "deficiency")
    assert (made.method, made.created_by) == ("fieldwork", coordinator)
    assert response["Location"] == made.get_absolute_url() + "#saved"


def test_form_sent_twice_writes_once(audit, lead):
    form = lead.get(to("finding-create", audit)).context["form"]
    data = {**A_FINDING, "uuid": form["uuid"].value()}
    first, second = (lead.post(to("finding-create", audit), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert audit.findings.count() == 1


def test_form_sent_again_with_corrected_words_shows_both(audit, lead):
    form = lead.get(to("finding-create", audit)).context["form"]
    data = {**A_FINDING, "uuid": form["uuid"].value()}
    lead.post(to("finding-create", audit), data)
    response = lead.post(to("finding-create", audit), {**data, "text": "No ramp and no lift."})
    page = words_of(response)
    assert response.status_code == 409
    assert "F1 is saved already, with other words" in page
    assert "No ramp and no lift." in page
    assert "No ramp at the station." in page
    mine = response.context["form"]
    sent = {field.html_name: field.value() for field in mine if field.value() is not None}
    assert lead.post(response.context["action"], sent).status_code == 302
    assert audit.findings.get().text == "No ramp and no lift."


def test_next_finding_begins_in_the_same_area(audit, lead):
    response = lead.post(to("finding-create", audit), {**A_FINDING, "another": "1"}, follow=True)
    assert response.context["form"]["area"].value() == "urban"
    assert "F1 is saved." in words_of(response)


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"text": "  "}, "text", "Write what you have found"),
        ({"text": "x" * 6001}, "text", "at most 6000 characters"),
        ({"text": "a\x00b"}, "text", "Null characters are not allowed"),
        ({"area": ""}, "area", "Choose the area"),
        ({"area": "moon"}, "area", "Choose one of the four areas"),
        ({"kind": "guess"}, "kind", "Choose one of the kinds below"),
        ({"method": "agenda"}, "method", "“agenda” cannot be chosen here"),
        ({"uuid": "nonsense"}, "uuid", "Enter a valid UUID"),
    ],
)
def test_bad_input_is_named_beside_its_field_and_writes_nothing(audit, lead, changed, field, message):
    response = lead.post(to("finding-create", audit), {**A_FINDING, **changed})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert message in response.context["form"].errors[field][0]
    if field != "text":
        assert "No ramp at the station." in words_of(response)
    assert not audit.findings.exists()


def test_method_that_is_not_installed_stays_when_the_text_changes(audit, lead):
    factories.FindingFactory(audit=audit, number=1, method="elsewhere")
    lead.post(to("finding-edit", audit, 1), {**A_FINDING, "method": "elsewhere", "version": 1})
    assert audit.findings.get().method == "elsewhere"


def test_finding_is_changed(audit, coordinator, lead):
    made = factories.FindingFactory(audit=audit, number=1)
    page = lead.get(to("finding-edit", audit, 1))
    assert page.context["form"]["version"].value() == 1
    lead.post(to("finding-edit", audit, 1), {**A_FINDING, "version": 1})
    made.refresh_from_db()
    assert (made.text, made.version, made.changed_by) == ("No ramp at the station.", 2, coordinator)


@pytest.fixture
def changed_meanwhile(audit, member):
    """A finding that Petra saved after it was opened at version 1."""
    made = actions.create_finding(audit=audit, area="urban", kind="task", text="As it was", method="", by=None)
    made.text, made.kind = "Petra’s words", "idea"
    actions.save_finding(finding=made, version=1, by=member("researcher", name="Petra Kolar"))
    return made


def test_stale_save_shows_both_texts_and_writes_nothing(audit, lead, changed_meanwhile):
    response = lead.post(to("finding-edit", audit, 1), {**A_FINDING, "version": 1})
    assert response.status_code == 409
    words = words_of(response)
    assert "Petra Kolar saved it at" in words
    assert "Petra’s words" in words
    assert "No ramp at the station." in words
    assert [str(label) for label, _value in response.context["differences"]] == [
        "What have you found?",
        "What kind of finding is it?",
    ]
    assert audit.findings.get().text == "Petra’s words"


def test_own_text_can_be_saved_over_the_other_after_both_were_seen(audit, lead, changed_meanwhile):
    response = lead.post(to("finding-edit", audit, 1), {**A_FINDING, "version": 1})
    version = response.context["form"]["version"].value()
    assert lead.post(to("finding-edit", audit, 1), {**A_FINDING, "version": version}).status_code == 302
    assert audit.findings.get().text == "No ramp at the station."


@pytest.mark.parametrize("version", ["", "-1", "x", "99"])
def test_save_without_a_true_version_overwrites_nothing(audit, lead, changed_meanwhile, version):
    assert lead.post(to("finding-edit", audit, 1), {**A_FINDING, "version": version}).status_code in (200, 409)
    assert audit.findings.get().text == "Petra’s words"


def test_lines_end_alike_whatever_the_browser_sends(audit, lead):
    factories.FindingFactory(audit=audit, number=1, version=2, kind="deficiency", text="One\nTwo")
    response = lead.post(to("finding-edit", audit, 1), {**A_FINDING, "text": "One\r\nTwo", "version": 1})
    assert response.status_code == 302
    assert audit.findings.get().text == "One\nTwo"


def test_text_of_a_finding_deleted_meanwhile_can_be_saved_as_a_new_one(audit, lead, changed_meanwhile):
    changed_meanwhile.delete()
    response = lead.post(to("finding-edit", audit, 1), {**A_FINDING, "version": 2})
    assert response.status_code == 409
    assert "F1 was deleted while you were writing." in words_of(response)
    assert "No ramp at the station." in words_of(response)
    assert f'action="{to("finding-create", audit)}"' in response.content.decode()
    assert lead.get(to("finding-edit", audit, 1)).status_code == 404
    assert lead.post(to("finding-edit", audit, 2), {**A_FINDING, "version": 1}).status_code == 404


def test_deletion_says_what_hangs_on_the_finding(audit, lead):
    finding = factories.FindingFactory(audit=audit, number=1)
    filled_with = factories.RecommendationFactory(audit=audit, number=4, title="Build a ramp")
    filled_with.findings.add(finding)
    for _ in range(2):
        factories.EvidenceLinkFactory(holder=finding)
    factories.FindingCommentFactory(finding=finding)
    words = words_of(lead.get(to("finding-delete", audit, 1)))
    assert "2 links to evidence go with it" in words
    assert "1 comment of the team goes with it" in words
    assert re.search(r"R4 +Build a ramp *: this recommendation stays", words)
    assert Finding.objects.exists()
    lead.post(to("finding-delete", audit, 1))
    assert not Finding.objects.exists()
    assert not filled_with.findings.exists()


# Evidence -------------------------------------------------------------------------------------------------


def test_evidence_is_chosen_from_what_the_methods_offer(audit, coordinator, lead, fieldwork):
    finding = factories.FindingFactory(audit=audit, number=1)
    reference = fieldwork.add("Station square", mean="2.41")
    fieldwork.add("Market")
    assert to("evidence-link", audit, 1) in lead.get(finding.get_absolute_url()).content.decode()
    chosen = f"fieldwork:{reference.source}:place"
    response = lead.post(to("evidence-link", audit, 1), {"sources": [chosen]})
    assert response["Location"].endswith("#evidence")
    link = finding.evidence.get()
    assert (link.caption, link.figures, link.linked_by) == ("Station square", {"mean": "2.41"}, coordinator)
    words = words_of(lead.get(to("evidence-link", audit, 1)))
    assert "Market" in words
    assert "Station square" not in words


def test_evidence_choices_are_searched_in_any_script(audit, lead, fieldwork):
    factories.FindingFactory(audit=audit, number=1)
    fieldwork.add("Гара")
    fieldwork.add("Пазар")
    words = words_of(lead.get(to("evidence-link", audit, 1), {"q": "ГАРА"}))
    assert "Гара" in words
    assert "Пазар" not in words


@pytest.mark.parametrize(
    "chosen", ["", "fieldwork:nonsense:place", f"fieldwork:{uuid.UUID(int=1)}:place", "agenda:x:y"]
)
def test_source_that_no_method_offers_is_refused(audit, lead, fieldwork, chosen):
    finding = factories.FindingFactory(audit=audit, number=1)
    fieldwork.add("Station square")
    response = lead.post(to("evidence-link", audit, 1), {"sources": [chosen] if chosen else []})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["sources"]
    assert not finding.evidence.exists()


def test_evidence_of_another_finding_cannot_be_unlinked_here(audit, lead):
    factories.FindingFactory(audit=audit, number=1)
    link = factories.EvidenceLinkFactory(holder=factories.FindingFactory(audit=audit, number=2))
    assert lead.post(to("evidence-unlink", audit, 1, link.pk)).status_code == 404
    assert lead.get(to("evidence-unlink", audit, 2, link.pk)).status_code == 200
    assert link.holder.evidence.exists()
    lead.post(to("evidence-unlink", audit, 2, link.pk))
    assert not link.holder.evidence.exists()


# Comments -------------------------------------------------------------------------------------------------


def test_partner_comments_under_the_own_name(audit, member, signed_in):
    finding = factories.FindingFactory(audit=audit, number=1)
    partner = signed_in(member("partner", name="Amina Haddad", organisation="Women’s Bridge"))
    response = partner.post(to("comment-create", audit, 1), {"text": "We see it too."}, follow=True)
    assert response.redirect_chain[0][0].endswith(f"#comment-{finding.comments.get().pk}")
    words = words_of(response)
    assert re.search(r"Amina Haddad *, Women’s Bridge", words)
    assert "We see it too." in words
    assert to("finding-edit", audit, 1) not in response.content.decode()


def test_empty_comment_is_named_on_the_findings_page(audit, lead):
    finding = factories.FindingFactory(audit=audit, number=1)
    response = lead.post(to("comment-create", audit, 1), {"text": " "})
    assert response.status_code == 200
    assert "Write your comment" in words_of(response)
    assert finding.text in words_of(response)


def test_viewer_reads_comments_without_a_form(audit, member, signed_in):
    comment = factories.FindingCommentFactory(finding=factories.FindingFactory(audit=audit, number=1))
    page = signed_in(member("viewer")).get(to("finding-detail", audit, 1))
    assert comment.text in words_of(page)
    assert to("comment-create", audit, 1) not in page.content.decode()


def test_comment_on_an_older_text_says_so(audit, coordinator, lead):
    finding = factories.FindingFactory(audit=audit, number=1)
    actions.comment(finding=finding, text="Not quite", by=coordinator)
    assert "The text was changed since." not in words_of(lead.get(finding.get_absolute_url()))
    finding.text = "Corrected"
    actions.save_finding(finding=finding, version=1, by=coordinator)
    assert "The text was changed since." in words_of(lead.get(finding.get_absolute_url()))


def test_own_comment_can_be_taken_back_after_a_question(audit, coordinator, lead):
    own = factories.FindingCommentFactory(finding=factories.FindingFactory(audit=audit, number=1), author=coordinator)
    other = factories.FindingCommentFactory(finding=own.finding)
    assert own.text in words_of(lead.get(to("comment-delete", audit, 1, own.pk)))
    lead.post(to("comment-delete", audit, 1, own.pk))
    assert lead.post(to("comment-delete", audit, 1, other.pk)).status_code == 404
    assert list(own.finding.comments.all()) == [other]


def test_comment_of_somebody_who_has_left_stays(audit, lead):
    comment = factories.FindingCommentFactory(finding=factories.FindingFactory(audit=audit, number=1))
    comment.author.delete()
    assert "A former member of the team" in words_of(lead.get(to("finding-detail", audit, 1)))
