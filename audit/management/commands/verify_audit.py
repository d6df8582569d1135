"""`manage.py verify_audit`: is the trail what was written?"""

from django.core.management.base import BaseCommand

from audit.verification import verify


class Command(BaseCommand):
    help = "Recompute the chain of seals over the trail; exit 1 names the first broken link."

    def handle(self, *args, **options):
        found = verify()
        if found.broken:
            self.stderr.write(f"Broken at seal {found.broken}: {found.why}")
            raise SystemExit(1)
        self.stdout.write(
            f"events: {found.events}\nsealed: {found.sealed}\nunsealed tail: {found.unsealed}\nhead: {found.head or '-'}"
        )
