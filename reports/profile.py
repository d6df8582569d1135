"""The person on one page: who, where, until when, which tier, what is due, what to beware of; below, each room's own tab."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.gate import needs
from audit import trail
from audit.models import Event
from inmates.acting import visible_person
from inmates.classification.models import TierDecision
from inmates.people.models import Inmate
from inmates.sentences.wording import Step, describe
from musalaha.models import Enrolment
from reports import rooms, verbs

# (name of the room's fragment, label, any of these permissions opens it)
TABS = [
    ("inmates:tab_custody", _("Custody and sentence"), ("inmates.view_record",)),
    ("inmates:tab_classification", _("Classification"), ("inmates.view_classification",)),
    ("inmates:tab_conduct", _("Conduct and contacts"), ("inmates.view_record",)),
    ("musalaha:tab_programme", _("Programme"), ("musalaha.view_programme",)),
    ("inmates:tab_identity", _("Identity"), ("inmates.view_record",)),
    ("timeline", _("Timeline"), ("inmates.view_record",)),
]


def tabs(user, inmate):
    """The tabs this user may open, as `{name, label, url}`."""
    found = []
    for name, label, permissions in TABS:
        if any(user.can(permission) for permission in permissions):
            try:
                found.append({"name": name, "label": label, "url": reverse(name, args=[inmate.uuid])})
            except NoReverseMatch:
                continue
    return found


@needs("inmates.view_record")
def profile(request, uuid):
    """The profile. A record merged into another leads there."""
    people = Inmate.objects.visible_to(request.user).select_related("facility", "unit").annotate(**rooms.flags())
    inmate = people.filter(uuid=uuid).first()
    if inmate is None:
        return redirect(_survivor(request, uuid))
    user = request.user
    trail.viewed("inmate", by=user, inmate=inmate)
    computation = inmate.release_computations.first()
    context = {
        "inmate": inmate,
        "tabs": tabs(user, inmate),
        "offers": rooms.offers(user, inmate),
        "beware": rooms.warnings(user, inmate),
        "sentences": list(inmate.sentences.standing().select_related("case")),
        "steps": [(step.date, describe(step)) for step in map(Step.read, computation.steps)] if computation else [],
        "events": verbs.told(timeline_events(user, inmate).deeds()[:8]),
    }
    if user.can("inmates.view_classification"):
        context["decisions"] = TierDecision.objects.filter(inmate=inmate).select_related("decided_by")[:4]
    if user.can("musalaha.view_programme"):
        context["enrolment"] = (
            Enrolment.objects.filter(inmate=inmate).select_related("cohort").order_by("-started_on").first()
        )
    return render(request, "reports/profile/page.html", context)


def _survivor(request, uuid):
    """The person into whom a merged record went, if this user may see them; else 404."""
    merged = Inmate.objects.filter(uuid=uuid, merged_into__isnull=False).select_related("merged_into").first()
    if merged is None:
        raise Http404
    return visible_person(request, merged.survivor().uuid)


def timeline_events(user, inmate):
    """What this user may read of a person's trail, newest first: nobody reads here what their role may not see elsewhere."""
    events = Event.objects.about(inmate).order_by("-id")
    verbs_allowed = verbs.readable(user)
    if verbs_allowed is not None:
        events = events.filter(verb__in=verbs_allowed)
    return events


@needs("inmates.view_record")
def timeline(request, uuid):
    """Everything done and seen about a person, by kind, page by page."""
    inmate = visible_person(request, uuid)
    events = timeline_events(request.user, inmate)
    kind = request.GET.get("kind", "")
    if kind == "deeds":
        events = events.deeds()
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
            "tabs": tabs(request.user, inmate),
            "tab": "timeline",
            "events": verbs.told(page[:50]),
            "kind": kind,
            "older": page[49].pk if len(page) > 50 else None,
        },
    )
