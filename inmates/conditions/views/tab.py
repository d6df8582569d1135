"""The tab of the profile about conduct and contacts."""

from django.shortcuts import render

from audit import signed_context, trail
from config import clock
from core.permissions import requires
from inmates.conditions import entitlements
from inmates.conditions.models import IncidentPerson
from inmates.custody.models import KeepApart
from inmates.custody.placement_rules import may_name, other_of
from inmates.people.need_to_know import may_read_health
from inmates.people.visible import visible_person


@requires("inmates.view_record")
def conduct(request, uuid):
    """Incidents, separation, keep-apart duties, visits and calls against what the regime promises."""
    inmate = visible_person(request, uuid)
    trail.viewed("conduct", by=request.user, inmate=inmate)
    user, here = request.user, inmate.facility
    regime, promised = entitlements.entitlements(inmate)
    duties = KeepApart.objects.of(inmate).select_related(
        "first__facility", "second__facility", "first__unit", "second__unit"
    )
    duties = signed_context.across("keep apart", duties.order_by("closed_on", "-opened_on"))
    return render(
        request,
        "inmates/conditions/tab_conduct.html",
        {
            "inmate": inmate,
            "tab": "inmates:tab_conduct",
            "parts": IncidentPerson.objects.filter(inmate=inmate)
            .select_related("incident__facility", "incident__unit")
            .order_by("-incident__happened_at")[:30],
            "separations": inmate.separations.select_related("authorised_by", "emergency_by")
            .prefetch_related("days")
            .order_by("-began_on"),
            "duties": [(duty, other_of(duty, inmate), may_name(user, other_of(duty, inmate))) for duty in duties],
            "contacts": inmate.contacts.select_related("despite").order_by("-on", "-id")[:30],
            "orders": inmate.no_communications.order_by("-until", "-id")[:10],
            "today": clock.today(),
            "may_sentence": user.can("inmates.manage_sentences", at=here) and inmate.held,
            "outings": inmate.outings.select_related("case", "destination").order_by("-id")[:20],
            "regime": regime,
            "promised": promised,
            "may_contact": user.can("inmates.record_contact", at=here) and inmate.held,
            "may_outing": user.can("inmates.record_outing", at=here) and inmate.held,
            "may_incident": user.can("inmates.record_incident", at=here) and inmate.held,
            "may_separate": user.can("inmates.authorise_separation", at=here) and inmate.held,
            "may_separate_now": user.can("inmates.record_separation", at=here) and inmate.held,
            "may_bar": user.can("inmates.record_separation", at=here),
            "bars": inmate.separation_bars.order_by("-starts_on") if may_read_health(user) else None,
            "may_keep_apart": user.can("inmates.manage_keep_apart", at=here),
        },
    )
