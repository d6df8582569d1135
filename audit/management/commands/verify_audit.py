"""`manage.py verify_audit`: is the trail what was written?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from audit import heads, signed_context
from audit.verification import verify


class Command(BaseCommand):
    help = "Recompute the chain of seals over trail and row history; exit 1 names each fault."

    def add_arguments(self, parser):
        parser.add_argument(
            "--against", type=Path, metavar="HEADS", help="a file of signed heads that was kept elsewhere"
        )
        parser.add_argument("--export-head", type=Path, metavar="FILE", help="sign the head and add it to this file")

    def handle(self, *args, against=None, export_head=None, **options):
        kept = []
        if against is not None:
            try:
                kept = heads.read(against)
            except (OSError, heads.BadHead) as refusal:
                raise CommandError(f"{against}: {refusal}") from refusal
        with signed_context.service("verify_audit"):
            result = verify(against=kept, history=True)
        if result.faults:
            for fault in result.faults:
                self.stderr.write(fault)
            raise SystemExit(1)
        self.stdout.write(
            f"events: {result.events}\nsealed: {result.sealed}\nunsealed tail: {result.unsealed}\n"
            f"rows of history: {result.history_rows}\nheads agreed with: {len(kept)}\nhead: {result.head or '-'}"
        )
        for line in result.rewritten:
            self.stdout.write(f"history rewritten {line}")
        if export_head is not None:
            if not result.sequence:
                raise CommandError("There is no seal yet, so there is no head to export.")
            heads.export(heads.head_now(result.sequence, result.head), export_head)
            self.stdout.write(f"exported: seal {result.sequence} to {export_head}")
