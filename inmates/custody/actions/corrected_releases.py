"""Corrections and the door: those that wait while somebody is released, and those that say afterwards it was another day."""

from django.utils import timezone

from inmates.custody import sayings
from inmates.custody.models import Admission
from inmates.people.actions.alerts import raise_alert
from inmates.people.models import Alert, Inmate

Ground = Admission.Ground
ON_THE_DAY = (Ground.TERM_SERVED, Ground.PARDON)  # grounds on which somebody leaves when the term ends
BEFORE_IT = (Ground.CONDITIONAL, Ground.PROVISIONAL, Ground.JUDICIAL)  # on which somebody may leave sooner


def tell_of_another_day(correction, *, by):
    """Whoever was released on another day than the corrected record gives: the prison and the national office are told.

    Leaving before the end is no fault where the ground allows it; leaving after it is, on whatever ground.
    """
    if correction.inmate_id is None or not {"release_date", "pardon"} & set(correction.moves):
        return
    ungranted = "pardon" in correction.moves and correction.state != correction.State.REFUSED
    _tell(correction.inmate_id, f"correction {correction.pk}", ungranted=ungranted)


def tell_of_a_corrected_pardon(pardon, *, by):
    """The same of whoever was released before the pardon of their term was corrected by another one."""
    _tell(pardon.inmate_id, f"pardon {pardon.pk}")


def _tell(person, reference, *, ungranted=False):
    inmate = Inmate.objects.get(pk=person)
    stay = inmate.admissions.select_related(None).order_by("-admitted_at").first()
    if stay is None or stay.released_at is None or stay.ground not in (*ON_THE_DAY, *BEFORE_IT):
        return
    day, end = timezone.localdate(stay.released_at), inmate.release_on
    if ungranted and stay.ground == Ground.PARDON:
        said = sayings.FREED_WITHOUT_PARDON(day=day)
    elif end is None and stay.ground in ON_THE_DAY:
        said = sayings.NO_END_BY_CORRECTION(day=day)
    elif end is not None and end < day:
        said = sayings.HELD_TOO_LONG(day=day, end=end)
    elif end is not None and end > day and stay.ground in ON_THE_DAY:
        said = sayings.FREED_EARLY(day=day, end=end)
    else:
        return
    for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL):
        raise_alert(inmate, Alert.Kind.RELEASE_CORRECTED, audience, f"{reference}:{end}", said)
