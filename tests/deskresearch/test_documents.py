"""The inventory: its list, the form of a document, its file and its page."""

import datetime
import io
import uuid
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audits.enums import Role
from audits.search import alphabetical
from deskresearch.actions import RatingInput, delete_document, write_assessment
from deskresearch.enums import Point, Published, Rating, Scope, Sector
from deskresearch.models import Document
from deskresearch.rules import Doubles
from tests import factories

from .conftest import ODT_PARTS, pdf_bytes, zip_bytes

MB = 1024 * 1024


def address(name, audit, *more):
    return reverse(f"deskresearch:{name}", args=[audit.slug, *more])


def typed(source_type, **more):
    return {
        "title": "Integration strategy",
        "kind": "strategy",
        "source_type": source_type.pk,
        "level": "city",
        "scope": "tcn",
        "published": "unknown",
        **more,
    }


def send(team, audit, data, document=None):
    where = address("document-edit", audit, document.uuid) if document else address("document-create", audit)
    return team.post(where, data)


def html(response):
    return response.content.decode()


# The form ----------------------------------------------------------------------------------------------------


def test_document_is_added_with_all_its_facts(team, audit, source_type, researcher):
    data = typed(
        source_type,
        issued_by="City Council",
        reference="Decision 112/2024",
        from_year="2024",
        to_year="2030",
        language="bg",
        scope="sectoral",
        sector="housing",
        published="yes",
        published_at="https://velmora.example/strategy",
        link="archive.example/strategy",
        summary="What the city\r\nwants.",
        attachment=SimpleUploadedFile("strategy.pdf", pdf_bytes()),
    )
    response = send(team, audit, data)
    document = audit.documents.get()
    assert response["Location"] == f"{document.get_absolute_url()}#saved"
    assert (document.years, document.sector, document.language) == ("2024–2030", Sector.HOUSING, "bg")
    assert document.link == "https://archive.example/strategy"
    assert document.summary == "What the city\nwants."
    assert (document.file_name, document.created_by) == ("strategy.pdf", researcher)


def test_form_that_is_sent_twice_makes_one_document(team, audit, source_type):
    data = typed(source_type, uuid=str(uuid.uuid4()))
    assert [send(team, audit, data).status_code for _time in range(2)] == [302, 302]
    assert audit.documents.count() == 1


def test_file_that_is_chosen_on_going_back_is_not_lost(team, audit, source_type):
    data = typed(source_type, uuid=str(uuid.uuid4()))
    send(team, audit, data)
    send(team, audit, {**data, "attachment": SimpleUploadedFile("strategy.pdf", pdf_bytes())})
    assert audit.documents.get().file_name == "strategy.pdf"


def test_form_that_is_sent_again_with_other_words_shows_both(team, audit, source_type):
    data = typed(source_type, uuid=str(uuid.uuid4()))
    send(team, audit, data)
    response = send(team, audit, {**data, "title": "Another strategy"})
    assert response.status_code == 409
    assert "Another strategy" in html(response)
    assert audit.documents.get().title == "Integration strategy"
    assert address("document-edit", audit, audit.documents.get().uuid) in html(response)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": ""}, "Fill this in."),
        ({"kind": "poem"}, "cannot be chosen here"),
        ({"scope": "sectoral"}, "Choose the sector for which it was written."),
        ({"sector": "housing"}, "A sector stands here, but the document is not for one sector"),
        ({"from_year": "1899"}, "Write the year with four digits, from 1900 to 2100."),
        ({"to_year": "2101"}, "Write the year with four digits, from 1900 to 2100."),
        ({"from_year": "24"}, "Write the year with four digits, from 1900 to 2100."),
        ({"from_year": "2030", "to_year": "2024"}, "The last year is before the first year."),
        ({"link": "javascript:alert(1)"}, "This is not the address of a page on the web."),
        ({"link": "ftp://velmora.example/strategy.pdf"}, "This is not the address of a page on the web."),
        ({"link": f"https://velmora.example/{'x' * 600}"}, "This is too long"),
        ({"published": "no", "published_at": "https://velmora.example/"}, "or say that it is published"),
    ],
)
def test_bad_input_is_answered_beside_its_field_and_the_rest_is_kept(team, audit, source_type, more, said):
    page = html(send(team, audit, typed(source_type, summary="A long summary", **more)))
    assert said in page.replace("&#x27;", "'")
    assert "A long summary" in page
    assert not audit.documents.exists()


@pytest.mark.parametrize("name", ["link", "published_at"])
@pytest.mark.parametrize("back", ["http://integra.velmora.example/audits/x/", "HTTPS://Integra.Velmora.example:8000/"])
def test_address_that_leads_back_into_the_application_is_refused(team, audit, source_type, settings, name, back):
    settings.ALLOWED_HOSTS = [".velmora.example"]
    where, data = address("document-create", audit), typed(source_type, **{name: back})
    page = html(team.post(where, data, SERVER_NAME="integra.velmora.example"))
    assert "This address leads back into this audit." in page
    team.post(where, {**data, name: "https://www.velmora.example/strategy"}, SERVER_NAME="integra.velmora.example")
    assert audit.documents.count() == 1


def test_source_type_of_another_guide_cannot_be_chosen(team, audit, source_type):
    other = factories.SourceTypeFactory()
    assert "cannot be chosen here" in html(send(team, audit, typed(other)))


# Versions ------------------------------------------------------------------------------------------------------


def test_document_is_changed_as_its_next_version(team, audit, source_type, document, researcher):
    send(team, audit, typed(source_type, title="Strategy 2", version=1), document)
    document.refresh_from_db()
    assert (document.title, document.version, document.changed_by) == ("Strategy 2", 2, researcher)


def test_save_on_a_stale_version_shows_both_and_writes_nothing(team, audit, source_type, document):
    send(team, audit, typed(source_type, title="Hers", version=1), document)
    response = send(team, audit, typed(source_type, title="His", version=1), document)
    page = html(response)
    assert response.status_code == 409
    assert "Hers" in page
    assert "His" in page
    assert 'enctype="multipart/form-data"' in page
    document.refresh_from_db()
    assert document.title == "Hers"


def test_text_typed_into_a_deleted_document_comes_back(team, audit, source_type, document):
    delete_document(document=document)
    response = send(team, audit, typed(source_type, summary="Typed for an hour", version=1), document)
    assert response.status_code == 409
    assert "Typed for an hour" in html(response)


# Files ---------------------------------------------------------------------------------------------------------


def with_file(team, audit, source_type, name="strategy.pdf", content=None):
    send(team, audit, typed(source_type, attachment=SimpleUploadedFile(name, content or pdf_bytes())))
    return audit.documents.get()


def test_file_is_stored_under_a_name_of_its_own(team, audit, source_type):
    document = with_file(team, audit, source_type, "../../évil.pdf.exe")
    assert document.file.name.startswith("documents/")
    assert document.file.name.endswith(".pdf")
    assert "vil" not in document.file.name
    assert document.file_name == "évil.pdf.pdf"


def test_file_is_served_as_a_download_that_cannot_act(team, audit, source_type):
    document = with_file(team, audit, source_type)
    response = team.get(address("document-file", audit, document.uuid))
    with default_storage.open(document.file.name) as stored:
        assert b"".join(response.streaming_content) == stored.read()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="strategy.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "no-store"


def test_another_file_takes_the_place_of_the_first(team, audit, source_type, django_capture_on_commit_callbacks):
    document = with_file(team, audit, source_type)
    before = document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        data = typed(source_type, version=1, attachment=SimpleUploadedFile("new.odt", zip_bytes(ODT_PARTS)))
        send(team, audit, data, document)
    document.refresh_from_db()
    assert (document.file_name, document.version) == ("new.odt", 2)
    assert default_storage.exists(document.file.name)
    assert not default_storage.exists(before)


def test_file_stays_until_the_change_is_certain(team, audit, source_type, django_capture_on_commit_callbacks):
    document = with_file(team, audit, source_type)
    with django_capture_on_commit_callbacks(execute=False):
        delete_document(document=document)
        assert default_storage.exists(document.file.name)


def test_file_is_taken_away_on_demand_and_with_its_document(
    team, audit, source_type, django_capture_on_commit_callbacks
):
    document = with_file(team, audit, source_type)
    name = document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        send(team, audit, typed(source_type, version=1, without_file="on"), document)
    document.refresh_from_db()
    assert (document.file.name, document.file_name, document.file_size) == ("", "", None)
    assert not default_storage.exists(name)
    data = typed(source_type, version=2, attachment=SimpleUploadedFile("a.pdf", pdf_bytes()))
    send(team, audit, data, document)
    name = Document.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        team.post(address("document-delete", audit, document.uuid))
    assert not default_storage.exists(name)
    assert not audit.documents.exists()


def test_file_of_31_mb_gives_a_sentence_and_the_rest_of_the_form_is_kept(team, audit, source_type):
    large = SimpleUploadedFile("large.pdf", b"%PDF-1.7\n" + b"0" * (31 * MB))
    page = html(send(team, audit, typed(source_type, summary="All the rest", attachment=large)))
    assert "At most 30.0\xa0MB are possible" in page
    assert "All the rest" in page
    assert "Choose the file again" in page
    assert not audit.documents.exists()


def test_large_file_below_the_limit_comes_in(team, audit, source_type):
    # Larger than a picture may be.
    file = io.BytesIO(zip_bytes(ODT_PARTS))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("Pictures/large.png", b"0" * (25 * MB))
    document = with_file(team, audit, source_type, "large.odt", file.getvalue())
    assert document.file_size > 25 * MB


def test_file_is_named_to_the_team_and_opened_by_researchers_alone(client, member, team, audit, source_type):
    document = with_file(team, audit, source_type)
    client.force_login(member(Role.PARTNER))
    page = html(client.get(document.get_absolute_url()))
    assert "Kept by the team; coordinators and researchers can open it, and peers once it is shared with them" in page
    assert client.get(address("document-file", audit, document.uuid)).status_code == 403


def test_same_form_sent_twice_with_its_file_is_no_conflict(team, audit, source_type):
    document = with_file(team, audit, source_type)
    content = pdf_bytes()
    for _time in range(2):
        file = SimpleUploadedFile("new.pdf", content)
        assert send(team, audit, typed(source_type, version=1, attachment=file), document).status_code == 302
    document.refresh_from_db()
    assert (document.file_name, document.version) == ("new.pdf", 2)


def test_another_file_on_a_stale_version_is_a_conflict_that_asks_for_the_file_again(team, audit, source_type):
    document = with_file(team, audit, source_type)
    send(team, audit, typed(source_type, version=1, title="Hers"), document)
    file = SimpleUploadedFile("mine.odt", zip_bytes(ODT_PARTS))
    response = send(team, audit, typed(source_type, version=1, attachment=file), document)
    page = html(response)
    assert response.status_code == 409
    assert "You had chosen a file. A browser does not keep it: choose it again below." in page
    assert "strategy.pdf" in page


def test_new_document_sent_again_with_another_file_loses_neither(team, audit, source_type):
    key = str(uuid.uuid4())
    content = pdf_bytes()
    for _time in range(2):
        same = typed(source_type, uuid=key, attachment=SimpleUploadedFile("one.pdf", content))
        assert send(team, audit, same).status_code == 302
    other = typed(source_type, uuid=key, attachment=SimpleUploadedFile("two.odt", zip_bytes(ODT_PARTS)))
    response = send(team, audit, other)
    assert response.status_code == 409
    assert "one.pdf" in html(response)
    assert audit.documents.get().file_name == "one.pdf"


# What is there already, what is to complete ----------------------------------------------------------------------


def test_title_that_is_there_already_is_noticed_and_may_be_another(team, audit, source_type, document):
    data = typed(source_type, title="  INTEGRATION   strategy")
    page = html(send(team, audit, data))
    assert "This title is in the inventory already." in page
    assert f'<a href="{document.get_absolute_url()}" dir="auto">Integration strategy, 2024–2030</a>' in page
    assert 'name="is_other"' in page
    # Other years tell annual reports apart.
    assert send(team, audit, {**data, "from_year": "2019", "to_year": "2023"}).status_code == 302
    assert send(team, audit, {**data, "is_other": "on"}).status_code == 302
    assert audit.documents.count() == 3
    # Who changes something else of it is not asked again.
    assert send(
        team,
        audit,
        {**typed(source_type, version=1), "kind": "law"} | {"from_year": "2024", "to_year": "2030"},
        document,
    )["Location"]


def test_title_with_another_dash_is_noticed(team, audit, source_type, document):
    document.title = "Integration strategy 2024–2030"
    document.save()
    page = html(send(team, audit, typed(source_type, title="integration strategy 2024 - 2030")))
    assert "This title is in the inventory already." in page
    # Its title says the years: they do not stand there twice.
    assert 'dir="auto">Integration strategy 2024–2030</a>' in page


def test_title_that_is_written_exactly_so_is_the_double():
    doubles = Doubles([("STRATEGY", None, None, 1), ("Strategy", None, None, 2), ("Strategy", 2024, 2030, 3)])
    assert [doubles.find("Strategy", *years) for years in ((2024, 2030), (None, None))] == [3, 2]
    assert doubles.find("strategy", 2019, 2023) == 1


def test_published_document_without_its_address_is_to_complete(team, audit, source_type):
    send(team, audit, typed(source_type, published="yes"))
    document = audit.documents.get()
    for where in (document.get_absolute_url(), address("document-edit", audit, document.uuid)):
        assert "To complete: the address on the city’s website" in html(team.get(where))
    assert "To complete:" in html(team.get(address("document-list", audit)))


# Links ---------------------------------------------------------------------------------------------------------


def test_dead_link_is_a_fact_and_can_work_again(team, audit, document):
    document.link = "https://velmora.example/strategy"
    document.save()
    where = address("document-link", audit, document.uuid)
    page = html(team.post(where, {"works": "no"}, follow=True))
    assert "that the link does not work any more." in page
    assert "Dead since" in html(team.get(address("document-list", audit)))
    assert "Saved: the link does not work any more." in page
    assert "Mark the link as working again" in page
    team.post(where, {"works": "yes"})
    document.refresh_from_db()
    assert document.link_dead_on is None


@pytest.mark.parametrize(("link", "part"), [("https://velmora.example/strategy", "Link"), ("", "City’s website")])
def test_state_of_a_link_stands_beside_the_address_that_it_is_about(team, audit, document, link, part):
    document.published, document.published_at, document.link = "yes", "https://city.example/documents", link
    document.link_dead_on = datetime.date(2026, 5, 3)
    document.save()
    page = html(team.get(document.get_absolute_url()))
    about = page.partition(f"<dt>{part}</dt>")[2].partition("<dt>")[0]
    for said in (f'id="address" href="{link or document.published_at}"', "does not work any more", "working again"):
        assert said in about
        assert page.count(said) == 1


@pytest.mark.parametrize("said", [{}, {"works": "perhaps"}])
def test_link_is_not_marked_without_saying_whether_it_works(team, audit, document, said):
    document.link = "https://velmora.example/strategy"
    document.save()
    assert team.post(address("document-link", audit, document.uuid), said).status_code == 400
    document.refresh_from_db()
    assert document.link_dead_on is None


def test_another_address_is_not_dead(team, audit, source_type, document):
    document.link = "https://velmora.example/old"
    document.save()
    team.post(address("document-link", audit, document.uuid), {"works": "no"})
    send(team, audit, typed(source_type, version=1, link="https://velmora.example/old"), document)
    document.refresh_from_db()
    assert document.link_dead_on
    send(team, audit, typed(source_type, version=2, link="https://velmora.example/new"), document)
    document.refresh_from_db()
    assert document.link_dead_on is None


# The list ------------------------------------------------------------------------------------------------------


def test_empty_inventory_offers_the_first_document(team, audit):
    page = html(team.get(address("document-list", audit)))
    assert "No documents yet" in page
    assert page.count("Add the first document") == 1


def listed(team, audit, **query):
    return [one.title for one in team.get(address("document-list", audit), query).context["page_obj"]]


def test_list_is_narrowed(team, audit, source_type):
    make = factories.DocumentFactory
    other = factories.SourceTypeFactory(guide=source_type.guide, key="media", title="Media")
    make(
        audit=audit,
        source_type=source_type,
        title="Housing plan",
        kind="action_plan",
        scope=Scope.SECTORAL,
        sector="housing",
    )
    make(audit=audit, source_type=other, title="Article", kind="article", level="nation", published=Published.NO)
    full = make(audit=audit, source_type=source_type, title="Strategy", scope=Scope.TCN, summary="About Überzeugung")
    write_assessment(document=full, ratings={point: RatingInput(Rating.YES) for point in Point}, provisions=[])
    make(title="Of another audit")
    assert listed(team, audit) == ["Housing plan", "Strategy", "Article"]
    assert listed(team, audit, q="uberzeugung") == ["Strategy"]
    assert listed(team, audit, source="media") == ["Article"]
    assert listed(team, audit, kind="action_plan") == ["Housing plan"]
    assert listed(team, audit, level="nation") == ["Article"]
    assert listed(team, audit, scope="tcn") == ["Strategy"]
    assert listed(team, audit, scope="sector-housing") == ["Housing plan"]
    assert listed(team, audit, published="no") == ["Article"]
    assert listed(team, audit, gaps="yes") == ["Housing plan"]
    assert listed(team, audit, kind="nonsense") == ["Housing plan", "Strategy", "Article"]
    assert "No document like this" in html(team.get(address("document-list", audit), {"q": "nothing"}))


def test_titles_stand_where_a_reader_looks_for_them(team, audit, source_type):
    titles = ["a plan", "Česko", "Đaci", "„Dohoda“", "(East)", "Život", "zoning", "Живот"]
    for title in reversed(titles):
        factories.DocumentFactory(audit=audit, source_type=source_type, title=title)
    assert listed(team, audit) == titles == sorted(titles, key=alphabetical)


def test_list_counts_provisions_and_rated_points_each_by_itself(team, audit, document):
    factories.ProvisionFactory.create_batch(3, document=document)
    write_assessment(
        document=document,
        ratings={Point.EU: RatingInput(Rating.NO), Point.GENDER: RatingInput(Rating.UNKNOWN)},
        provisions=[],
    )
    [row] = team.get(address("document-list", audit)).context["page_obj"]
    assert (row.provision_count, row.rated) == (3, 2)
    assert "2 of 14" in html(team.get(address("document-list", audit)))


@pytest.mark.parametrize(("page", "queries"), [("document-list", 8), ("matrix", 11)])
def test_pages_ask_as_often_for_three_hundred_documents_as_for_three(
    team, audit, source_type, django_assert_num_queries, page, queries
):
    for number in (3, 297):
        made = factories.DocumentFactory.create_batch(number, audit=audit, source_type=source_type)
        # Once for what the process remembers: content types, the page's texts.
        team.get(address(page, audit))
        for document in made[:20]:
            write_assessment(document=document, ratings={Point.EU: RatingInput(Rating.NO)}, provisions=[])
        with django_assert_num_queries(queries):
            team.get(address(page, audit))


def test_document_of_another_audit_is_not_found(team, audit):
    other = factories.DocumentFactory()
    for name in ("document-detail", "document-edit", "document-assess", "document-delete", "document-file"):
        assert team.get(address(name, audit, other.uuid)).status_code == 404, name
    assert team.post(address("document-link", audit, other.uuid)).status_code == 404


def test_page_shows_what_is_known_and_offers_a_finding(team, audit, document):
    factories.ProvisionFactory(document=document, text="The city shall help.", page="12")
    write_assessment(document=document, ratings={Point.EU: RatingInput(Rating.PARTLY, "Only half")}, provisions=[])
    page = html(team.get(document.get_absolute_url()))
    for said in ("The city shall help.", "Page or section 12", "Only half", "1 of 14 points is rated."):
        assert said in page
    assert f"{reverse('agenda:finding-create', args=[audit.slug])}?method=deskresearch" in page


def test_deleting_asks_first_and_says_what_goes(team, audit, document):
    factories.ProvisionFactory.create_batch(2, document=document)
    page = html(team.get(address("document-delete", audit, document.uuid)))
    assert "2 provisions that are quoted go with it." in page
    assert audit.documents.exists()


def test_deleting_or_replacing_says_that_the_document_is_evidence(team, audit, document):
    document.file, document.file_name, document.file_size = "documents/plan.pdf", "plan.pdf", 9
    document.save()
    pages = [address(name, audit, document.uuid) for name in ("document-delete", "document-edit")]
    assert not any("as evidence:" in html(team.get(page)) for page in pages)
    for type, source in (("document", document.uuid), ("document", uuid.uuid4())):
        finding = factories.FindingFactory(audit=audit)
        factories.EvidenceLinkFactory(holder=finding, app="deskresearch", type=type, source=source)
    deleting, changing = (html(team.get(page)) for page in pages)
    assert "1 finding or judgement links it as evidence: the link stays with its name" in deleting
    assert "1 finding or judgement links this document as evidence: if you replace the file" in changing
