from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from audits import printing
from audits.actions import expire_log
from audits.methods import methods
from audits.participation.actions import expire_erased


class Command(BaseCommand):
    help = "Deletes what no method may keep any longer: files in the making, packs with personal codes. Run it daily."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=1, help="what is older than this many days (1 without it)")
        parser.add_argument("--dry-run", action="store_true", help="counts only, deletes nothing")

    def handle(self, *, days, dry_run, **options):
        before = timezone.now() - timedelta(days=days)
        kept = " (kept: dry run)" if dry_run else " deleted"
        prints = printing.expired(before) if dry_run else printing.sweep(before)
        self.stdout.write(f"prints: {prints}{kept}")
        self.stdout.write(f"erased changes: {expire_erased(dry_run=dry_run)}{kept}")
        self.stdout.write(f"log of accesses: {expire_log(dry_run=dry_run)}{kept}")
        for method in methods():
            for kind, number in method.expire(before, dry_run=dry_run).items():
                self.stdout.write(f"{method.key} {kind}: {number}{kept}")
