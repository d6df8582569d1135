"""Roll counts on shared pages: the counts that a director has to sign."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.panels import Worklist
from facilities.models import Facility
from inmates.roll_counts.models import RollCount


def worklists(user):
    """`Worklist`s of the user's first page: a row for each prison with unsigned counts of somebody else."""
    if not user.can("inmates.sign_roll"):
        return []
    waiting = []
    for prison in Facility.objects.filter(pk__in=user.facility_ids):
        unsigned = RollCount.objects.filter(facility=prison, signed_by=None).exclude(counted_by=user).count()
        if unsigned:
            url = reverse("facilities:roll", args=[prison.code])
            waiting.append(Worklist(_("Roll counts to sign"), unsigned, url, "soon", str(prison)))
    return waiting
