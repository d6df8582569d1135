"""What this room puts on shared pages: acts on a profile, cautions."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from config import clock
from core.panels import Caution, OfferedAction, may_have
from inmates.people.models import Inmate, Task
from inmates.sentences.release_dates import bounds
from inmates.sentences.wording import day_in_words

ON_DUTY = ("cautions",)


def flags():
    """Query flags of a person that call for a caution of this room."""
    asked = Task.objects.open().filter(inmate=OuterRef("pk"), kind=Task.Kind.EARLIER_CUSTODY)
    return {"has_custody_undecided": Exists(asked)}


def offered_actions(user, inmate):
    """Acts that `user` may take now for `inmate`, as `OfferedAction`s."""
    unsettled = inmate.held and inmate.release_basis == Inmate.ReleaseBasis.UNSETTLED
    if unsettled and user.can("inmates.settle_release_date", at=inmate.facility):
        return [OfferedAction(_("Settle the release date"), reverse("inmates:settle_release_date", args=[inmate.uuid]))]
    return []


def cautions(user, inmate):
    """Cautions about this person, as `Caution`s."""
    undecided = inmate.held and may_have(inmate, "has_custody_undecided") and _custody_undecided(inmate)
    if undecided and inmate.release_basis == Inmate.ReleaseBasis.COMPUTED:
        tab = reverse("inmates:tab_custody", args=[inmate.uuid])
        text = _(
            "The end is presumed: days in custody before a sentence are not decided, and it may come sooner or later."
        )
        return [Caution(_("Release date"), text, "late", tab)]
    if inmate.held and inmate.release_basis == Inmate.ReleaseBasis.UNSETTLED:
        tab, within, today = reverse("inmates:tab_custody", args=[inmate.uuid]), bounds(inmate), clock.today()
        if within.presumed and within.presumed <= today:
            days = {"date": day_in_words(within.presumed), "days": (today - within.presumed).days}
            text = _("Presumed on %(date)s, %(days)s days ago: the prosecutor must answer in writing.") % days
            return [Caution(_("Release date"), text, "late", tab)]
        tone = "late" if within.earliest and within.earliest <= today else "soon"
        return [Caution(_("Release date"), _("The rules give none: a person must settle it."), tone, tab)]
    return []


def _custody_undecided(inmate):
    return inmate.tasks.open().filter(kind=Task.Kind.EARLIER_CUSTODY).exists()
