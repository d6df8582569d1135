"""The two tabs of the profile that custody fills: stay and sentence, conduct and contacts."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.gate import needs
from audit import trail
from inmates.acting import visible_person
from inmates.custody import contacts
from inmates.custody.holds import holds
from inmates.custody.models import IncidentPerson, KeepApart
from inmates.people.models import Inmate
from inmates.sentences.models import Case, Sentence
from inmates.sentences.wording import Step, describe


@needs("inmates.view_record")
def custody(request, uuid):
    """Stays, orders, legal status, cases, sentences, and every calculation of the release date in words."""
    inmate = visible_person(request, uuid)
    trail.viewed("custody", by=request.user, inmate=inmate)
    user, here = request.user, inmate.facility
    sentences = Sentence.objects.prefetch_related("remand_periods", "adjustments")
    computations = list(inmate.release_computations.all()[:10])
    return render(
        request,
        "inmates/custody/tab_custody.html",
        {
            "inmate": inmate,
            "tab": "inmates:tab_custody",
            "stays": inmate.admissions.select_related("facility", "order", "admitted_by", "released_by").order_by(
                "-admitted_at"
            ),
            "numbers": inmate.registration_numbers.select_related("facility").order_by("-id"),
            "placements": inmate.placements.select_related("facility", "unit").order_by("-during")[:20],
            "orders": inmate.detention_orders.select_related("case").order_by("-issued_on", "-id"),
            "statuses": inmate.legal_statuses.order_by("-starts_on"),
            "cases": Case.objects.filter(inmate=inmate)
            .prefetch_related("offences", "fines", Prefetch("sentences", sentences))
            .order_by("-id"),
            "holding": holds(inmate) if inmate.held else [],
            "computations": [
                (one, [describe(Step.read(step)) for step in one.steps], CAUSES.get(one.cause, one.cause))
                for one in computations
            ],
            "settlement": inmate.settlements.filter(ended_at=None).select_related("settled_by").first(),
            "may_outing": user.can("inmates.record_outing", at=here),
            "may_sentence": user.can("inmates.manage_sentences", at=here),
            "may_settle": user.can("inmates.settle_release_date", at=here)
            and inmate.release_basis in (Inmate.ReleaseBasis.UNSETTLED, Inmate.ReleaseBasis.SETTLED),
        },
    )


@needs("inmates.view_record")
def conduct(request, uuid):
    """Incidents, separation, keep-apart duties, visits and calls against what the regime promises."""
    inmate = visible_person(request, uuid)
    trail.viewed("conduct", by=request.user, inmate=inmate)
    user, here = request.user, inmate.facility
    regime, promised = contacts.entitlements(inmate)
    duties = KeepApart.objects.of(inmate).select_related(
        "first__facility", "second__facility", "first__unit", "second__unit"
    )
    return render(
        request,
        "inmates/custody/tab_conduct.html",
        {
            "inmate": inmate,
            "tab": "inmates:tab_conduct",
            "parts": IncidentPerson.objects.filter(inmate=inmate)
            .select_related("incident__facility", "incident__unit")
            .order_by("-incident__happened_at")[:30],
            "separations": inmate.separations.select_related("authorised_by")
            .prefetch_related("days")
            .order_by("-began_on"),
            "duties": [
                (duty, other_of(duty, inmate), may_name(user, other_of(duty, inmate)))
                for duty in duties.order_by("closed_on", "-opened_on")
            ],
            "contacts": inmate.contacts.order_by("-on", "-id")[:30],
            "outings": inmate.outings.select_related("case").order_by("-id")[:20],
            "regime": regime,
            "promised": promised,
            "may_contact": user.can("inmates.record_contact", at=here) and inmate.held,
            "may_outing": user.can("inmates.record_outing", at=here) and inmate.held,
            "may_incident": user.can("inmates.record_incident", at=here) and inmate.held,
            "may_separate": user.can("inmates.authorise_separation", at=here) and inmate.held,
            "may_keep_apart": user.can("inmates.manage_keep_apart", at=here),
        },
    )


CAUSES = {
    "admission": _("admission"),
    "sentence": _("sentence recorded"),
    "settlement": _("date settled"),
    "pardon": _("royal pardon"),
    "relation": _("relation of sentences"),
    "case closed": _("case closed"),
}


def other_of(duty, inmate):
    """The other person of a keep-apart pair."""
    return duty.second if duty.first_id == inmate.pk else duty.first


def may_name(user, other):
    """Whether this user may read who the other person is."""
    return user.sees_nation or other.facility_id in user.facility_ids
