"""`manage.py check_register`: do the columns that lists read agree with their sources?"""

from itertools import chain

from django.core.management.base import BaseCommand

from audit import signed_context
from inmates.classification.in_force import disagreements as of_classification
from inmates.custody.derived_columns import disagreements as of_custody
from inmates.people.derived_columns import disagreements as of_identity


class Command(BaseCommand):
    help = "Compare every derived column of the register with its source; exit 1 names each row that disagrees."

    def handle(self, *args, **options):
        wrong = 0
        with signed_context.service("check_register"):
            for inmate, column, stored, derived in chain(of_custody(), of_classification(), of_identity()):
                wrong += 1
                self.stderr.write(f"{inmate} {column}: stored {stored}, by its source {derived}")
        if wrong:
            self.stderr.write(f"{wrong} disagreements")
            raise SystemExit(1)
        self.stdout.write("The register agrees with its sources.")
