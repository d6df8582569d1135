"""`manage.py check_service`: for a monitor. Exit code 1, with a line each, where a job of the service is late or failed."""

from django.core.management.base import BaseCommand, CommandError

from core import jobs


class Command(BaseCommand):
    help = "Say whether the daily run and the backup were last done in time and whole; exit code 1 where not."

    def handle(self, *args, **options):
        found = jobs.alarms()
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("All jobs of the service were done in time.")
