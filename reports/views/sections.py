"""The editor: a section as a list of blocks, own texts with a version, live blocks as they will be printed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import time_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audits import permissions
from audits.forms.order import MoveForm
from audits.models import StaleError
from audits.permissions import Ability
from photovoice import report_photos

from .. import actions, figures, live, outline, sections
from ..assembly import Assembly, Part, assembly, plain
from ..document import blocks, richtext
from ..document.html import render_parts
from ..document.numbering import walk
from ..forms import FREE_TEXT, AddForm, PhotoForm, QuoteForm, RemoveForm, TextForm, title_of
from ..models import Report, SectionBlock
from ..quotations import notes, quotable, text_of
from ..status import is_stale, statuses, what_changed
from .home import frame, last_pdf, load, picture_url, tree

# Below the section's h2.
DEPTH = 1
# Signs of HTML from which a live block is folded away between the texts: a table, not a sentence.
LARGE = 3000


@login_required
@require_safe
def section(request, audit, language, section):
    """One section with its blocks; without the right to write, as it will be printed."""
    report = load(request, audit, language)
    return _page(request, report, section)


def _page(request, report: Report, key: str, *, typed: dict | None = None, status: int = 200):
    """The section's page; `typed` keeps, by block, what could not be saved with its form, and the text that stands there."""
    made = assembly(report)
    ready = last_pdf(report)
    found = statuses(made, ready)
    may_write = permissions.may(request.user, Ability.WRITE_REPORT, report.audit)
    parts = made.parts.get(key, [])
    rows = [
        _row(part, html, made, (typed or {}).get(part.block.pk, {}), may_write)
        for part, html in zip(parts, _rendered(made, key), strict=True)
    ]
    states = tree(found)
    flat = [one for row in states for one in (row["parts"] or [row["status"]])]
    place = next(i for i, one in enumerate(flat) if one.entry.key == key)
    context = {
        **frame(report),
        "entry": outline.get(key),
        "status": found[key],
        "part_status": next((row["status"] for row in states if found[key] in row["parts"]), None),
        "rows": states,
        "place": place + 1,
        "places": len(flat),
        "following": flat[place + 1].entry if place + 1 < len(flat) else None,
        "blocks": rows,
        "may_write": may_write,
        "cover": made.document.cover if key == "title_page" else None,
    }
    if may_write and key != "title_page":
        context |= {
            "editor_words": _editor_words(),
            "add": AddForm(section=key, made=made, auto_id="add_%s"),
            "removed": report.blocks.filter(section=key, removed_at__isnull=False).order_by("-removed_at"),
            "tokens": [one for one in figures.tokens(made.material).values() if one.value is not None],
            "findings": made.material.findings,
            "recommendations": made.material.recommendations,
            "quotable": _unquoted(made, key),
            "choosable": _unchosen(made) if key in made.parts else [],
        }
    return render(request, "reports/section.html", context, status=status)


def _editor_words() -> dict[str, str]:
    """What the editor's script says; `{...}` is filled in there."""
    return {
        "changed": _("Not saved yet"),
        "saving": _("Saving"),
        "saved": _("Saved %(time)s") % {"time": "{time}"},
        "count": _("%(number)s words") % {"number": "{n}"},
        "offline": _("Not saved: no connection. It is tried again by itself."),
        "signedOut": _("Not saved: you are signed out. Sign in in another window; your text stays here."),
        "failed": _("Not saved: something went wrong. Your text is still here."),
        "conflict": _("Not saved: somebody else has changed this text."),
    }


def _row(part: Part, html: str, made: Assembly, typed: dict, may_write: bool) -> dict:
    """A block for the page."""
    block = part.block
    slot = sections.slots(block.section).get(block.slot)
    opening = bool(slot and slot.opening)
    row = {"block": block, "title": title_of(block), "html": html, "heading": part.heading, "opening": opening}
    if not block.is_text:
        exists = live.get(block.live) is not None
        return row | {"exists": exists, "beside": part.beside, "large": len(html) > LARGE}
    text = plain(block.html) if opening else block.html
    form = typed.get("form") or TextForm(
        initial={"html": text, "version": block.version}, auto_id=f"text-{block.pk}-%s"
    )
    return row | {
        "form": form if may_write else None,
        "help": slot.help if slot else "",
        "words": len(plain(block.html).split()),
        "other": typed.get("other"),
        "other_html": typed.get("other_html", ""),
        "changes": what_changed(part, made) if is_stale(part, made) else [],
        "unknown": figures.unknown(block.html, made.tokens),
    }


def _rendered(made: Assembly, key: str) -> list[str]:
    parts = made.parts.get(key, [])
    return render_parts(made.document, [part.nodes for part in parts], depth=DEPTH, media_url=picture_url(made))


def _comments(made: Assembly) -> list[dict]:
    """Comments of the walks that may be quoted."""
    material = made.material
    rows = quotable(material.results) if material.results and material.shows_figures else []
    return [
        {"uuid": score.uuid, "text": text_of(score), "statement": f"{score.item.key} {material.short(score.item)}"}
        for score in rows
    ]


def _notes(made: Assembly) -> list[dict]:
    """What was said in focus groups and may be quoted."""
    return [
        {"uuid": note.uuid, "text": note.text, "statement": note.question.text if note.question else ""}
        for note in notes(made.material.audit)
    ]


QUOTABLE = {"city_tours": _comments, "focus_groups": _notes}


def _quotable(made: Assembly, section: str) -> list[dict]:
    """What a section can quote: UUID, text, and what it was said about."""
    return QUOTABLE[section](made) if section in QUOTABLE else []


def _unquoted(made: Assembly, section: str) -> list[dict]:
    """Of what a section can quote that which the report does not have yet."""
    used = {live.quoted(part.block.live) for parts in made.parts.values() for part in parts}
    return [one for one in _quotable(made, section) if one["uuid"] not in used]


def _unchosen(made: Assembly) -> list[dict]:
    """Photos that may be published and that nobody has put into the report yet."""
    standing = {one.key for one in walk(made.document.chapters[:-1]) if isinstance(one, blocks.Picture)}
    with translation.override(made.report.language):
        return [
            {"photo": photo, "shown": report_photos.picture(photo), "stands": report_photos.key_of(uuid) in standing}
            for uuid, photo in made.material.photos.items()
            if uuid not in made.material.chosen
        ]


# Own texts -------------------------------------------------------------------------------------------------


def _block(request, audit, language, block) -> tuple[Report, SectionBlock]:
    report = load(request, audit, language, Ability.WRITE_REPORT)
    found = get_object_or_404(SectionBlock, report=report, uuid=block)
    found.report = report
    return report, found


def _to_section(report: Report, block: SectionBlock | None = None, *, key: str = ""):
    url = reverse("reports:section", args=[report.audit.slug, report.language, key or block.section])
    return redirect(f"{url}#block-{block.pk}" if block is not None else url)


@login_required
@require_POST
def text_save(request, audit, language, block):
    """Saves a text. On a stale version it answers 409 and shows both texts; nothing is discarded."""
    report, found = _block(request, audit, language, block)
    form = TextForm(request.POST, auto_id=f"text-{found.pk}-%s")
    by_script = request.accepts("application/json") and not request.accepts("text/html")
    if not found.is_text or not form.is_valid():
        if by_script:
            return JsonResponse({"errors": [error for errors in form.errors.values() for error in errors]}, status=422)
        return _page(request, report, found.section, typed={found.pk: {"form": form}}, status=422)
    try:
        saved = actions.save_text(
            block=found,
            html=form.cleaned_data["html"],
            version=form.cleaned_data["version"],
            by=request.user,
        )
    except StaleError as stale:
        return _conflict(request, report, stale.current, form, by_script)
    if by_script:
        return JsonResponse(
            {
                "version": saved.version,
                "saved": time_format(timezone.localtime(saved.changed_at), "H:i"),
                "words": len(plain(saved.html).split()),
            }
        )
    messages.success(request, _("The text has been saved."))
    return _to_section(report, saved)


def _conflict(request, report: Report, current: SectionBlock, form: TextForm, by_script: bool):
    """Both texts: the typed one stays in its field, now on the version of the other, which stands beside it."""
    made = assembly(report)
    parts = made.parts[current.section]
    htmls = dict(zip((part.block.pk for part in parts), _rendered(made, current.section), strict=True))
    other_html = htmls.get(current.pk, "")
    if by_script:
        html = render_to_string(
            "reports/_conflict.html", {"other": current, "other_html": other_html, "report": report}, request
        )
        return JsonResponse({"version": current.version, "html": html}, status=409)
    data = form.data.copy()
    data["version"] = current.version
    again = TextForm(data, auto_id=form.auto_id)
    typed = {current.pk: {"form": again, "other": current, "other_html": other_html}}
    return _page(request, report, current.section, typed=typed, status=409)


@login_required
@require_POST
def text_confirm(request, audit, language, block):
    """ "The text is still right.\""""
    report, found = _block(request, audit, language, block)
    actions.confirm_text(block=found, by=request.user)
    return _to_section(report, found)


@login_required
@require_safe
def text_versions(request, audit, language, block):
    """What a text said before, newest first; any of it can be taken up again."""
    report, found = _block(request, audit, language, block)
    versions = [
        {
            "row": row,
            "html": mark_safe(richtext.clean(row.html)),
            "form": TextForm(initial={"html": row.html, "version": found.version}, auto_id=f"v{row.history_id}-%s"),
        }
        for row in found.history.exclude(html="").exclude(version=found.version).select_related("changed_by")[:50]
    ]
    context = {**frame(report), "text": found, "title": title_of(found), "versions": versions}
    return render(request, "reports/text_versions.html", context)


# The list of blocks ----------------------------------------------------------------------------------------


@login_required
@require_POST
def block_add(request, audit, language, section):
    report = load(request, audit, language, Ability.WRITE_REPORT)
    made = assembly(report)
    if section not in made.parts:
        return _to_section(report, key=section)
    form = AddForm(request.POST, section=section, made=made)
    if not form.is_valid():
        messages.error(request, _("This block cannot be added here, or it is there already."))
        return _to_section(report, key=section)
    what = form.cleaned_data["what"]
    after = next(
        (part.block for part in made.parts[section] if str(part.block.uuid) == form.cleaned_data["after"]), None
    )
    if what.startswith(FREE_TEXT):
        added = actions.add_text(
            report=report, section=section, slot=what.removeprefix(FREE_TEXT), after=after, by=request.user
        )
    else:
        added = actions.add_live(report=report, section=section, key=what, after=after, by=request.user)
    return _to_section(report, added)


@login_required
@require_POST
def quote_add(request, audit, language, section):
    """Adds what a participant wrote or said as a quotation. It stays a reference: when the consent goes, so does the quotation."""
    report = load(request, audit, language, Ability.WRITE_REPORT)
    made = assembly(report)
    form = QuoteForm(request.POST, quotable=[one["uuid"] for one in _quotable(made, section)])
    if section not in made.parts or not form.is_valid():
        messages.error(request, _("This comment cannot be quoted."))
        return _to_section(report, key=section)
    key = f"{live.QUOTE}{form.cleaned_data['quote']}"
    return _to_section(report, actions.add_live(report=report, section=section, key=key, by=request.user))


@login_required
@require_POST
def photo_add(request, audit, language, section):
    """Puts a photo where somebody wants it. It stays a reference: when its rights go, so does the photo."""
    report = load(request, audit, language, Ability.WRITE_REPORT)
    made = assembly(report)
    form = PhotoForm(request.POST, choosable=made.material.photos)
    if section not in made.parts or not form.is_valid():
        messages.error(request, _("This photo cannot be shown: it may not be published, or not any more."))
        return _to_section(report, key=section)
    key = f"{live.PHOTO}{form.cleaned_data['photo']}"
    return _to_section(report, actions.add_live(report=report, section=section, key=key, by=request.user))


@login_required
@require_POST
def block_move(request, audit, language, block):
    report, found = _block(request, audit, language, block)
    form = MoveForm(request.POST)
    if form.is_valid():
        actions.move_block(block=found, step=form.cleaned_data["step"])
    return _to_section(report, found)


@login_required
@require_POST
def block_remove(request, audit, language, block):
    report, found = _block(request, audit, language, block)
    form = RemoveForm(request.POST)
    kept = bool(found.html)
    try:
        # Without a version nobody can tell what was seen; 0 is no block's.
        seen = form.cleaned_data["version"] if form.is_valid() else 0
        actions.remove_block(block=found, version=seen, by=request.user)
    except StaleError:
        messages.error(
            request, _("Somebody has changed this text meanwhile, so it was not taken out. Read it, then decide again.")
        )
        return _page(request, report, found.section, status=409)
    messages.success(
        request,
        _("The text has been taken out. You can put it back at the end of this page.")
        if kept
        else _("The block has been taken out."),
    )
    return _to_section(report, key=found.section)


@login_required
@require_POST
def block_restore(request, audit, language, block):
    report, found = _block(request, audit, language, block)
    actions.restore_block(block=found, by=request.user)
    return _to_section(report, found)
