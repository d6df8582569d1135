"""What was found before: a person's previous assessment, and their part in incidents since."""

from inmates.classification.models import Assessment
from inmates.conditions.models import IncidentPerson


def previous_assessment(inmate, *, than=None):
    """The last assessment handed in before `than` (any), with its findings by domain on `.by_domain`; or None."""
    earlier = Assessment.objects.submitted().filter(inmate=inmate).select_related("assessor")
    if than is not None:
        earlier = earlier.exclude(pk=than.pk)
        if than.submitted_at is not None:
            earlier = earlier.filter(submitted_at__lt=than.submitted_at)
    previous = earlier.prefetch_related("findings").first()
    if previous is not None:
        previous.by_domain = {finding.domain: finding for finding in previous.findings.all()}
    return previous


def incidents_since(inmate, previous, until=None):
    """The person's parts in incidents since the previous assessment, or ever, newest first, at most twenty.

    `until`: the moment of a decision already made, so that its page shows what was known then.
    """
    parts = IncidentPerson.objects.filter(inmate=inmate).select_related("incident")
    if previous is not None:
        parts = parts.filter(incident__happened_at__gte=previous.submitted_at)
    if until is not None:
        parts = parts.filter(incident__recorded_at__lte=until)
    return parts.order_by("-incident__happened_at")[:20]
