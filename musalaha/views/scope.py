"""Records that an address names, within the reader's scope."""

from django.shortcuts import get_object_or_404

from musalaha.models import Application, Cohort, Enrolment


def application_of(request, uuid):
    """An application within the reader's scope."""
    applications = Application.objects.visible_to(request.user).select_related(
        "inmate__facility", "inmate__unit", "cohort", "recorded_by", "decided_by", "exception_by", "document"
    )
    return get_object_or_404(applications, uuid=uuid)


def enrolment_of(request, pk):
    """Somebody's part in a round, within the reader's scope."""
    enrolments = Enrolment.objects.visible_to(request.user).select_related(
        "inmate__facility",
        "inmate__unit",
        "cohort__facility",
        "cohort__unit",
        "earlier_unit__facility",
        "application",
        "removal_proposed_by",
        "removal_confirmed_by",
        "removal_appeal_answered_by",
    )
    return get_object_or_404(enrolments, pk=pk)


def cohort_of(number):
    """A round by its number. Rounds are known to all who see the programme; the people in them by scope."""
    return get_object_or_404(Cohort.objects.select_related("facility", "unit"), number=number)
