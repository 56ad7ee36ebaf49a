from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from audits.instruments import load_translations


class Command(BaseCommand):
    help = "Loads the instruments from fixtures/ and their translations. Loading again changes nothing."

    @transaction.atomic
    def handle(self, *args, **options):
        (folder,) = settings.FIXTURE_DIRS
        call_command("loaddata", *sorted(folder.glob("*.json")), verbosity=0)
        added = load_translations(folder / "translations")
        self.stdout.write(f"Instruments loaded; {added} new translations.")
