"""What this room puts on shared pages: acts on a profile, cautions, the day's work."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from config import clock
from core.panels import Caution, MenuItem, OfferedAction, Tab, Worklist, may_have
from inmates.people.actions.alerts import waiting_for
from inmates.people.models import Correction, EmergencyAccess, RestrictionStep
from inmates.people.worklists import open_tasks, reviews_of_restrictions

MENU = [MenuItem("inmates:list", gettext_lazy("Inmates"), "inmates.view_record", "/inmates/", 20)]
TABS = [
    Tab("inmates:tab_identity", gettext_lazy("Identity"), ("inmates.view_record",), 50),
    Tab("inmates:tab_corrections", gettext_lazy("Corrections"), ("inmates.view_record",), 55),
]


def flags():
    """What a person may have that calls for a warning here."""
    person = OuterRef("pk")
    return {
        "has_correction": Exists(Correction.objects.waiting().filter(inmate=person)),
        "is_restricted": Exists(RestrictionStep.objects.restricting().filter(inmate=person)),
    }


def offered_actions(user, inmate):
    """Acts that `user` may take now for `inmate`, as `OfferedAction`s."""
    offered = []
    if user.can("inmates.edit_identity", at=inmate.facility_id):
        offered.append(OfferedAction(_("Correct identity"), reverse("inmates:edit", args=[inmate.uuid])))
    if user.can("inmates.restrict_record", at=inmate.facility_id):
        offered.append(OfferedAction(_("Who reads this record"), reverse("inmates:restriction", args=[inmate.uuid])))
    return offered


def cautions(user, inmate):
    """Cautions about this person, as `Caution`s."""
    shown = []
    if may_have(inmate, "is_restricted") and inmate.restriction_steps.restricting().exists():
        shown.append(
            Caution(_("Restricted record"), _("Read by the people named for it; speak of it with nobody else."))
        )
    for waiting in inmate.corrections.waiting()[:3] if may_have(inmate, "has_correction") else ():
        url = reverse("inmates:correction", args=[waiting.uuid])
        tone = "late" if waiting.presses_today else "soon"
        shown.append(
            Caution(
                pgettext("an entry put right", "Correction"), _("A correction waits for a second person."), tone, url
            )
        )
    return shown


def worklists(user):
    """What waits for this user today, as `Worklist`s."""
    lists = []
    waiting = waiting_for(user).count()
    if waiting:
        lists.append(Worklist(_("Alerts"), waiting, reverse("inmates:alerts"), "late"))
    if user.can("inmates.settle_task"):
        due = open_tasks(user).filter(due_on__lte=clock.today() + timedelta(days=7))
        count, late = due.count(), due.overdue(clock.today()).exists()
        tone = ("late" if late else "soon") if count else ""
        lists.append(Worklist(_("Tasks due this week"), count, reverse("inmates:tasks"), tone))
    if user.can("inmates.confirm_correction") or user.can("inmates.decide_correction"):
        count = Correction.objects.visible_to(user).waiting().count()
        if count:
            lists.append(Worklist(_("Corrections to confirm"), count, reverse("inmates:corrections"), "late"))
    if user.can("inmates.restrict_record"):
        steps = RestrictionStep.objects.in_scope_of(user).waiting().exclude(asked_by=user).exclude(user=user)
        due = reviews_of_restrictions(user).filter(review_on__lte=clock.today())
        for label, count, tone in (
            (_("Restrictions to approve"), steps.count(), "soon"),
            (_("Restrictions to renew or lift"), due.count(), "late"),
        ):
            if count:
                lists.append(Worklist(label, count, reverse("inmates:restrictions"), tone))
    if user.can("inmates.open_in_emergency"):
        lasting = EmergencyAccess.objects.open_to(user, clock.now()).count()
        lists.append(Worklist(_("Record of another prison, in an emergency"), lasting, reverse("inmates:emergency")))
    return lists
