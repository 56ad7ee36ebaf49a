import io
import zipfile

import pikepdf
import pytest

from audits.enums import Role
from tests import factories


@pytest.fixture
def audit(db):
    return factories.AuditFactory()


@pytest.fixture
def source_type(audit):
    """A type of source of the guide that the audit follows."""
    return factories.SourceTypeFactory(guide=factories.ResearchFactory(audit=audit).guide, key="documents")


@pytest.fixture
def member(audit):
    """Makes a member of the audit's team in a role."""

    def make(role=Role.RESEARCHER, **user):
        return factories.MembershipFactory(audit=audit, role=role, user=factories.UserFactory(**user)).user

    return make


@pytest.fixture
def researcher(member):
    return member()


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
