"""The document inventory: its list, a document's pages, its file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.models import StaleError
from audits.permissions import Ability, get_audit
from audits.views import files, saving

from .. import actions, completion
from ..enums import Point
from ..evidence import KEY, links_to, shared_file
from ..forms.assessment import AssessForm
from ..forms.documents import DocumentFilter, DocumentForm, LinkForm, languages
from ..models import Document
from ..sources import titles

PER_PAGE = 100
POINTS = len(Point)


@login_required
@require_safe
def document_list(request, audit):
    """The inventory, narrowed by words, source, kind, level, scope, publication or to documents with gaps."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    form = DocumentFilter(request.GET, audit=audit)
    documents = form.narrow(audit.documents.all()).with_counts().select_related("source_type").in_order()
    page = Paginator(documents, PER_PAGE).get_page(request.GET.get("page"))
    for document in page:
        # All are of this audit: its address needs no query of its own.
        document.audit = audit
        document.source_title = form.source_titles[document.source_type_id]
    context = {
        "here": KEY,
        "form": form,
        "page_obj": page,
        "found": page.paginator.count,
        "total": audit.documents.count() if form.in_use else page.paginator.count,
        "points": POINTS,
    }
    return render(request, "deskresearch/document_list.html", context)


@login_required
@require_safe
def document_detail(request, audit, document):
    """A document with what it says and how it is rated."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    document = _document(audit, document)
    context = {
        "here": KEY,
        "document": document,
        "source_title": titles([document.source_type], request.LANGUAGE_CODE)[document.source_type_id],
        "groups": _rated(document),
        "rated": len(document.ratings.all()),
        "points": POINTS,
        "provisions": document.provisions.all(),
        "asked": completion,
        "size": document.file_size,
        "language": dict(languages()).get(document.language, document.language),
    }
    return render(request, "deskresearch/document_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_create(request, audit):
    """A new document; the same form sent twice is written once. `?back=` is the page that follows."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    options = {"audit": audit, "host": request.get_host()}
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*data, **options)
    if request.method == "POST" and form.is_valid():
        try:
            document = form.create(by=request.user)
        except StaleError as stale:
            action = reverse("deskresearch:document-edit", args=[audit.slug, stale.current.uuid])
            return saving.conflict(
                request, form, stale.current, name=stale.current.title, here=KEY, action=action, again=options
            )
        messages.success(request, _("“%(name)s” is in the inventory.") % {"name": document.title})
        follows = saving.way_back(request) or document.get_absolute_url()
        if "assess" in request.POST:
            follows = reverse("deskresearch:document-assess", args=[audit.slug, document.uuid])
        return redirect(follows + saving.SAVED)
    context = {"here": KEY, "form": form, "back": saving.way_back(request)}
    return render(request, "deskresearch/document_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request, audit, document):
    """Changes a document, unless somebody else saved it meanwhile: then both texts are shown."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    options = {"audit": audit, "host": request.get_host()}
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    found = audit.documents.filter(uuid=document).first()
    if found is None:
        return _deleted(request, document, DocumentForm(*data, **options))
    title = found.title
    form = DocumentForm(*data, instance=found, **options)
    after = found.get_absolute_url()
    if answer := saving.saved(request, form, name=lambda: found.title, here=KEY, after=after, again=options):
        return answer
    context = {"here": KEY, "form": form, "document": found, "title": title, "evidence_count": links_to(found)}
    return render(request, "deskresearch/document_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_assess(request, audit, document):
    """What a document says, and its ratings on all points: one form under the document's version."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    data = (request.POST,) if request.method == "POST" else ()
    found = audit.documents.filter(uuid=document).first()
    if found is None:
        return _deleted(request, document, AssessForm(*data, instance=Document(audit=audit)))
    form = AssessForm(*data, instance=found)
    # The page asks for what it kept to be put back: nothing is checked and nothing saved by that.
    if "show" not in request.POST:
        answer = saving.saved(request, form, name=found.title, here=KEY, after=found.get_absolute_url())
        if answer:
            return answer
    context = {
        "here": KEY,
        "form": form,
        "document": found,
        "groups": form.groups(),
        "provisions": form.provisions(),
        "asked": completion,
        "source_title": titles([found.source_type], request.LANGUAGE_CODE)[found.source_type_id],
    }
    return render(request, "deskresearch/document_assess.html", context)


def _deleted(request, document, form):
    """What was typed into a document that is gone comes back, to be copied. What is another audit's is not found."""
    if request.method != "POST" or Document.objects.filter(uuid=document).exists():
        raise Http404
    return saving.gone(request, form, name=_("The document"), here=KEY)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_delete(request, audit, document):
    """Asks first, and says what hangs on the document."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    document = _document(audit, document)
    if request.method == "POST":
        actions.delete_document(document=document)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": document.title})
        return redirect("deskresearch:document-list", audit.slug)
    context = {
        "here": KEY,
        "document": document,
        "provision_count": len(document.provisions.all()),
        "rating_count": len(document.ratings.all()),
        "answer_count": document.answers.count(),
        "evidence_count": links_to(document),
    }
    return render(request, "deskresearch/document_delete.html", context)


@login_required
@require_POST
def document_link(request, audit, document):
    """Notes that the address does not work any more, or that it works again."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    document = _document(audit, document)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("A link works, or it does not."))
    if document.address:
        works = form.cleaned_data["works"]
        actions.mark_link(document=document, dead=not works)
        messages.success(
            request, _("Saved: the link works again.") if works else _("Saved: the link does not work any more.")
        )
    return redirect(document)


@login_required
@require_safe
def document_file(request, audit, document):
    """The attached file as a download; never opened in the page, whatever is in it."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    return files.kept_private(shared_file(get_object_or_404(audit.documents, uuid=document)))


def _document(audit, document) -> Document:
    """The document with its ratings and provisions. Raises Http404 where the audit has none of this address."""
    found = get_object_or_404(audit.documents.with_ratings().with_provisions(), uuid=document)
    found.audit = audit
    return found


def _rated(document):
    """Its ratings in the groups of the points: point and rating, None for what is not rated yet."""
    groups = {}
    for point in Point:
        groups.setdefault(point.group, []).append((point, document.rating_of(point)))
    return [(group.label, points) for group, points in groups.items()]
