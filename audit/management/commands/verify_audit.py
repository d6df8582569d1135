"""`manage.py verify_audit`: is the trail what was written?"""

from django.core.management.base import BaseCommand

from audit.verification import verify


class Command(BaseCommand):
    help = "Recompute the chain of seals over the trail; exit 1 names the first broken link."

    def handle(self, *args, **options):
        result = verify()
        if result.broken:
            self.stderr.write(f"Broken at seal {result.broken}: {result.why}")
            raise SystemExit(1)
        self.stdout.write(
            f"events: {result.events}\nsealed: {result.sealed}\nunsealed tail: {result.unsealed}\nhead: {result.head or '-'}"
        )
