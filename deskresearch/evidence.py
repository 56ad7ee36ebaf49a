"""Documents and institutions as evidence: `document` and `institution`, each by its UUID."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from audits.agenda.models import EvidenceLink
from audits.methods import Evidence, Reference, SharedFile
from audits.models import Audit, User
from audits.permissions import Ability, may

from .files import BY_EXTENSION
from .models import Document, Institution

KEY = "deskresearch"
DOCUMENT, INSTITUTION = "document", "institution"


def reference_to(source: Document | Institution) -> Reference:
    """The reference under which an evidence link keeps a document or an institution."""
    return Reference(KEY, DOCUMENT if isinstance(source, Document) else INSTITUTION, source.uuid)


def caption(source: Document | Institution) -> str:
    """What it is called where it is evidence: a document's title and years, each once, an institution's name."""
    years = source.years_beside if isinstance(source, Document) else ""
    return f"{source}, {years}" if years else str(source)


def resolve(references: Collection[Reference], user: User) -> dict[Reference, Evidence]:
    """What the references show now, without what is gone and what the user may not see."""
    wanted = defaultdict(list)
    for reference in references:
        wanted[reference.type].append(reference.source)
    sources = [
        *(Document.objects.filter(uuid__in=wanted[DOCUMENT]).prefetch_related("audit") if wanted[DOCUMENT] else ()),
        *(
            Institution.objects.filter(uuid__in=wanted[INSTITUTION]).prefetch_related("audit")
            if wanted[INSTITUTION]
            else ()
        ),
    ]
    return {
        reference_to(source): _evidence(source) for source in sources if may(user, Ability.SEE_RESULTS, source.audit)
    }


def evidence_choices(audit: Audit, user: User) -> list[tuple[Reference, Evidence]]:
    """What a finding or judgement of the audit can be linked to by hand: its documents, then its institutions."""
    if not may(user, Ability.SEE_RESULTS, audit):
        return []
    documents = Document.objects.filter(audit=audit).in_order()
    institutions = Institution.objects.filter(audit=audit).in_order()
    found = []
    for source in [*documents, *institutions]:
        source.audit = audit
        found.append((reference_to(source), _evidence(source)))
    return found


def links_to(source: Document | Institution) -> int:
    """How many findings and judgements link it as evidence."""
    reference = reference_to(source)
    return EvidenceLink.objects.filter(app=reference.app, type=reference.type, source=reference.source).count()


def files_of(references: Collection[Reference]) -> dict[Reference, SharedFile]:
    """The files of those documents that have one. Whether somebody may have them, the caller decides."""
    wanted = {reference.source for reference in references if reference.type == DOCUMENT}
    documents = Document.objects.filter(uuid__in=wanted) if wanted else ()
    return {reference_to(one): file for one in documents if (file := shared_file(one))}


def shared_file(document: Document) -> SharedFile | None:
    """The attached file under the name that it came with."""
    if not document.file:
        return None
    kind = BY_EXTENSION[document.file.name.rsplit(".", 1)[-1]]
    return SharedFile(document.file_name, kind.media_type, lambda: document.file.storage.open(document.file.name))


def _evidence(source: Document | Institution) -> Evidence:
    return Evidence(caption(source), source.get_absolute_url(), audit=source.audit_id)
