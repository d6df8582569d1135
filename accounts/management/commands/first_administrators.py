"""`manage.py first_administrators NAME NAME`: the two accounts with which a new installation begins."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from accounts import roles
from accounts.actions.enrolment import paper_code, spoken_code
from accounts.models import AccountChange, User
from audit import trail
from config import clock


class Command(BaseCommand):
    """Run by the owner of the database, once: while there are two administrators in office, it refuses."""

    help = "Makes the first two system administrators and prints their codes. Everybody else comes through these two."

    def add_arguments(self, parser):
        """Two user names."""
        parser.add_argument("usernames", nargs=2, metavar="USERNAME")

    def handle(self, *, usernames, **options):
        """Make both accounts, or none."""
        if len({name.lower() for name in usernames}) < 2:
            raise CommandError("Two different people, please.")
        try:
            with transaction.atomic():
                made = self.make(usernames)
        except Exception as error:
            raise CommandError(str(error).splitlines()[0]) from error
        for change in made:
            self.stdout.write(f"{change.username}: {paper_code(change)} and {spoken_code(change)}")
        self.stdout.write("Each opens /accounts/enrol/ with both codes within 72 hours. They are not shown again.")

    def make(self, usernames):
        """The two changes, approved and made."""
        User.objects.select_for_update().filter(groups__name=roles.SYSADMIN).count()
        in_office = User.objects.filter(groups__name=roles.SYSADMIN, is_active=True).count()
        if in_office >= 2:
            raise CommandError("Two system administrators are in office: they ask for accounts and approve them.")
        made = []
        for username in usernames:
            if User.objects.filter(username__iexact=username).exists():
                raise CommandError(f"{username}: this user name is taken.")
            after = {"username": username, "first_name": "", "last_name": "", "language": "fr", "qualification": ""}
            change = AccountChange.objects.create(
                kind=AccountChange.Kind.FIRST,
                state=AccountChange.State.APPROVED,
                after={**after, "roles": [roles.SYSADMIN], "national": False},
                reason="First administrators of a new installation",
                decided_at=clock.now(),
            )
            with connection.cursor() as cursor:
                cursor.execute("SELECT accounts_make_change(%s)", [change.pk])
            change.refresh_from_db()
            trail.record("account.first_made", by=None, obj=change, detail={"username": username})
            made.append(change)
        return made
