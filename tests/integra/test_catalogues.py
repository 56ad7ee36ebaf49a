"""Every string that participants and facilitators meet has a translation, and its placeholders survived."""

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(settings.BASE_DIR)
TEAM = ("bg", "cs", "hr", "it", "sk")
# Whose words a participant reads: the pages for taking part, the frame around them, pages that say what went wrong.
PARTICIPANTS = (
    "audits/agenda/consequences.py",
    "audits/participation/",
    "checklists/joining.py",
    "checklists/participant_data.py",
    "checklists/wording.py",
    "checklists/views/participant.py",
    "focusgroups/forms/replies.py",
    "focusgroups/joining.py",
    "focusgroups/letters/",
    "focusgroups/participant_data.py",
    "focusgroups/printed/seats.py",
    "focusgroups/views/replies.py",
    "audits/images.py",
    "photovoice/actions/deletion.py",
    "photovoice/actions/details.py",
    "photovoice/actions/links.py",
    "photovoice/actions/photos.py",
    "photovoice/actions/review.py",
    "photovoice/actions/statements.py",
    "photovoice/consent.py",
    "photovoice/enums.py",
    "photovoice/forms/details.py",
    "photovoice/forms/photos.py",
    "photovoice/forms/review.py",
    "photovoice/forms/rights.py",
    "photovoice/inviting.py",
    "photovoice/joining.py",
    "photovoice/participant_data.py",
    "photovoice/printed.py",
    "photovoice/views/deliveries.py",
    "photovoice/views/photographer.py",
    "photovoice/views/rights.py",
    "photovoice/views/voting.py",
    "templates/focusgroups/reply",
    "templates/photovoice/_credit.html",
    "templates/photovoice/_own_remark.html",
    "templates/photovoice/_photo_fields.html",
    "templates/photovoice/_photo_files.html",
    "templates/photovoice/_photo_queue.html",
    "templates/photovoice/_remark_fields.html",
    "templates/photovoice/_rights_",
    "templates/photovoice/_small.html",
    "templates/photovoice/photographer",
    "templates/photovoice/rights_",
    "templates/photovoice/vote_",
    "templates/4",
    "templates/500.html",
    "templates/checklists/_entry_place_phone.html",
    "templates/checklists/_entry_question.html",
    "templates/checklists/participant_sheet.html",
    "templates/components/",
    "templates/participation/",
)


CALLS = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
}


def catalogue(language):
    with open(ROOT / "locale" / language / "LC_MESSAGES" / "django.po", encoding="utf-8") as file:
        return read_po(file, locale=language)


def entries(language):
    return [message for message in catalogue(language) if message.id]


def words(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def untranslated(messages):
    return [
        words(message)
        for message in messages
        if message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string)
    ]


@pytest.mark.parametrize("language", TEAM)
def test_team_reads_every_string_in_its_language(language):
    assert untranslated(entries(language)) == []


@pytest.mark.parametrize("language", ["ar", "uk"])
def test_participant_reads_every_string_in_their_language(language):
    met = [
        message
        for message in entries(language)
        if any(place.startswith(PARTICIPANTS) for place, _line in message.locations)
    ]
    assert len(met) > 100
    assert untranslated(met) == []


@pytest.mark.parametrize("language", [*TEAM, "ar", "uk"])
def test_placeholders_survive_translation(language):
    found = catalogue(language)
    wrong = [
        f"{words(message)}: {error}"
        for message in found
        if message.id and message.string and not untranslated([message])
        for error in message.check(found)
    ]
    assert wrong == []


def test_catalogues_hold_every_string_of_the_code(tmp_path, monkeypatch):
    # makemessages writes into the nearest folder called locale, so it runs beside the project's.
    for room in ROOT.iterdir():
        if room.is_dir() and room.name not in ("locale", "tests", "var") and not room.name.startswith("."):
            (tmp_path / room.name).symlink_to(room)
    (tmp_path / "locale").mkdir()
    monkeypatch.chdir(tmp_path)
    with override_settings(LOCALE_PATHS=[]):
        call_command("makemessages", locale=["it"], symlinks=True, no_location=True, verbosity=0)
    with open(tmp_path / "locale" / "it" / "LC_MESSAGES" / "django.po", encoding="utf-8") as file:
        code = {(message.context, words(message)) for message in read_po(file) if message.id}
    for language in (*TEAM, "ar", "uk"):
        known = {(message.context, words(message)) for message in entries(language)}
        assert known == code, f"{language}: run make messages"


def strings(source):
    """The strings that a module hands to gettext."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in CALLS:
            text = call.args[1 if call.func.id.startswith(("pgettext", "npgettext")) else 0]
            if isinstance(text, ast.Constant):
                yield text.value


def test_collecting_finds_every_string_of_the_modules():
    """What stands inside an f-string, or is written with an escape, is collected wrongly or not at all."""
    known = {words(message) for message in entries("it")}
    lost = {
        (str(path.relative_to(ROOT)), text)
        for room in ROOT.iterdir()
        if room.is_dir() and not room.name.startswith(".") and room.name not in ("tests", "var")
        for path in room.rglob("*.py")
        # While the test above runs, makemessages keeps what it made of a template beside it.
        if not path.stem.endswith((".html", ".txt"))
        for text in strings(path.read_text(encoding="utf-8"))
        if text not in known
    }
    assert lost == set()
