"""The rows of a person to test with, written at once as the acts would have written them.

Admitting, opening a case and pronouncing take 124 statements, a fifth of what the whole suite took. Here the same rows are
written in some fifteen; `tests/test_written_people.py` compares them with those of the acts, field by field. Whatever is out
of the ordinary (a woman, a minor, a full unit, a term that was served) goes through the acts.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from audit.models import Event
from audit.trail import _seal_on_commit
from config import clock
from facilities.models import UNCLASSIFIED, Unit
from inmates.custody.models import Admission, LegalStatusPeriod, Placement, RegistrationNumber
from inmates.people.actions.identity import sort_key
from inmates.people.models import Inmate
from inmates.people.search import reindex
from inmates.sentences.calculation import Sentenced
from inmates.sentences.models import Case, ReleaseComputation, Sentence
from inmates.sentences.release_dates import concluded
from inmates.terms import Term

ORDINARY = {
    "family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar", "sex", "birth_date", "birthplace",
    "nationality",
}  # fmt: skip
MAY = ("inmates.admit", "inmates.manage_sentences")


def is_ordinary(unit, fields, *, by):
    """Whether nothing about this person, this unit and who enters them needs an act to look at it."""
    return (
        fields.keys() <= ORDINARY
        and fields["sex"] == unit.sex == "M"
        and isinstance(fields["birth_date"], date)
        and fields["birth_date"] < clock.today() - timedelta(days=30 * 366)
        and unit.purpose == Unit.Purpose.TIER
        and UNCLASSIFIED in unit.tiers
        and unit.takes_untried
        and unit.takes_convicted
        and unit.closed_on is None
        and all(by.can(permission, at=unit.facility) for permission in MAY)
        and Placement.objects.current().filter(unit=unit).count() < unit.working_capacity
    )


def written(unit, fields, *, at, legal_status, years, months, sentenced, number, order, by):
    """The person as stored; None, and nothing written, where the term would have been served by now."""
    day, facility = timezone.localdate(at), unit.facility
    sentence = None
    if sentenced:
        final_on = day if legal_status == "convicted_final" else None
        sentence = Sentence(years=years, months=months, starts_on=day, pronounced_on=day, final_on=final_on)
    case = Case(court="Rabat", number=f"{order.reference.removeprefix('TD-')}/2610", on_remand=legal_status == "remand")
    if sentence is not None:
        case.state, case.closed_on = Case.State.CONVICTED, day
        sentence.case = case
        on, basis, steps = concluded([Sentenced(day, Term(years, months))])
        if on is None or on <= clock.today():
            return None
    inmate = Inmate(
        **fields,
        status=Inmate.Status.IN_CUSTODY,
        facility=facility,
        unit=unit,
        registration_number=number,
        legal_status=legal_status,
        admitted_on=day,
        next_review_on=day + timedelta(days=settings.POLICY["first_assessment_days"]),
        release_on=on if sentence else None,
        release_basis=basis if sentence else Inmate.ReleaseBasis.REMAND,
    )
    inmate.sort_key = sort_key(inmate)
    inmate.save()
    reindex(inmate)
    order.inmate = inmate
    order.save()
    stay = Admission.objects.create(inmate=inmate, facility=facility, order=order, admitted_at=at, admitted_by=by)
    RegistrationNumber.objects.create(facility=facility, number=number, inmate=inmate, admission=stay, given_on=day)
    LegalStatusPeriod.objects.create(admission=stay, inmate=inmate, status=legal_status, starts_on=day)
    Placement.objects.create(
        admission=stay,
        inmate=inmate,
        facility=facility,
        unit=unit,
        during=DateTimeTZRange(at, None, "[)"),
        placed_by=by,
    )
    case.inmate = inmate
    case.save()
    _computed(inmate, (None, Inmate.ReleaseBasis.NONE, [], "admission"), (None, Inmate.ReleaseBasis.REMAND, [], "case"))
    told = [
        ("inmate.registered", None, None, {}),
        ("inmate.admitted", facility, stay, {"unit": unit.name, "order": order.kind}),
        ("case.opened", facility, case, {}),
        ("release_date.computed", facility, None, {"to": None, "from": None, "basis": "remand", "cause": "case"}),
    ]
    if sentence is not None:
        sentence.inmate, sentence.case = inmate, case
        sentence.save()
        _computed(inmate, (on, basis, steps, "sentence"))
        computed = {"to": on.isoformat(), "from": None, "basis": basis, "cause": "sentence"}
        told += [
            ("sentence.recorded", facility, sentence, {}),
            ("release_date.computed", facility, None, computed),
        ]
    Event.objects.bulk_create(_event(inmate, *one, by=by) for one in told)
    _seal_on_commit()
    return Inmate.objects.get(pk=inmate.pk)


def _computed(inmate, *dates):
    ReleaseComputation.objects.bulk_create(
        ReleaseComputation(inmate=inmate, on=one, basis=basis, steps=steps, cause=cause)
        for one, basis, steps, cause in dates
    )


def _event(inmate, verb, facility, obj, detail, *, by):
    return Event(
        on=clock.today(),
        actor_id=by.pk,
        actor_name=by.username,
        verb=verb,
        inmate_id=inmate.pk,
        facility_id=facility and facility.pk,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        detail=detail,
    )
