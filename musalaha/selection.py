"""The selection board: applicants side by side, each with cautions. Earlier refusals and withdrawals are not among them."""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _

from config import clock
from inmates.custody.models import KeepApart, Placement, Transfer
from inmates.people.models import Inmate
from musalaha import eligibility
from musalaha.models import Application

State = Application.State


def board(cohort, user):
    """Open applications that could join this round, in order of request.

    Each has `rules`, `fits`, `hindrances`, `where` and `cautions`.
    """
    applications = list(
        Application.objects.visible_to(user)
        .filter(Q(state__in=Application.UNANSWERED) | Q(state=State.ACCEPTED, cohort=cohort))
        .filter(inmate__sex=cohort.sex)
        .select_related("inmate__facility", "inmate__unit", "inmate__organisation", "cohort")
        .order_by("asked_on", "pk")[:200]
    )
    people = {application.inmate_id: application for application in applications}
    enrolled = set(cohort.applications.filter(state=State.ENROLLED).values_list("inmate_id", flat=True))
    apart = _kept_apart(set(people) | enrolled)
    fellows = _same_cell(people, cohort)
    coming = set(
        Transfer.objects.live()
        .filter(inmate__in=people, destination=cohort.facility)
        .values_list("inmate_id", flat=True)
    )
    names = {pk: inmate.name for pk, inmate in Inmate.objects.in_bulk(set(people) | enrolled).items()}
    known = eligibility.facts(list(people), cohort)
    for application in applications:
        inmate = application.inmate
        application.rules = eligibility.check(inmate, cohort, application=application, known=known)
        application.fits = eligibility.eligible(application.rules)
        application.hindrances = eligibility.against(application.rules)
        application.where = _where(inmate, cohort, inmate.pk in coming)
        application.cautions = [
            _("Non-association: %(name)s") % {"name": names[other]} for other in apart[inmate.pk] if other in names
        ]
        application.cautions += [
            _("Same organisation as %(name)s, who has a place") % {"name": names[other]}
            for other in fellows.get(inmate.pk, ())
            if other in names
        ]
    return applications


def _kept_apart(people):
    """`{person: [others]}` among these people."""
    apart = defaultdict(list)
    for duty in KeepApart.objects.open().filter(first__in=people, second__in=people):
        apart[duty.first_id].append(duty.second_id)
        apart[duty.second_id].append(duty.first_id)
    return apart


def _same_cell(people, cohort):
    """`{applicant: [those with a place]}` of the same organisation."""
    inside = list(
        Inmate.objects.filter(applications__cohort=cohort, applications__state__in=Application.WITH_A_PLACE)
        .exclude(organisation=None)
        .values_list("pk", "organisation_id")
    )
    by_organisation = defaultdict(list)
    for pk, organisation in inside:
        by_organisation[organisation].append(pk)
    return {
        pk: [other for other in by_organisation[application.inmate.organisation_id] if other != pk][:3]
        for pk, application in people.items()
        if application.inmate.organisation_id in by_organisation
    }


def _where(inmate, cohort, coming):
    """Distance from the host prison, as a code and in words: here, on the way, same region, far."""
    if inmate.facility_id == cohort.facility_id:
        return "here", _("Host prison")
    if coming:
        return "coming", _("Transfer under way")
    if inmate.facility and inmate.facility.region_id == cohort.facility.region_id:
        return "region", _("Same region: transfer first")
    return "far", _("Another region: transfer first")


def others_in_unit(cohort):
    """Number of people who live in the programme unit without taking part."""
    return (
        Placement.objects.current()
        .filter(unit=cohort.unit)
        .exclude(inmate__enrolments__in=cohort.enrolments.filter(ended_on=None))
        .count()
    )


def next_sessions(cohort, limit=6):
    """Sessions of today and after."""
    return cohort.sessions.filter(starts_at__gte=clock.midnight(clock.today()), cancelled_reason="").order_by(
        "starts_at"
    )[:limit]
