"""What this room puts on shared pages: the tab, the ground as a caution where it is missing, the day's work."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import clock
from core.panels import Caution, OfferedAction, Tab, Worklist, may_have
from inmates.separate import in_force
from inmates.separate import worklists as lists
from inmates.separate.actions.appeals import ANSWERED_BY
from inmates.separate.models import SeparateStep

TABS = [Tab("inmates:tab_separate", gettext_lazy("Separate system"), ("inmates.view_record",), 25)]


def flags():
    """The ground of today (no flag, but read with the person all the same), and whether a step waits."""
    return {
        "separate_ground": in_force.ground_now(),
        "has_separate_step": Exists(SeparateStep.objects.waiting().filter(inmate=OuterRef("pk"))),
    }


def offered_actions(user, inmate):
    """To the director, the decision that waits."""
    if not (inmate.held and user.can("inmates.decide_separate", at=inmate.facility_id)):
        return []
    if not may_have(inmate, "has_separate_step"):
        return []
    step = SeparateStep.objects.waiting().filter(inmate=inmate).first()
    if step is None or step.proposed_by_id == user.pk:
        return []
    return [OfferedAction(_("Decide on the separate system"), reverse("inmates:separate_step", args=[step.uuid]))]


def cautions(user, inmate):
    """Held in the separate system without a ground."""
    if not inmate.held:
        return []
    ground = inmate.separate_ground if hasattr(inmate, "separate_ground") else in_force.standing(inmate)
    if ground and getattr(ground, "kind", "in") == "in":
        return []
    waits = may_have(inmate, "has_separate_step")
    text = _("No ground yet: one is proposed.") if waits else _("No ground holds this person in the separate system.")
    url = reverse("inmates:tab_separate", args=[inmate.uuid])
    return [Caution(_("Separate system"), text, "soon" if waits else "late", url)]


def worklists(user):
    """People without a ground, for those who may act; proposals, notices and appeals for those whose turn it is."""
    page, today = reverse("inmates:separate"), clock.today()
    proposes, decides = user.can("inmates.propose_separate"), user.can("inmates.decide_separate")
    if proposes or decides:
        count = lists.capped(lists.without_ground(user))
        yield Worklist(_("Separate system: without a ground"), count, page, "late" if count else "ok")
    if decides:
        count = lists.capped(lists.to_decide(user).exclude(proposed_by=user))
        yield Worklist(_("Separate system: to decide"), count, f"{page}?list=decide", "soon" if count else "")
    if user.can("inmates.serve_notice"):
        rows = lists.to_serve(user)
        count = lists.capped(rows)
        tone = "late" if count and rows.overdue(today).exists() else "soon" if count else ""
        yield Worklist(_("Separate system: notices to serve"), count, f"{page}?list=notices", tone)
    if any(user.can(permission) for permission in ANSWERED_BY.values()):
        rows = lists.to_answer(user)
        count = lists.capped(rows)
        tone = "late" if count and rows.overdue(today).exists() else "soon" if count else ""
        yield Worklist(_("Separate system: appeals to answer"), count, f"{page}?list=appeals", tone)
