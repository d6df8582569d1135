"""`manage.py generate_register --inmates N --seed S`: a large made-up register, to measure with."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from demo import crowd


class Command(BaseCommand):
    help = "Add many made-up people for benchmarks, in a demo only. Neither row history nor trail is written for them."

    def add_arguments(self, parser):
        parser.add_argument("--inmates", type=int, required=True, metavar="N", help="how many people to add")
        parser.add_argument("--seed", type=int, default=0, metavar="S", help="the same number gives the same people")

    def handle(self, *args, inmates, seed, **options):
        if not settings.DEMO:
            raise CommandError(
                "Made-up people do not belong in a real register: set DEMO=1 on a machine for benchmarks."
            )
        if inmates < 1:
            raise CommandError("--inmates: at least 1.")
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_security_active('inmates_inmate')")
            if cursor.fetchone()[0]:
                raise CommandError("People are copied into the tables by their owner: set DATABASE_ROLE=owner.")
        began = time.monotonic()
        columns = (TextColumn("Made-up people"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("", total=inmates)
            done = crowd.generate(inmates, seed, lambda done: progress.update(task, completed=done))
        self.stdout.write(f"{done} people in {time.monotonic() - began:.0f} s.")
