"""The tab of the profile that custody fills: stay and sentence."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from audit import trail
from config import clock
from core.permissions import requires
from inmates.court_appeals.papers import receipt_number
from inmates.custody import papers
from inmates.custody.civil_imprisonment import GONE, without_ground
from inmates.custody.holds import Hold, holds, term_served_under_appeal
from inmates.custody.release_grounds import how_late
from inmates.custody.whereabouts import held_in
from inmates.people.corrections import issued_before
from inmates.people.models import Inmate
from inmates.people.participation import may_know_participation
from inmates.people.views.corrections import waiting_in_words
from inmates.people.visible import visible_person
from inmates.sentences.models import Case, Sentence
from inmates.sentences.release_dates import bounds
from inmates.sentences.wording import Step, describe


@requires("inmates.view_record")
def custody(request, uuid):
    """Stays, orders, legal status, cases, sentences, and every calculation of the release date in words."""
    inmate = visible_person(request, uuid)
    trail.viewed("custody", by=request.user, inmate=inmate)
    how_late([inmate])
    user, here = request.user, inmate.facility
    sentences = Sentence.objects.prefetch_related("remand_periods", "adjustments").order_by("id")
    computations = list(inmate.release_computations.all()[:10])
    stays = list(
        inmate.admissions.select_related("facility", "order", "admitted_by", "released_by").order_by("-admitted_at")
    )
    outdated = issued_before(inmate)
    for stay in stays:
        stay.disputed = [Hold.read(hold) for hold in (stay.release_file or {}).get("against", ())]
        stay.outdated = stay.released_at and outdated.get(("release_paper", papers.release_number(stay)))
    cases = list(
        Case.objects.filter(inmate=inmate)
        .prefetch_related("offences", "fines__payments", "court_appeals__judgment", Prefetch("sentences", sentences))
        .order_by("-id")
    )
    for appeal in (appeal for case in cases for appeal in case.court_appeals.all() if appeal.by_person_at):
        appeal.outdated = outdated.get(("court_appeal_receipt", receipt_number(appeal)))
    return render(
        request,
        "inmates/custody/tab.html",
        {
            "inmate": inmate,
            "tab": "inmates:tab_custody",
            "stays": stays,
            "left": stays[0] if stays and stays[0].released_at else None,
            "may_release": user.can("inmates.release", at=here),
            "numbers": inmate.registration_numbers.select_related("facility").order_by("-id"),
            "placements": inmate.placements.select_related("facility", "unit").order_by("-during")[:20]
            if may_know_participation(user)
            else None,
            "held_in": None if may_know_participation(user) else held_in(inmate)[:20],
            "orders": inmate.detention_orders.select_related("case", "ended_by")
            .prefetch_related("events")
            .order_by("-issued_on", "-id"),
            "statuses": inmate.legal_statuses.order_by("-starts_on"),
            "cases": cases,
            "without_ground": {
                order.pk
                for order, said in without_ground(inmate, inmate.detention_orders.all()).items()
                if said == GONE
            },
            "holding": holds(inmate) if inmate.status in Inmate.ON_REGISTER else [],  # at large too
            "corrections_waiting": waiting_in_words(inmate, user),
            "bounds": bounds(inmate),
            "today": clock.today(),
            "served_under_appeal": term_served_under_appeal(inmate) if inmate.held else [],
            "computations": [
                (one, [describe(Step.read(step)) for step in one.steps], CAUSES.get(one.cause, one.cause))
                for one in computations
            ],
            "settlement": inmate.settlements.filter(ended_at=None).select_related("settled_by").first(),
            "ended_settlements": [
                (one, CAUSES.get(one.ended_why, one.ended_why))
                for one in inmate.settlements.exclude(ended_at=None).order_by("-ended_at")[:10]
            ],
            "may_outing": user.can("inmates.record_outing", at=here),
            "may_sentence": user.can("inmates.manage_sentences", at=here),
            "may_settle": user.can("inmates.settle_release_date", at=here)
            and inmate.release_basis in (Inmate.ReleaseBasis.UNSETTLED, Inmate.ReleaseBasis.SETTLED),
        },
    )


CAUSES = {
    "admission": _("admission"),
    "sentence": _("sentence recorded"),
    "settlement": _("date settled"),
    "pardon": _("royal pardon"),
    "relation": _("relation of sentences"),
    "case": _("case recorded"),
    "case closed": _("case closed"),
    "judgment final": _("judgment final"),
    "suspension revoked": _("suspension revoked"),
    "correction": _("correction"),
    "escape": _("escape"),
    "taken back": _("act taken back"),
    "day of release": _("day of release put right"),
    "at liberty": _("time at liberty"),
    "reduction": _("reduction decided"),
    "remand": _("earlier custody"),
    "judgment on appeal": _("judgment on appeal"),
    "merge": _("records merged"),
    "import": _("register import"),
}
