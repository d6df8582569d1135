"""`manage.py load_demo`: made-up people in an empty register, for the demo and for nothing else."""

import time
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, connection
from django.utils import translation
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from accounts.models import User
from accounts.roles import LABELS
from config import clock
from demo import accounts, loading
from facilities.models import Facility
from inmates.people.models import Inmate

LOCK = 20_190_313  # of all loadings into one database
CUT_SHORT = 3  # the exit code by which bin/demo knows that it has to start over


class Command(BaseCommand):
    help = "Fill an empty register with made-up people, as the figures of March 2019 stood, with today as the day."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing where the demo is loaded already")
        parser.add_argument("--seed", type=int, default=2019, metavar="N", help="other people from another number")

        parser.add_argument(
            "--quick", action="store_true", help="import most reviews instead of living them (for tests)"
        )

    def handle(self, *args, if_empty, seed, quick, **options):
        if not settings.DEMO:
            raise CommandError("The demo is loaded in a demo only: set DEMO=1.")
        with self.one_at_a_time():
            self.load(if_empty, seed, quick)

    def load(self, if_empty, seed, quick):
        """Load, or tell that it is loaded. Raises CommandError where neither is so."""
        if loading.cut_short():
            message = (
                "An earlier loading was cut short. bin/demo starts over by itself; elsewhere, make an empty database."
            )
            raise CommandError(message, returncode=CUT_SHORT)
        if Inmate.objects.exists() or Facility.objects.exists() or User.objects.exists():
            if not if_empty:
                raise CommandError("This register is not empty. bin/demo --reset starts over.")
            self.tell()
            return
        began = time.monotonic()
        with Progress(
            TextColumn("Loading made-up people"), BarColumn(), TextColumn("{task.fields[day]}"), TimeElapsedColumn(),
            console=Console(stderr=True), transient=True,
        ) as progress:  # fmt: skip
            task = progress.add_task("", total=None, day="")
            try:
                loading.load(
                    seed,
                    lambda day, done, left: progress.update(
                        task, completed=done, total=done + left, day=day.isoformat()
                    ),
                    quick=quick,
                )
            except OperationalError as error:  # no room left, or the database was stopped
                raise CommandError(f"The loading ended early: {str(error).splitlines()[0]}") from error
        self.stdout.write(f"Loaded in {time.monotonic() - began:.0f} s.")
        self.tell()

    @contextmanager
    def one_at_a_time(self):
        """Hold the lock of this database's loading; say so where another one is waited for."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                self.stderr.write("Another loading is going on here: waiting for it ...")
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            with suppress(DatabaseError), connection.cursor() as cursor:  # a connection that is gone holds nothing
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    def tell(self):
        """The accounts and the load date."""
        loaded = Facility.objects.order_by("pk").first()
        self.stdout.write("")
        self.stdout.write(f"Password of every demo account: {accounts.SHARED}")
        for username, role, prison, *_name in accounts.DEMO:
            with translation.override("en"):
                self.stdout.write(f"  {username:<12} {LABELS[role]}" + (f", {prison}" if prison else ""))
        self.stdout.write(f"Load date of the demo: {loading.loaded_on() if loaded else clock.today()}")
