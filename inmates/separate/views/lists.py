"""The tab of a person, the room's worklists, and the transfer out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit import trail
from core.action_pages import action_button, action_form
from core.addresses import page_of
from core.panels import OfferedAction
from core.permissions import TO_ACT, requires
from inmates.custody.models import Admission
from inmates.people.participation import may_know_participation
from inmates.people.visible import named, visible_person
from inmates.separate import daily, in_force, worklists
from inmates.separate.actions import leaving, steps
from inmates.separate.forms.steps import LeaveForm
from inmates.separate.models import SeparateStep
from inmates.separate.wording import cause_words


@requires("inmates.view_record")
def tab(request, uuid):
    """On what ground somebody is in the separate system and whether it still stands; every step; where they came from."""
    user, inmate = request.user, visible_person(request, uuid)
    trail.viewed("separate", by=user, inmate=inmate)
    standing = in_force.standing(inmate)
    every = inmate.separate_steps.select_related("proposed_by", "decided_by", "appeal", "admission")
    held = standing is not None and standing.kind == SeparateStep.Kind.IN
    stays = Admission.objects.filter(inmate=inmate).order_by("-admitted_at")
    return render(
        request,
        "inmates/separate/tab.html",
        {
            "inmate": inmate,
            "standing": standing if held else None,
            "leaves": standing if standing is not None and not held else None,
            "stands": in_force.still_stands(inmate, standing.ground) if held else None,
            "last_review": standing.reviews.select_related("reviewed_by").first() if held else None,
            "steps": [(step, cause_words(user, step)) for step in every],
            "stays": stays,
            "offered_actions": _offered(user, inmate, standing),
            "may_know_participation": may_know_participation(user),
            "tab": "inmates:tab_separate",
            "heading": _("Separate system"),
        },
    )


def _offered(user, inmate, standing):
    """What may be done now: propose a ground or an exit, carry the exit out."""
    if not inmate.held:
        return []
    offered, waits = [], inmate.separate_steps.waiting().exists()
    held = standing is not None and standing.kind == SeparateStep.Kind.IN
    if user.can("inmates.propose_separate", at=inmate.facility) and not waits:
        address = reverse("inmates:separate_propose", args=[inmate.uuid])
        label = _("Propose another ground") if held else _("Propose the ground")
        offered.append(OfferedAction(label, address, primary=standing is None))
        if held:
            address = reverse("inmates:separate_exit", args=[inmate.uuid])
            offered.append(OfferedAction(_("Propose the exit"), address))
    if standing is not None and not held and user.can("inmates.release", at=inmate.facility):
        address = reverse("inmates:separate_leave", args=[inmate.uuid])
        offered.append(OfferedAction(_("Transfer out to the ordinary prison"), address, primary=True))
    return offered


@requires("inmates.release")
def leave(request, uuid):
    """The transfer out that a decided exit allows."""
    inmate = visible_person(request, uuid)
    standing = in_force.standing(inmate)
    prison = standing.destination if standing is not None else ""
    return action_form(
        request,
        LeaveForm(request.POST or None),
        lambda form: leaving.leave(inmate, **form.cleaned_data, by=request.user),
        back=inmate.get_absolute_url(),
        success_message=_("Transferred out: the stay here has ended, custody goes on there."),
        heading=named(_("Transfer out to the ordinary prison"), inmate),
        lead_text=prison
        or _("No exit from the separate system is in effect: it is proposed by one and decided by another."),
        action_label=_("Transfer out"),
        cancel_url=reverse("inmates:tab_separate", args=[inmate.uuid]),
        danger=True,
    )


@requires("inmates.view_record", confirm=TO_ACT)
def lists(request):
    """One worklist; sent, the marked proposals are decided at once, where a recorded offence bears each."""
    user = request.user
    if request.method == "POST":
        return _decide_marked(request)
    every = worklists.worklists(user)
    chosen = request.GET.get("list") if request.GET.get("list") in every else "red"
    trail.viewed("separate_list", by=user)
    page = page_of(request, every[chosen][1])
    sure = set()
    if chosen == "decide" and user.can("inmates.decide_separate"):
        sure = set(worklists.sure_to_decide(user, among=page))
    since = daily.without_ground_since(page) if chosen == "red" else {}
    return render(
        request,
        "inmates/separate/lists.html",
        {
            "chosen": chosen,
            "page": page,
            "rows": [_row(user, one, since, sure) for one in page],
            "tabs": [_tab(name, *entry, chosen) for name, entry in every.items()],
            "may_mark": bool(sure),
            "query": f"list={chosen}&",
        },
    )


def _row(user, one, since, sure):
    """A row with what its table prints, the same shape for every list."""
    step = one if isinstance(one, SeparateStep) else getattr(one, "step", None)
    return {
        "row": one,
        "step": step,
        "inmate": step.inmate if step else one,
        "cause": cause_words(user, step) if step else "",
        "since": since.get(one.pk),
        "sure": one.pk in sure,
    }


def _tab(name, label, rows, chosen):
    count = worklists.capped(rows)
    return {
        "label": label,
        "url": f"?list={name}",
        "count": f"{worklists.MOST}+" if count > worklists.MOST else count,
        "active": name == chosen,
        "late": name == "red" and count > 0,
    }


def _decide_marked(request):
    user = request.user
    if not user.can("inmates.decide_separate"):
        raise PermissionDenied("inmates.decide_separate")
    back = reverse("inmates:separate") + "?list=decide"
    wanted = [uuid for uuid in request.POST.getlist("step") if len(uuid) == 36]
    marked = list(worklists.to_decide(user).filter(uuid__in=wanted)[:100])
    if not marked:
        messages.error(request, _("Mark somebody first."))
        return redirect(back)

    def said(decided):
        n = len(decided)
        return ngettext("%(n)s decided.", "%(n)s decided.", n) % {"n": n}

    return action_button(request, lambda: steps.decide_many(marked, by=user), back=back, success_message=said)
