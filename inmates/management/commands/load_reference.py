"""`manage.py load_reference`: what a real installation starts with. Prisons and people are entered, never loaded."""

from django.core.management.base import BaseCommand

from inmates import reference


class Command(BaseCommand):
    help = "Add the regional directorates, offences and regimes that are missing. Changes nothing else."

    def handle(self, *args, **options):
        for what, count in reference.load().items():
            self.stdout.write(f"{what}: {count} added")
