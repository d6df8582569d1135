"""`manage.py daily`: the day's duties, safe to run twice. For cron, soon after midnight; hourly does no harm."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from audit import acting, heads, trail
from core.models import SentForm
from inmates.classification import daily as classification
from inmates.conditions import daily as conditions
from inmates.custody import daily as custody
from inmates.people import daily as people
from inmates.sentences import daily as sentences
from musalaha import daily as musalaha


class Command(BaseCommand):
    help = (
        "Do the day's duties: overdue reviews, separations ending, releases due, follow-ups due, duplicates;"
        " seal the trail and keep its head."
    )

    def handle(self, *args, **options):
        rooms = {
            "people": people,
            "sentences": sentences,
            "custody": custody,
            "conditions": conditions,
            "classification": classification,
            "musalaha": musalaha,
        }
        for name, room in rooms.items():
            with acting.service("daily"):
                done = room.run()
            for what, count in done.items():
                self.stdout.write(f"{name}.{what}: {count}")
        forgotten, _kinds = SentForm.objects.filter(sent_at__lt=timezone.now() - timedelta(days=2)).delete()
        self.stdout.write(f"core.forms_forgotten: {forgotten}")
        self.stdout.write(f"audit.sealed: {trail.seal_pending()}")
        transaction.on_commit(self._keep_head)  # a head of seals that are then rolled back would be no head

    def _keep_head(self):
        if not heads.can_sign():
            self.stderr.write("audit.head: none kept, AUDIT_SIGNING_KEY names no key")
            return
        try:
            self.stdout.write(f"audit.head: {heads.keep() or 'as before'}")
        except heads.BadHead as fault:
            raise CommandError(f"audit.head: {fault}") from fault
