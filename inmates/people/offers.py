"""What this room puts on shared pages: acts on a profile, things to beware of, the day's work."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.offer import Beware, Offer, Work, may_have
from inmates.people.matching import compare
from inmates.people.models import Inmate, MergeProposal, PossibleDuplicate


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


def offers(user, inmate):
    """Acts that `user` may take now for `inmate`, as `Offer`s."""
    if not user.can("inmates.edit_identity", at=inmate.facility_id):
        return []
    return [Offer(_("Correct identity"), reverse("inmates:edit", args=[inmate.uuid]))]


def warnings(user, inmate):
    """What to beware of with this person, as `Beware`s."""
    settles = user.can("inmates.propose_merge") or user.can("inmates.approve_merge")
    found = []
    if settles:
        merges = MergeProposal.objects.waiting().filter(Q(keep=inmate) | Q(absorb=inmate))
        for waiting in merges[:1] if may_have(inmate, "has_merge") else ():
            url = reverse("inmates:merge", args=[waiting.pk])
            found.append(Beware(_("Merge"), _("A merge with another record awaits approval."), "soon", url))
        pairs = PossibleDuplicate.objects.visible_to(user).open().filter(Q(first=inmate) | Q(second=inmate))
        for pair in pairs.select_related("first", "second")[:3] if may_have(inmate, "has_duplicate") else ():
            reasons = compare(pair.first, pair.second)[1] or pair.reasons
            text = _("Possibly entered twice: %(reasons)s") % {"reasons": " · ".join(reasons)}
            found.append(Beware(_("Same person?"), text, "soon", reverse("inmates:pair", args=[pair.pk])))
    for one in inmate.merged_from.all()[:3] if may_have(inmate, "absorbed_another") else ():
        text = _("Also on the register as %(number)s: one record now.") % {"number": one.registration_number or "—"}
        found.append(Beware(_("Merged"), text, "", reverse("inmates:tab_identity", args=[inmate.uuid])))
    return found


def work(user):
    """What waits for this user today, as `Work`s."""
    found = []
    if user.can("inmates.propose_merge"):
        pairs = PossibleDuplicate.objects.visible_to(user).open().count()
        found.append(Work(_("Possible duplicates"), pairs, reverse("inmates:duplicates"), "soon" if pairs else "ok"))
    if user.can("inmates.approve_merge"):
        waiting = MergeProposal.objects.visible_to(user).waiting().exclude(proposed_by=user)
        if not user.sees_nation:
            places = user.facility_ids
            for record in ("keep", "absorb"):
                inside = Q(**{f"{record}__facility__in": places}) | Q(**{f"{record}__facility": None})
                waiting = waiting.filter(inside)
        count = waiting.count()
        found.append(Work(_("Merges to approve"), count, reverse("inmates:merges"), "soon" if count else "ok"))
    return found
