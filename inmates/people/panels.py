"""What this room puts on shared pages: acts on a profile, cautions, the day's work."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from config import clock
from core.panels import Caution, MenuItem, OfferedAction, Tab, Worklist, may_have
from core.sayings import read_each
from inmates.people.actions.alerts import waiting_for
from inmates.people.duplicate_matching import compare
from inmates.people.models import Correction, EmergencyAccess, Inmate, MergeProposal, PossibleDuplicate
from inmates.people.worklists import open_tasks

MENU = [MenuItem("inmates:list", gettext_lazy("Inmates"), "inmates.view_record", "/inmates/", 20)]
TABS = [
    Tab("inmates:tab_identity", gettext_lazy("Identity"), ("inmates.view_record",), 50),
    Tab("inmates:tab_corrections", gettext_lazy("Corrections"), ("inmates.view_record",), 55),
]


def flags():
    """What a person may have that calls for a warning here."""
    person = OuterRef("pk")
    merges = MergeProposal.objects.waiting().filter(Q(keep=person) | Q(absorb=person))
    pairs = PossibleDuplicate.objects.open().filter(Q(first=person) | Q(second=person))
    return {
        "has_correction": Exists(Correction.objects.waiting().filter(inmate=person)),
        "has_merge": Exists(merges),
        "has_duplicate": Exists(pairs),
        "absorbed_another": Exists(Inmate.objects.filter(merged_into=person)),
    }


def offered_actions(user, inmate):
    """Acts that `user` may take now for `inmate`, as `OfferedAction`s."""
    if not user.can("inmates.edit_identity", at=inmate.facility_id):
        return []
    return [OfferedAction(_("Correct identity"), reverse("inmates:edit", args=[inmate.uuid]))]


def cautions(user, inmate):
    """Cautions about this person, as `Caution`s."""
    shown = []
    for waiting in inmate.corrections.waiting()[:3] if may_have(inmate, "has_correction") else ():
        url = reverse("inmates:correction", args=[waiting.uuid])
        tone = "late" if waiting.presses_today else "soon"
        shown.append(
            Caution(
                pgettext("an entry put right", "Correction"), _("A correction waits for a second person."), tone, url
            )
        )
    settles = user.can("inmates.propose_merge") or user.can("inmates.approve_merge")
    if settles:
        merges = MergeProposal.objects.waiting().filter(Q(keep=inmate) | Q(absorb=inmate))
        for waiting in merges[:1] if may_have(inmate, "has_merge") else ():
            url = reverse("inmates:merge", args=[waiting.pk])
            shown.append(Caution(_("Merge"), _("A merge with another record awaits approval."), "soon", url))
        pairs = PossibleDuplicate.objects.visible_to(user).open().filter(Q(first=inmate) | Q(second=inmate))
        for pair in pairs.select_related("first", "second")[:3] if may_have(inmate, "has_duplicate") else ():
            reasons = read_each(compare(pair.first, pair.second)[1] or pair.reasons)
            text = _("Possibly entered twice: %(reasons)s") % {"reasons": " · ".join(reasons)}
            shown.append(Caution(_("Same person?"), text, "soon", reverse("inmates:pair", args=[pair.pk])))
    for one in inmate.merged_from.all()[:3] if may_have(inmate, "absorbed_another") else ():
        text = _("Also on the register as %(number)s: one record now.") % {"number": one.registration_number or "—"}
        shown.append(Caution(_("Merged"), text, "", reverse("inmates:tab_identity", args=[inmate.uuid])))
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
    if user.can("inmates.propose_merge"):
        pairs = PossibleDuplicate.objects.visible_to(user).open().count()
        lists.append(
            Worklist(_("Possible duplicates"), pairs, reverse("inmates:duplicates"), "soon" if pairs else "ok")
        )
    if user.can("inmates.approve_merge"):
        waiting = MergeProposal.objects.visible_to(user).waiting().exclude(proposed_by=user)
        if not user.sees_nation:
            places = user.facility_ids
            for record in ("keep", "absorb"):
                inside = Q(**{f"{record}__facility__in": places}) | Q(**{f"{record}__facility": None})
                waiting = waiting.filter(inside)
        count = waiting.count()
        lists.append(Worklist(_("Merges to approve"), count, reverse("inmates:merges"), "soon" if count else "ok"))
    if user.can("inmates.open_in_emergency"):
        lasting = EmergencyAccess.objects.open_to(user, clock.now()).count()
        lists.append(Worklist(_("Record of another prison, in an emergency"), lasting, reverse("inmates:emergency")))
    return lists
