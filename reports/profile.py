"""The person on one page: who, where, until when, which tier, what is due, cautions; below, each room's own tab."""

from django.http import Http404
from django.shortcuts import redirect, render

from audit import signed_context, trail
from audit.models import Event
from core import panels
from core.permissions import requires
from inmates.classification.models import TierDecision
from inmates.custody.holds import held_beyond_term
from inmates.custody.papers import release_number
from inmates.custody.release_grounds import due_since
from inmates.people.corrections import issued_before
from inmates.people.models import Inmate
from inmates.people.visible import visible_person
from inmates.sentences.wording import Step, describe
from musalaha.models import Enrolment
from reports import event_labels


@requires("inmates.view_record")
def profile(request, uuid):
    """The profile. A record merged into another leads there."""
    people = Inmate.objects.visible_to(request.user).select_related("facility", "unit").annotate(**panels.flags())
    inmate = people.filter(uuid=uuid).first()
    if inmate is None:
        return redirect(_survivor(request, uuid))
    user = request.user
    trail.viewed("inmate", by=user, inmate=inmate)
    computation = inmate.release_computations.first()
    context = {
        "inmate": inmate,
        "held_beyond_term": held_beyond_term(inmate),
        "due_since": due_since(inmate),
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


def _survivor(request, uuid):
    """The person into whom a merged record went, if this user may see them; else 404."""
    with signed_context.beyond(
        "merge"
    ):  # which record it went into; whether that one opens, the reader's own scope says
        merged = Inmate.objects.filter(uuid=uuid, merged_into__isnull=False).select_related("merged_into").first()
        kept = merged.survivor() if merged is not None else None
    if kept is None:
        raise Http404
    return visible_person(request, kept.uuid)


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
