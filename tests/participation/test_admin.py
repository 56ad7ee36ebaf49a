"""The consent texts in the administration: drafts until a person has compared them."""

import pytest
from django.urls import reverse

from audits.participation.consent import PHOTOS, SHEETS, ConsentSheet
from audits.participation.models import ConsentReview
from tests.factories import UserFactory

LIST = reverse("admin:participation_consentreview_changelist")
TEXT = reverse("admin:participation_consentreview_texts", args=[PHOTOS.version, "ar"])
DRAFT = "Draft translation, not yet reviewed"


@pytest.fixture
def editor(client, db):
    client.force_login(UserFactory(is_staff=True, is_superuser=True, name="Vera Dimova"))
    client.get("/help/")
    return client


def test_text_is_a_draft_until_somebody_has_compared_it_and_again_once_it_changes(editor, monkeypatch):
    assert LIST in editor.get(reverse("admin:index")).content.decode()
    page = editor.get(LIST).content.decode()
    # Each sheet in the seven languages beside English.
    assert page.count(DRAFT) == len(SHEETS) * 7
    assert {"photo-link-2026-2", "photo-form-2026-1", "age-2026-1"} < SHEETS.keys()
    text = editor.get(TEXT).content.decode()
    assert "My photos may be published" in text
    assert PHOTOS.sentences("ar")[0] in text
    assert PHOTOS.sentences("ar")[0] != PHOTOS.sentences("en")[0]
    editor.post(TEXT, {"reviewed": "on"})
    page = editor.get(LIST).content.decode()
    assert page.count(DRAFT) == len(SHEETS) * 7 - 1
    assert "reviewed by Vera Dimova" in page
    with monkeypatch.context() as patch:
        patch.setattr(ConsentSheet, "digest", lambda sheet, language: "another")
        assert "reviewed by" not in editor.get(LIST).content.decode()
    editor.post(TEXT, {})
    assert not ConsentReview.objects.exists()


def test_unknown_text_is_not_there(editor):
    assert editor.get(reverse("admin:participation_consentreview_texts", args=["none", "ar"])).status_code == 404
    assert (
        editor.get(reverse("admin:participation_consentreview_texts", args=[PHOTOS.version, "en"])).status_code == 404
    )
