"""What this room puts on shared pages: cautions about a person, the day's work."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.panels import Caution, Worklist, may_have
from core.sayings import read_each
from inmates.duplicates.matching import compare
from inmates.duplicates.models import MergeProposal, PossibleDuplicate
from inmates.people.models import Inmate


def flags():
    """What a person may have that calls for a warning here."""
    person = OuterRef("pk")
    merges = MergeProposal.objects.waiting().filter(Q(keep=person) | Q(absorb=person))
    pairs = PossibleDuplicate.objects.open().filter(Q(first=person) | Q(second=person))
    return {
        "has_merge": Exists(merges),
        "has_duplicate": Exists(pairs),
        "absorbed_another": Exists(Inmate.objects.filter(merged_into=person)),
    }


def cautions(user, inmate):
    """Cautions about this person, as `Caution`s."""
    shown = []
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
    return lists
