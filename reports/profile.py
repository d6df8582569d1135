"""The person on one page: who, where, until when, which tier, what is due, cautions; below, each room's own tab."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import signed_context, trail
from audit.models import Event
from core import panels
from core.permissions import requires
from inmates.classification.models import TierDecision
from inmates.custody.models import SeparateGround
from inmates.custody.papers import release_number
from inmates.custody.release_grounds import how_late
from inmates.people.corrections import issued_before
from inmates.people.models import Inmate
from inmates.people.visible import person_on_duty, visible_person
from inmates.sentences.wording import Step, describe
from musalaha.models import Enrolment
from reports import event_labels


@requires("inmates.view_record")
def profile(request, uuid):
    """The profile. A record merged into another leads there."""
    people = Inmate.objects.on_duty(request.user).select_related("facility", "unit").annotate(**panels.flags())
    inmate = people.filter(uuid=uuid).first()
    if inmate is None:
        return redirect(_survivor(request, uuid))
    user = request.user
    if inmate.closed:
        return _duty_view(request, inmate)
    trail.viewed("inmate", by=user, inmate=inmate)
    how_late([inmate])
    computation = inmate.release_computations.first()
    context = {
        "inmate": inmate,
        "separate_ground": SeparateGround(inmate.separate_ground).label if inmate.separate_ground else "",
        "offered_actions": panels.offered_actions(user, inmate),
        "cautions": panels.cautions(user, inmate),
        "sentences": list(inmate.sentences.standing().select_related("case")),
        "steps": [(step.date, describe(step)) for step in map(Step.read, computation.steps)] if computation else [],
        "events": event_labels.described(timeline_events(user, inmate).changes()[:8]),
    }
    if inmate.status in (Inmate.Status.RELEASED, Inmate.Status.DECEASED):
        left = inmate.admissions.exclude(released_at=None).order_by("-released_at").first()
        context["left"] = left
        context["outdated"] = left and issued_before(inmate).get(("release_paper", release_number(left)))
    if user.can("inmates.view_classification"):
        context["decisions"] = TierDecision.objects.filter(inmate=inmate).select_related("decided_by")[:4]
    if user.can("musalaha.view_programme"):
        context["enrolment"] = (
            Enrolment.objects.filter(inmate=inmate).select_related("cohort").order_by("-started_on").first()
        )
    return render(request, "reports/profile/page.html", context)


def _duty_view(request, inmate):
    """What of a restricted record holding, counting, health and a release need, for whoever is not named for it."""
    user = request.user
    trail.viewed("duty_view", by=user, inmate=inmate)
    how_late([inmate])
    left = inmate.admissions.exclude(released_at=None).order_by("-released_at").first()
    context = {
        "inmate": inmate,
        "offered_actions": panels.offered_on_duty(user, inmate),
        "cautions": panels.cautions_on_duty(user, inmate),
        "orders": inmate.detention_orders.filter(lifted_on=None).order_by("issued_on", "pk"),
        "outings": inmate.outings.planned().order_by("planned_on", "pk")[:20],
        "bars": inmate.separation_bars.filter(ended_on=None).order_by("-starts_on")
        if user.can("inmates.record_separation", at=inmate.facility)
        else (),
        "left": None if inmate.status in Inmate.ON_REGISTER else left,
        "acts": [
            {"label": label, "url": reverse(f"inmates:{name}", args=[inmate.uuid])}
            for permission, name, label in (
                ("record_contact", "contact_new", _("Visit or call")),
                ("record_outing", "escape", _("Escaped or not come back")),
                ("record_separation", "separate_now", _("Separate in an emergency")),
                ("authorise_separation", "separate", _("Authorise a separation")),
                ("manage_keep_apart", "keep_apart_new", _("Non-association")),
            )
            if inmate.held and user.can(f"inmates.{permission}", at=inmate.facility)
        ],
        "may_order": user.can("inmates.manage_sentences", at=inmate.facility) and inmate.held,
        "may_restrict": user.can("inmates.restrict_record", at=inmate.facility),
    }
    return render(request, "reports/profile/duty.html", context)


def _survivor(request, uuid):
    """The person into whom a merged record went, if this user may see them; else 404."""
    with signed_context.beyond(
        "merge"
    ):  # which record it went into; whether that one opens, the reader's own scope says
        merged = Inmate.objects.filter(uuid=uuid, merged_into__isnull=False).select_related("merged_into").first()
        kept = merged.survivor() if merged is not None else None
    if kept is None:
        raise Http404
    return person_on_duty(request, kept.uuid)


def timeline_events(user, inmate):
    """What this user may read of a person's trail, newest first: nobody reads here what their role may not see elsewhere."""
    events = Event.objects.about(inmate).order_by("-id")
    verbs_allowed = event_labels.readable(user)
    if verbs_allowed is not None:
        events = events.filter(verb__in=verbs_allowed)
    return events


@requires("inmates.view_record")
def timeline(request, uuid):
    """Everything done and seen about a person, by kind, page by page."""
    inmate = visible_person(request, uuid)
    events = timeline_events(request.user, inmate)
    kind = request.GET.get("kind", "")
    if kind == "changes":
        events = events.changes()
    elif kind == "views":
        events = events.filter(verb__endswith=".viewed")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        events = events.filter(pk__lt=int(before))
    page = list(events[:51])
    return render(
        request,
        "reports/profile/timeline.html",
        {
            "inmate": inmate,
            "tab": "timeline",
            "events": event_labels.described(page[:50]),
            "kind": kind,
            "older": page[49].pk if len(page) > 50 else None,
        },
    )
