"""Access to the document inventory: the team reads, coordinators and researchers write and open files."""

from django.core.files.base import ContentFile

from deskresearch.models import DocumentUpload
from deskresearch.spreadsheet import template_xlsx
from tests import factories
from tests.access import row, slug


def a_document(world):
    """With an address that can be dead, and a file."""
    document = factories.DocumentFactory(audit=world.audit, link="https://velmora.example/", file_name="strategy.pdf")
    document.file.save("file.pdf", ContentFile(b"%PDF-1.7"))
    return document.uuid


def an_upload(world):
    """Waits for the researcher, who alone sees it."""
    content = template_xlsx(world.audit)
    return DocumentUpload.objects.create(
        audit=world.audit, by=world.users["researcher"], name="documents.xlsx", content=content
    ).uuid


def a_source_type(world):
    return factories.SourceTypeFactory(guide=factories.ResearchFactory(audit=world.audit).guide).pk


A_DOCUMENT = {
    "title": "Strategy",
    "kind": "strategy",
    "source_type": a_source_type,
    "level": "city",
    "scope": "general",
    "published": "unknown",
}
READ = "  login login 200 200 200 200 404 200 404 404"
WRITE = " login login 200 403 200 403 404 403 404 404"
SENT = "  401   401   302 403 302 403 404 403 404 404"

ROWS = {
    # column:      anon part coor faci rese part revi view outs admin
    "deskresearch:document-list": row(READ, audit=slug),
    "deskresearch:document-detail": row(READ, audit=slug, document=a_document),
    "deskresearch:document-export": row(READ, audit=slug),
    "deskresearch:matrix": row(READ, audit=slug),
    "deskresearch:document-create": row(WRITE, audit=slug),
    "deskresearch:document-create POST": row(SENT, audit=slug, data=A_DOCUMENT),
    "deskresearch:document-edit": row(WRITE, audit=slug, document=a_document),
    "deskresearch:document-edit POST": row(SENT, audit=slug, document=a_document, data={**A_DOCUMENT, "version": 1}),
    "deskresearch:document-assess": row(WRITE, audit=slug, document=a_document),
    "deskresearch:document-assess POST": row(SENT, audit=slug, document=a_document, data={"version": 1, "eu": "yes"}),
    "deskresearch:document-delete": row(WRITE, audit=slug, document=a_document),
    "deskresearch:document-delete POST": row(SENT, audit=slug, document=a_document),
    "deskresearch:document-link POST": row(SENT, audit=slug, document=a_document, data={"works": "no"}),
    "deskresearch:document-file": row(WRITE, audit=slug, document=a_document),
    "deskresearch:document-template": row(WRITE, audit=slug),
    "deskresearch:document-import": row(WRITE, audit=slug),
    "deskresearch:document-import POST": row("401 401 200 403 200 403 404 403 404 404", audit=slug, data={"file": ""}),
    "deskresearch:document-import-preview": row(
        "login login 404 403 200 403 404 403 404 404", audit=slug, upload=an_upload
    ),
    "deskresearch:document-import-preview POST": row(
        "401 401 404 403 302 403 404 403 404 404", audit=slug, upload=an_upload, data={"discard": "1"}
    ),
}
