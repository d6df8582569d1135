"""Transfers on shared pages: the act on a profile, what waits for somebody."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from core.panels import OfferedAction, Worklist, may_have
from inmates.custody.models import Transfer
from inmates.transfers.worklists import transfers_to_decide

ON_DUTY = ("offered_actions",)


def flags():
    """Query flag of a person of whom a transfer is under way."""
    return {"has_transfer": Exists(Transfer.objects.live().filter(inmate=OuterRef("pk")))}


def offered_actions(user, inmate):
    """The transfer under way, or the one that `user` may propose or order."""
    if not inmate.held:
        return []
    live = inmate.transfers.live().first() if may_have(inmate, "has_transfer") else None
    if live is not None:
        if Transfer.objects.visible_to(user).filter(pk=live.pk).exists():
            return [OfferedAction(_("Transfer under way"), reverse("inmates:transfer", args=[live.uuid]))]
        return []
    new = reverse("inmates:transfer_new", args=[inmate.uuid])
    if user.can("inmates.propose_transfer", at=inmate.facility):
        return [OfferedAction(_("Transfer"), new)]
    if user.can("inmates.order_transfer", at=inmate.facility):
        return [OfferedAction(_("Order a transfer"), new)]
    return []


def worklists(user):
    """`Worklist`s of what waits for this user today."""
    acts = ("approve", "accept", "propose")
    if not user.can("inmates.view_record") or not any(user.can(f"inmates.{act}_transfer") for act in acts):
        return []
    count = transfers_to_decide(user).count()
    return [Worklist(_("Transfers that wait for you"), count, reverse("inmates:transfers"), "soon" if count else "")]
