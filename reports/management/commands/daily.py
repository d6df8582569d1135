"""`manage.py daily`: the day's duties, safe to run twice. For a timer, soon after midnight; hourly does no harm."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.sessions import SessionStore
from audit import heads, signed_context, trail
from core import jobs
from core.models import SentForm
from inmates.classification import daily as classification
from inmates.conditions import daily as conditions
from inmates.court_appeals import daily as court_appeals
from inmates.custody import daily as custody
from inmates.duplicates import daily as duplicates
from inmates.people.actions import waiting_corrections
from inmates.sentences import daily as sentences
from inmates.separate import daily as separate
from musalaha import daily as musalaha


class Command(BaseCommand):
    """Legal duties first: who holds somebody without a title is told even where everything after it fails."""

    help = (
        "Do the day's duties: custody without a title, releases due, separations ending, overdue reviews, follow-ups,"
        " duplicates; seal the trail and keep its head. An error in one part stops no other; the exit code is then 1."
    )

    def handle(self, *args, **options):
        try:
            with jobs.one_at_a_time("daily"):
                self._run()
        except jobs.AlreadyRunning as error:
            raise CommandError("Another daily run is under way: nothing was done here.") from error

    def _run(self):
        parts = {
            "custody": custody.run,
            "sentences": sentences.run,
            "court_appeals": court_appeals.run,
            "conditions": conditions.run,
            "separate": separate.run,
            "classification": classification.run,
            "musalaha": musalaha.run,
            "corrections": waiting_corrections.escalate,
            "core": _tidy,
            "audit": lambda: {"sealed": trail.seal_pending()},
            "duplicates": duplicates.run,
        }
        done, failed = jobs.run_all("daily", {name: _as_service(duty) for name, duty in parts.items()})
        for name, counts in done.items():
            for what, count in counts.items():
                self.stdout.write(f"{name}.{what}: {count}")
        for name, why in failed.items():
            self.stderr.write(f"{name}: failed\n{why}")
        transaction.on_commit(self._keep_head)  # a head of seals that are then rolled back would be no head
        if failed:
            raise CommandError(f"These parts failed, the others are done: {', '.join(failed)}")

    def _keep_head(self):
        if not heads.can_sign():
            self.stderr.write("audit.head: none kept, AUDIT_SIGNING_KEY names no key")
            return
        try:
            self.stdout.write(f"audit.head: {heads.keep() or 'as before'}")
        except heads.BadHead as fault:
            jobs.finish("daily", ["head"])
            raise CommandError(f"audit.head: {fault}") from fault


def _as_service(duty):
    """The duty, done for the service itself and for nobody."""

    def run():
        with signed_context.service("daily"):
            return duty()

    return run


def _tidy():
    """Forms sent that nobody will send again, and sessions that have ended."""
    forgotten, _kinds = SentForm.objects.filter(sent_at__lt=timezone.now() - timedelta(days=2)).delete()
    SessionStore.clear_expired()
    return {"forms_forgotten": forgotten}
