"""What this room puts on shared pages: the day's work."""

from django.urls import reverse
from django.utils.translation import gettext as _

from config import clock
from core.panels import Worklist
from inmates.sentences.models import CourtAppeal


def worklists(user):
    """`Worklist`s of what waits for this user today."""
    if not user.can("inmates.manage_sentences"):
        return []
    waiting = CourtAppeal.objects.visible_to(user).to_send()
    count, address = waiting.count(), reverse("inmates:court_appeals")
    tone = "late" if waiting.overdue(clock.now()).exists() else "soon" if count else ""
    return [Worklist(_("Declarations of appeal to send to the court"), count, f"{address}?show=to_send", tone)]
