"""`manage.py statistics --as-of YYYY-MM-DD --format json|csv|text`."""

import csv
import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from audit import signed_context
from config import clock
from reports.statistics import statistics


def flat(data, prefix=""):
    """`(dotted key, value)` pairs of nested figures, in order."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            for row in value:
                yield from flat({k: v for k, v in row.items() if k != "number"}, f"{prefix}{key}.{row['number']}.")
        else:
            yield f"{prefix}{key}", value


class Command(BaseCommand):
    help = "The service's figures as of the end of a day (today, unless --as-of says otherwise)."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", metavar="YYYY-MM-DD")
        parser.add_argument("--format", choices=["json", "csv", "text"], default="text")

    def handle(self, *args, as_of, **options):
        try:
            day = date.fromisoformat(as_of) if as_of else clock.today()
        except ValueError as error:
            raise CommandError(f"--as-of: {error}") from error
        with signed_context.service("statistics"):
            data = statistics(day)
        if options["format"] == "json":
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        elif options["format"] == "csv":
            writer = csv.writer(self.stdout)
            writer.writerow(["figure", "value"])
            writer.writerows(flat(data))
        else:
            for key, value in flat(data):
                self.stdout.write(f"{key:<45} {value}")
