"""Panels of aftercare on shared pages: the contacts that are due."""

from django.urls import reverse
from django.utils.translation import gettext as _

from config import clock
from core.panels import Worklist
from inmates.people.models import Inmate
from musalaha.aftercare.models import FollowUp


def worklists(user):
    """Work that waits for this user today, as `Worklist`s."""
    if not user.can("musalaha.record_follow_up"):
        return []
    due = FollowUp.objects.due(clock.today()).filter(inmate__in=Inmate.objects.visible_to(user))
    return [Worklist(_("Contacts after release due"), due.count(), reverse("musalaha:follow_ups"), "soon")]
