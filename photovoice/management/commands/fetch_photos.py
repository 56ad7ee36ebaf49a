from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from photovoice import mailbox
from photovoice.actions import incoming


class Command(BaseCommand):
    help = "Takes in photos that people sent to the mailbox PHOTO_MAIL_HOST, and sends links that still wait."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="says what would come in; writes and marks nothing")

    def handle(self, *, dry_run, **options):
        if not settings.PHOTO_MAIL_HOST:
            raise CommandError("Set PHOTO_MAIL_HOST, PHOTO_MAIL_USER and PHOTO_MAIL_PASSWORD (README, “Configure”).")
        try:
            with mailbox.opened() as box:
                outcomes = mailbox.fetch(box, dry_run=dry_run)
                expunges = box.expunges
        except mailbox.MailboxError as error:
            raise CommandError(str(error)) from None
        if not dry_run:
            self.stdout.write(f"links sent: {incoming.send_unsent()}")
        kept = " (dry run)" if dry_run else ""
        for outcome in mailbox.Outcome:
            if number := outcomes[outcome]:
                self.stdout.write(f"{outcome}: {number}{kept}")
        if not dry_run and not expunges and any(outcomes[one] for one in mailbox.DONE):
            self.stdout.write(
                "The server has no UIDPLUS: what was taken in is only marked as deleted. Empty the folder."
            )
