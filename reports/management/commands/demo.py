"""`manage.py demo`: the demo audit of a fictional city and its City Audit Report; building it twice changes nothing."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.test.utils import override_settings
from django.utils.translation import gettext as _

from audits.models import Audit
from reports.actions import open_report, run_build
from reports.demo import build, story
from reports.enums import BuildFormat


class Command(BaseCommand):
    help = "Builds the demo audit of a fictional city and writes its report to var/demo/city-audit-report.pdf."

    def add_arguments(self, parser):
        parser.add_argument("--logins", action="store_true", help="Only print who can sign in to the demo.")
        parser.add_argument("--no-report", action="store_true", help="Build the audit without its PDF.")
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / "var" / "demo" / "city-audit-report.pdf")

    def handle(self, *, logins, no_report, output, **options):
        if logins:
            self._print_logins()
            return
        if build.exists():
            audit = Audit.objects.get(title=story.AUDIT["title"], city__fictional=True)
            self.stdout.write(_("The demo audit is there already: %(audit)s") % {"audit": audit})
        else:
            # Letters to invented people go nowhere.
            with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
                audit = build.build()
            self.stdout.write(_("The demo audit has been built: %(audit)s") % {"audit": audit})
        if not no_report:
            output.parent.mkdir(parents=True, exist_ok=True)
            call_command("report", audit.slug, format="pdf", output=output, stdout=self.stdout)
            self._build(audit)

    def _build(self, audit):
        """A file on the page of the report, from which the page has the lengths of the sections."""
        report = open_report(audit=Audit.objects.with_frame().get(pk=audit.pk), language=audit.language)
        if not report.builds.exists():
            run_build(build=report.builds.create(format=BuildFormat.PDF))

    def _print_logins(self):
        self.stdout.write(f"Velmora is a fictional city. Sign in with the password {story.PASSWORD}:")
        for role, email, name in build.logins():
            self.stdout.write(f"  {email:38} {name}, {role}")
