from django.utils import timezone

from audits.instruments import save_translation
from audits.models import Translation
from checklists.lines import plan_of
from checklists.models import Item
from checklists.wording import wording_of
from tests.factories import UserFactory


def revision(walk, language):
    return wording_of(plan_of(walk), walk.checklist, language).revision


def test_revision_of_a_wording_changes_with_every_word_and_only_then(walk):
    english, bulgarian = revision(walk, "en"), revision(walk, "bg")
    item = Item.objects.filter(section__checklist=walk.checklist).first()
    save_translation(
        item, "statement", "bg", text="Градът има стратегия.", reviewed=False, revision=0, by=UserFactory()
    )
    changed = revision(walk, "bg")
    assert changed != bulgarian
    assert revision(walk, "en") == english
    Translation.objects.update(reviewed_at=timezone.now())
    assert revision(walk, "bg") == changed
