import io
import zipfile

import pikepdf
import pytest

from audits.enums import Role
from tests import factories
from tests.factories import ResearchGuideFactory, ResearchQuestionFactory, StepFactory

QUESTIONS = {
    "1.1": "What specific government policies are in place that address urban security?",
    "1.5": "Do they follow a right-based approach?",
    "2.1": "Which public agencies are responsible for urban security?",
    "2.5": "What are the responsibilities of the police?",
    "2.8": "What needs improvement?",
}


@pytest.fixture
def audit(db):
    return factories.AuditFactory()


@pytest.fixture
def source_type(audit):
    """A type of source of the guide that the audit follows."""
    return factories.SourceTypeFactory(guide=factories.ResearchFactory(audit=audit).guide, key="documents")


@pytest.fixture
def guide(db):
    """A guide with some of the toolkit's questions, by their keys."""
    guide = ResearchGuideFactory(origin="original", version="1")
    steps = {str(number): StepFactory(guide=guide, key=f"step-{number}", position=number) for number in (1, 2)}
    for place, (key, text) in enumerate(QUESTIONS.items()):
        ResearchQuestionFactory(step=steps[key[0]], key=key, text=text, position=place)
    return guide


@pytest.fixture
def member(audit):
    """Makes a member of the audit's team in a role."""

    def make(role=Role.RESEARCHER, **user):
        return factories.MembershipFactory(audit=audit, role=role, user=factories.UserFactory(**user)).user

    return make


@pytest.fixture
def researcher(member):
    return member(name="Rada Petrova")


@pytest.fixture
def team(client, researcher):
    client.force_login(researcher)
    return client


@pytest.fixture
def document(audit, source_type):
    return factories.DocumentFactory(
        audit=audit, source_type=source_type, title="Integration strategy", from_year=2024, to_year=2030
    )


def pdf_bytes(**save):
    file = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(file, **save)
    return file.getvalue()


def zip_bytes(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


DOCX_PARTS = {
    "[Content_Types].xml": '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>',
    "word/document.xml": "<document/>",
}
ODT_PARTS = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": "<content/>",
    "META-INF/manifest.xml": "<manifest/>",
}


@pytest.fixture
def signed_in(client):
    """Signs a user in, past the first request of a session, and hands the client back."""

    def sign_in(user):
        client.force_login(user)
        client.get("/help/")
        return client

    return sign_in


@pytest.fixture
def desk(signed_in, researcher):
    """The researcher's browser."""
    return signed_in(researcher)
