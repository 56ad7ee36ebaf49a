"""Documents and institutions as evidence of findings and judgements."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audits.enums import Role
from audits.methods import Reference
from deskresearch import evidence
from deskresearch.actions import KeptFile, keep_file
from deskresearch.files import PDF
from tests import factories

from .conftest import pdf_bytes


@pytest.fixture
def institution(audit):
    return factories.InstitutionFactory(audit=audit, name="Integration office")


def test_document_and_institution_are_offered_and_resolved(audit, document, institution, researcher):
    factories.DocumentFactory()
    offered = dict(evidence.evidence_choices(audit, researcher))
    assert [one.caption for one in offered.values()] == ["Integration strategy, 2024–2030", "Integration office"]
    gone = Reference("deskresearch", "document", uuid.uuid4())
    references = [evidence.reference_to(document), gone]
    found = evidence.resolve(references, researcher)
    assert {reference: one.caption for reference, one in found.items()} == {
        references[0]: "Integration strategy, 2024–2030"
    }
    assert found[references[0]].url == document.get_absolute_url()


def test_who_may_not_see_results_gets_nothing(audit, document, member):
    reviewer, stranger = member(Role.REVIEWER), factories.UserFactory()
    for user in (reviewer, stranger):
        assert evidence.resolve([evidence.reference_to(document)], user) == {}
        assert evidence.evidence_choices(audit, user) == []


def test_resolving_asks_as_often_for_thirty_as_for_three(audit, source_type, researcher, django_assert_max_num_queries):
    for number in (3, 27):
        factories.DocumentFactory.create_batch(number, audit=audit, source_type=source_type)
        references = [evidence.reference_to(one) for one in audit.documents.all()]
        with django_assert_max_num_queries(3):
            assert len(evidence.resolve(references, researcher)) == len(references)


def test_file_of_a_document_is_handed_out(document):
    reference = evidence.reference_to(document)
    assert evidence.files_of([reference]) == {}
    content = pdf_bytes()
    keep_file(document=document, file=KeptFile(SimpleUploadedFile("plan.doc", content), PDF))
    shared = evidence.files_of([reference, Reference("deskresearch", "institution", uuid.uuid4())])[reference]
    assert (shared.name, shared.media_type) == ("plan.pdf", "application/pdf")
    with shared.open() as opened:
        assert opened.read() == content
