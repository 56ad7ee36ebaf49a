"""The papers of a photo activity: instructions, the invitation, the consent form, and cards with personal codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils import translation
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from audits.dates import span
from audits.instruments import Text, translated
from audits.participation import consent, occasions
from audits.participation.consent import PHOTOS
from audits.participation.papers import about_oneself
from audits.participation.posters import Way
from audits.texts import in_a_line, in_passages, isolated
from reports.document import blocks
from reports.document.richtext import unreferenced

from .actions import MOST_PHOTOS
from .enums import ActivityKind
from .inviting import arrangements, invitation_of, meeting
from .models import Activity, Instruction
from .wording import themes_of

# What the guide says to those who take photos; the rest of its instructions is for those who plan.
ABOUT_PICTURES, RIGHTS = ("photo_fields", "formats"), "rights"


def instructions_document(activity: Activity, *, languages: Sequence[str], way: Way) -> blocks.Document:
    """The instructions sheet, in each of the languages (toolkit, "Photovoice", instructions to participants)."""
    with translation.override(languages[0]):
        title = _("Instructions: %(activity)s") % {"activity": activity.title}
    return _document(activity, languages, title, [_instructions(activity, language, way) for language in languages])


def invitation_document(activity: Activity, *, languages: Sequence[str], way: Way) -> blocks.Document:
    """The invitation, in each of the languages, as the team words it."""
    with translation.override(languages[0]):
        title = _("Invitation: %(activity)s") % {"activity": activity.title}
    sections = []
    for language in languages:
        text = invitation_of(activity, language, way.url)
        with translation.override(language):
            said = (
                *_passages(text.text),
                blocks.Beside(way.printed_square(language), (blocks.Paragraph(_by_phone(way)),)),
            )
        sections.append(
            blocks.Section(f"invitation-{language}", _typed(text.title), new_page=True, language=language, blocks=said)
        )
    return _document(activity, languages, title, sections)


def consent_document(activity: Activity, *, languages: Sequence[str], way: Way) -> blocks.Document:
    """The form that somebody without a phone signs, in each of the languages: what the joining page says and asks."""
    with translation.override(languages[0]):
        title = _("Consent form: %(activity)s") % {"activity": activity.title}
    return _document(activity, languages, title, [_consent_form(activity, language, way) for language in languages])


def cards_document(activity: Activity, *, language: str, codes: Sequence[str], way: Way) -> blocks.Document:
    """Cards to cut out for people without a phone, each with a personal code; `codes` as they are shown."""
    with translation.override(language):
        title = _("Cards: %(activity)s") % {"activity": activity.title}
        cards = blocks.Cards(
            _typed(activity.title),
            tuple(blocks.FormSheet("", code) for code in codes),
            lines=(
                span(activity.starts, activity.ends),
                _("Give your photos to the team together with this code, and with a title and a few words for each."),
            ),
            receipt=(
                _(
                    "With this code you can see, change or take back what you gave, without an account. Nobody can find "
                    "the code again for you."
                ),
                _("Go to %(address)s") % {"address": way.url.rstrip("/")},
            ),
        )
        hint = _(
            "Cut the cards apart. Whoever takes part without a phone chooses one; nobody writes down who took which."
        )
        section = blocks.Section(
            "cards", title, language=language, blocks=(blocks.Paragraph(hint, style="note"), cards)
        )
    return _document(activity, [language], title, [section], layout="pack")


def _document(
    activity: Activity,
    languages: Sequence[str],
    title: str,
    chapters: Sequence[blocks.Section],
    layout: str = "leaflet",
) -> blocks.Document:
    authority = activity.audit.city.authority
    return blocks.Document(
        title=title,
        language=languages[0],
        author=authority,
        running_title=activity.title,
        imprint=authority,
        layout=layout,
        chapters=tuple(chapters),
    )


def _consent_form(activity: Activity, language: str, way: Way) -> blocks.Section:
    with translation.override(language):
        occasion = occasions.find(activity.join_code)
        assert occasion is not None
        sheet = occasions.consent_sheet(occasion)
        # Of the joining page all but that nobody asks for a name: here somebody signs.
        points = (
            *occasion.points,
            _("You can take back any photo and <strong>stop at any time</strong>."),
            _("Taking part or not has <strong>no effect</strong> on your residence, benefits or services."),
            _("You get a <strong>code</strong>. With it you can see, change and take back your photos later."),
        )
        who_sees = _(
            "The team of the audit at %(authority)s, and those who take part when the photos are discussed. A photo is "
            "published only if you allow it, with the name that you choose or none."
        ) % {"authority": isolated(_typed(activity.audit.city.authority))}
        said = (
            blocks.Paragraph(occasion.lead),
            _table((_("When"), occasion.when), *occasion.plan),
            blocks.Bullets(tuple(_typed(strip_tags(point)) for point in points)),
            blocks.RichText(format_html("<p><strong>{}</strong> {}</p>", _("Who sees my photos?"), who_sees)),
            _controller(activity),
        )
        asked = (
            blocks.Paragraph(_("Only the first is needed to take part.")),
            *(
                blocks.FormChoice(str(text.title), (_("Yes"), _("No")), words=str(text.words))
                for text in sheet.texts.values()
            ),
            blocks.FormChoice(_("Your age"), (str(consent.ADULT), str(consent.GUARDIAN))),
            *about_oneself(),
            blocks.FormFields(
                (
                    pgettext("where something is signed", "Place"),
                    _("Date"),
                    _("Signature"),
                    _("Signature of the parent or guardian"),
                )
            ),
            blocks.Paragraph(
                _(
                    "This paper is kept apart from your photos, and nobody writes your code on it. With the code you can "
                    "take everything back: %(address)s"
                )
                % {"address": way.url.rstrip("/")}
            ),
            blocks.Paragraph(_("Version of these words: %(version)s") % {"version": sheet.version}, style="note"),
        )
        return blocks.Section(
            f"consent-{language}",
            _typed(occasion.heading),
            new_page=True,
            language=language,
            blocks=(*said, _section(language, "decide", _("You decide. Each one is separate."), asked)),
        )


def _instructions(activity: Activity, language: str, way: Way) -> blocks.Section:
    with translation.override(language):
        rows = list(Instruction.objects.filter(guide=activity.guide_id))
        for row in rows:
            row.guide = activity.guide
        texts = translated(rows, language)
        said = {row.key: _without_title(texts[row, "title"], texts[row, "text"]) for row in rows}
        parts = [
            _facts(activity),
            _section(language, "themes", _("What you take photos of"), _themes(activity, language)),
            _section(language, "photos", _("Your photos"), _photos(said)),
            _section(language, "sending", _("How to send them"), _sending(activity, language, way)),
            _section(language, "rights", _("Rights and duties"), _rights(activity, said)),
        ]
        return blocks.Section(
            f"instructions-{language}",
            _("Show us your city: %(activity)s") % {"activity": _typed(activity.title)},
            new_page=True,
            language=language,
            blocks=tuple(parts),
        )


def _without_title(title: Text, text: Text) -> Text:
    """The text of an instruction below a heading: some begin with their own title."""
    begun = f"{title.text}:"
    if not title.text or not text.text.startswith(begun):
        return text
    rest = text.text.removeprefix(begun).strip()
    return replace(text, text=rest[:1].upper() + rest[1:])


def _section(language: str, key: str, title: str, parts: Sequence[Any]) -> blocks.Section:
    return blocks.Section(f"{key}-{language}", title, in_contents=False, blocks=tuple(parts))


def _facts(activity: Activity) -> blocks.Table:
    return _table(
        (_("When"), span(activity.starts, activity.ends)),
        *meeting(activity),
        (_("Who leads it"), str(activity.facilitator or "")),
        *arrangements(activity),
    )


def _table(*facts: tuple[str, str]) -> blocks.Table:
    return blocks.Table(
        _("The activity"),
        (blocks.Column("", 30), blocks.Column("", 70)),
        tuple(blocks.Row((name, isolated(_typed(said)))) for name, said in facts if said),
        style="facts",
        numbered=False,
    )


def _themes(activity: Activity, language: str) -> list[Any]:
    return [
        blocks.RichText(
            format_html(
                "<p><strong>{}. {}</strong></p><p>{}</p>", place, _typed(theme.title.text), _typed(theme.text.text)
            ),
            language=theme.title.language,
        )
        for place, theme in enumerate(themes_of(activity, language), 1)
    ]


def _photos(said: dict[str, Any]) -> list[Any]:
    points: list[Any] = [blocks.passage(said[key].text, said[key].language) for key in ABOUT_PICTURES if key in said]
    points.append(
        ngettext(
            "Send as many as you like, up to %(number)s photo.",
            "Send as many as you like, up to %(number)s photos.",
            MOST_PHOTOS,
        )
        % {"number": MOST_PHOTOS}
    )
    points.append(_("Ask people before you take a photo of them. Nobody has to be recognised in it."))
    points.append(_("Write no names and addresses of others."))
    return [blocks.Bullets(tuple(points))]


def _sending(activity: Activity, language: str, way: Way) -> list[Any]:
    said = blocks.Bullets((_by_phone(way), _("Without a phone: ask the team for a card with a personal code.")))
    beside: list[Any] = [said]
    options = list(activity.upload_options.all())
    for option in options:
        option.guide = activity.guide
    texts = translated(options, language)
    other: list[Any] = [blocks.passage(texts[one, "title"].text, texts[one, "title"].language) for one in options]
    if other:
        beside += [blocks.Paragraph(_("Other ways:")), blocks.Bullets(tuple(other))]
    parts: list[Any] = [blocks.Beside(way.printed_square(language), tuple(beside)), *_passages(activity.sending)]
    if ActivityKind(activity.kind).has_window:
        parts.append(
            blocks.Paragraph(_("What is sent after this time comes late, and counts only if the team admits it."))
        )
    return parts


def _by_phone(way: Way) -> str:
    return _("With your phone: scan the square, or open %(address)s and type the code %(code)s.") % {
        "address": way.short,
        "code": way.code.replace(" ", "\N{NO-BREAK SPACE}"),
    }


def _rights(activity: Activity, said: dict[str, Any]) -> list[Any]:
    parts: list[Any] = []
    if rights := said.get(RIGHTS):
        parts.append(blocks.Paragraph(rights.text, language=rights.language))
    parts.append(blocks.Paragraph(_("You decide, each on its own, and can change it later with your personal code:")))
    parts.append(blocks.Bullets(tuple(f"{text.title}. {text.words}" for text in PHOTOS.texts.values())))
    parts.append(blocks.Paragraph(_("Under 18, a parent or guardian agrees too.")))
    parts.append(_controller(activity))
    return parts


def _controller(activity: Activity) -> blocks.Paragraph:
    audit = activity.audit
    controller = isolated(in_a_line(audit.controller or audit.city.authority))
    return blocks.Paragraph(_("Who answers for the data: %(controller)s") % {"controller": controller})


def _passages(text: str) -> list[Any]:
    return [
        blocks.Bullets(tuple(_typed(point) for point in points)) if points else blocks.Paragraph(_typed(line))
        for line, points in in_passages(text)
    ]


def _typed(text: str) -> str:
    """What somebody typed, in one line and without references."""
    return unreferenced(" ".join(text.split()))
