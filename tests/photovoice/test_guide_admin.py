"""Drafts of the photovoice guide's translations, ticked by a person on the page of the guide."""

import pytest
from django.core.management import call_command

from audits.models import Translation
from photovoice.models import PhotovoiceGuide
from photovoice.wording import themes_of
from tests import factories
from tests.audits.test_instruments_admin import admin_url, name_of, sent, texts

pytestmark = pytest.mark.django_db


def test_draft_of_each_part_of_the_guide_is_ticked_where_it_is_translated(client):
    call_command("seed", verbosity=0)
    guide = PhotovoiceGuide.objects.get()
    activity = factories.ActivityFactory(guide=guide)
    client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
    address = f"{admin_url(guide, 'translations')}?language=ar"
    entries = texts(client.get(address))
    for row, field in (
        (guide, "title"),
        (guide.themes.first(), "title"),
        (guide.themes.first(), "text"),
        (guide.wrap_up_categories.first(), "title"),
        (guide.instruction_texts.first(), "text"),
        (guide.upload_options.first(), "title"),
    ):
        entry = entries[name_of(row, field)]
        assert entry.state == "draft", entry.where
        client.post(address, sent(entry.name, entry.text, revision=entry.revision, reviewed=True))
        assert texts(client.get(address))[entry.name].state == "reviewed"
    first, second = themes_of(activity, "ar")
    assert (first.title.draft, second.title.draft) == (False, True)
    assert Translation.objects.filter(language="ar", reviewed_by__isnull=False).count() == 6
