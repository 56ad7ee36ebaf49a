from deskresearch.enums import Point
from deskresearch.models import DocumentRating
from tests import factories
from tests.deskresearch.pages import to, words_of


def test_home_of_an_audit_without_research_says_what_comes_first(audit, guide, desk):
    words = words_of(desk.get(to("home", audit)))
    for expected in (
        "List the first document of the desk research",
        "No document is listed yet.",
        "No institution is described yet.",
        "0 of 5 questions answered",
        "Step 1",
    ):
        assert expected in words


def test_home_shows_figures_and_what_is_missing(audit, guide, desk, researcher):
    rated, _unrated = factories.DocumentFactory.create_batch(2, audit=audit)
    # Documents of others have no gaps; what is rated of them does not count as the city's.
    law = factories.DocumentFactory(audit=audit, level="nation", published="yes")
    DocumentRating.objects.create(document=law, point=Point.RIGHTS, value="yes", reason="So it says.")
    factories.ProvisionFactory(document=law, page="")
    DocumentRating.objects.create(document=rated, point=Point.RIGHTS, value="yes")
    factories.InstitutionFactory(audit=audit)
    factories.InstitutionFactory(audit=audit, exists=False)
    factories.PartnershipFactory(audit=audit)
    research = factories.ResearchFactory(audit=audit, guide=guide)
    question = guide.steps.get(position=1).questions.get(key="1.5")
    factories.AnswerFactory(research=research, question=question, state="drafted", assignee=researcher)
    words = words_of(desk.get(to("home", audit)))
    for expected in (
        "3 documents are listed.",
        "3 things to complete",
        "1 rating has no reason yet",
        "1 quotation has no page yet",
        "1 published document has no address on the city’s website yet",
        "1 of 28 ratings given",
        "2 documents are not rated on all points",
        "2 institutions are described.",
        "1 partnership or mechanism.",
        "1 institution says nothing yet on some guide question",
        "1 body does not exist and should",
        "0 of 5 questions answered, 1 draft",
        "1 of them waits for you",
        "Rate 2 documents on all points",
    ):
        assert expected in words


def test_home_is_read_without_a_next_step_by_those_who_do_not_write(audit, guide, signed_in, member):
    words = words_of(signed_in(member("viewer")).get(to("home", audit)))
    assert "The two steps of the toolkit" in words
    assert "Your next step" not in words
    assert "Add an institution" not in words


def test_home_takes_the_same_queries_at_3_and_at_300_rows(audit, guide, desk, django_assert_max_num_queries):
    counts = []
    source = factories.SourceTypeFactory(guide=guide)
    for more in (3, 297):
        factories.DocumentFactory.create_batch(more, audit=audit, source_type=source)
        factories.InstitutionFactory.create_batch(more, audit=audit)
        with django_assert_max_num_queries(30) as captured:
            desk.get(to("home", audit))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_home_stands_without_a_guide(audit, desk):
    assert "No guide is loaded yet." in words_of(desk.get(to("home", audit)))


def test_documents_and_matrix_lead_to_all_parts_and_keep_their_filter(audit, guide, desk):
    factories.DocumentFactory(audit=audit)
    for name in ("document-list", "matrix"):
        page = desk.get(to(name, audit), {"level": "nation"}).content.decode()
        for other in ("home", "institution-list", "governance", "question-list"):
            assert f'href="{to(other, audit)}"' in page
        assert f'href="{to("document-list", audit)}?level=nation"' in page
        assert f'href="{to("matrix", audit)}?level=nation"' in page
        assert 'aria-current="page"' in page


def test_home_counts_gaps_by_the_questions_that_the_guide_of_the_audit_asks(audit, guide, desk):
    factories.ResearchFactory(audit=audit, guide=guide)
    factories.InstitutionFactory(audit=audit)
    guide.steps.get(position=2).questions.exclude(key="2.5").delete()
    listed = desk.get(to("institution-list", audit)).context["levels"]
    gaps = sum(bool(missing) for _level, rows in listed for _one, missing in rows)
    assert desk.get(to("home", audit)).context["with_gaps"] == gaps == 0
