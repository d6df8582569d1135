"""Places that the law forbids for somebody, told at once: a minor beside adults, a separation that age or health forbids,
a separation unit without an authorisation (Mandela Rules 11, 45; Bangkok Rule 22). A fact is never refused here.
The alerts name no unit: who classifies reads them too, and where somebody was in the past is not for them
(`docs/decisions/fairness.md`).
"""

from datetime import timedelta

from django.db.models import Q

from config import clock
from facilities.models import Unit
from inmates.conditions import sayings
from inmates.conditions.models import Separation
from inmates.custody.models import Placement
from inmates.people.actions.alerts import raise_alert
from inmates.people.models import Alert, Inmate

ADULT_YEARS = 18
Precision = Inmate.BirthPrecision
BOTH = (Alert.Audience.PRISON, Alert.Audience.NATIONAL)


def adults_born_by(day):
    """The last birth date of those who are adults on `day`: whoever is born on 29 February comes of age on 1 March."""
    try:
        return day.replace(year=day.year - ADULT_YEARS)
    except ValueError:
        return day.replace(year=day.year - ADULT_YEARS, day=28)


def minor_on(inmate, day):
    """Whether somebody is under eighteen on `day`, or may be: of whom only the year or month of birth is known (policy)."""
    if inmate.birth_date is None:
        return False
    return inmate.birth_date > _since(adults_born_by(day), inmate.birth_precision)


def _since(day, precision):
    """The last day that a birth date of this precision, stored as the first of its month or year, may name for an adult."""
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1) - timedelta(days=1) if (day.month, day.day) != (12, 31) else day
    if precision == Precision.MONTH:
        return day.replace(day=1) - timedelta(days=1) if (day + timedelta(days=1)).day != 1 else day
    return day


def _young(way=""):
    """The same as a condition of people, or of what leads to them (`way`), for today."""
    of_age = adults_born_by(clock.today())
    found = Q()
    for precision in Precision.values:
        found |= Q(**{f"{way}birth_precision": precision, f"{way}birth_date__gt": _since(of_age, precision)})
    return found


def minors():
    """Everybody in custody who is, or may be, under eighteen today."""
    return Inmate.objects.in_custody().filter(_young())


def check_unit(unit):
    """Alert to each minor of a unit in which an adult lives; returns how many alerts are new. Age not known: an adult."""
    inside = Placement.objects.current().filter(unit=unit).select_related("inmate")
    minors_inside = list(inside.filter(_young("inmate__")))
    if not minors_inside or not inside.exclude(pk__in=[one.pk for one in minors_inside]).exists():
        return 0
    return sum(
        _tell(one.inmate, Alert.Kind.MINOR_WITH_ADULTS, f"place:{one.pk}", sayings.MINOR_WITH_ADULTS())
        for one in minors_inside
    )


def check_place(inmate):
    """Alert to what forbids this person's place of today; returns how many alerts are new."""
    place = Placement.objects.current().filter(inmate=inmate).select_related("unit").first()
    if place is None:
        return 0
    made = check_unit(place.unit)
    separation = inmate.separations.running().first()
    apart = place.unit.purpose == Unit.Purpose.SEPARATION
    if apart and separation is None:
        made += _tell(inmate, Alert.Kind.NOT_AUTHORISED, f"place:{place.pk}", sayings.NOT_AUTHORISED())
    if apart or separation is not None:
        today = clock.today()
        if minor_on(inmate, today) or inmate.separation_bars.on(today).exists():
            reference = f"separation:{separation.pk}" if separation else f"place:{place.pk}"
            made += _tell(inmate, Alert.Kind.BARRED_SEPARATION, reference, sayings.BARRED())
    return made


def people_to_check():
    """Everybody whose place may be forbidden today: minors, those in separation units, those separated."""
    separated = Separation.objects.running().values("inmate")
    wanted = Q(unit__purpose=Unit.Purpose.SEPARATION) | Q(pk__in=separated) | Q(pk__in=minors())
    return Inmate.objects.in_custody().filter(wanted).order_by("pk")


def _tell(inmate, kind, reference, said):
    return sum(raise_alert(inmate, kind, audience, reference, said) for audience in BOTH)
