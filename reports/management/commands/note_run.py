"""`manage.py note_run NAME`: keep that a job outside of this service's code, as the backup, was done or failed."""

from django.core.management.base import BaseCommand

from core import jobs


class Command(BaseCommand):
    help = "Keep that a job was done, or with --failed that it was not: check_service tells of it."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=sorted(jobs.MOST_AGE))
        parser.add_argument("--failed", action="store_true")

    def handle(self, *args, name, failed, **options):
        jobs.begin(name)
        jobs.finish(name, ["it"] if failed else ())
