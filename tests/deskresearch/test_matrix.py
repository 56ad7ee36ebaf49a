"""Documents by points: what is rated how, and where the gaps are."""

from django.urls import reverse

from audits.enums import Role
from deskresearch.actions import RatingInput, write_assessment
from deskresearch.enums import Point, Rating
from deskresearch.overview import said_on
from tests import factories


def address(audit):
    return reverse("deskresearch:matrix", args=[audit.slug])


def rate(document, **ratings):
    write_assessment(
        document=document,
        ratings={Point(name): RatingInput(Rating(value)) for name, value in ratings.items()},
        provisions=[],
    )


def test_cells_say_the_rating_and_lead_to_where_it_is_given(team, audit, document):
    rate(document, eu="partly")
    page = team.get(address(audit)).content.decode()
    assess = reverse("deskresearch:document-assess", args=[audit.slug, document.uuid])
    assert f'<td class="rating-partly" data-label="EU"><a href="{assess}#point-eu">' in page
    assert '<span class="word">Partly</span>' in page
    assert page.count('<td class="rating-gap"') == 13


def test_who_only_reads_gets_no_links_to_change_it(client, member, audit, document):
    client.force_login(member(Role.VIEWER))
    page = client.get(address(audit)).content.decode()
    assert "assess" not in page
    assert "Not rated yet" in page


def test_columns_are_counted_over_what_is_found(team, audit, source_type):
    make = factories.DocumentFactory
    one, two, law = (make(audit=audit, source_type=source_type, kind=kind) for kind in ("strategy", "strategy", "law"))
    rate(one, eu="yes", gender="no")
    rate(law, eu="yes")
    rate(make(), eu="yes")
    totals = {total.point: total for total in team.get(address(audit)).context["totals"]}
    assert (totals["eu"].yes, totals["eu"].unrated, totals["eu"].documents) == (2, 1, 3)
    assert (totals["gender"].yes, totals["gender"].unrated) == (0, 2)
    totals = {total.point: total for total in team.get(address(audit), {"kind": "strategy"}).context["totals"]}
    assert (totals["eu"].yes, totals["eu"].unrated, totals["eu"].documents) == (1, 1, 2)
    assert two.audit == audit


def test_documents_of_others_have_no_gaps(team, audit, document, source_type):
    law = factories.DocumentFactory(audit=audit, source_type=source_type, level="nation")
    rate(law, eu="yes")
    response = team.get(address(audit))
    page = response.content.decode()
    assert (page.count('<td class="rating-gap"'), page.count('<td class="rating-none"')) == (14, 13)
    totals = {total.point: total for total in response.context["totals"]}
    assert (totals["eu"].yes, totals["eu"].unrated, totals["eu"].documents) == (1, 1, 2)
    assert (totals["gender"].unrated, totals["gender"].documents) == (1, 1)
    [group] = said_on(audit, "1.6")
    assert group.silent == 1


def test_years_that_the_title_says_stand_once(team, audit, document):
    assert team.get(address(audit)).content.decode().count("2024–2030") == 1
    document.title = "Strategy 2024-2030"
    document.save()
    assert "2024–2030" not in team.get(address(audit)).content.decode()


def test_filter_finds_documents_with_gaps(team, audit, document):
    rate(document, **{point.value: "yes" for point in Point})
    assert "No document like this" in team.get(address(audit), {"gaps": "yes"}).content.decode()
