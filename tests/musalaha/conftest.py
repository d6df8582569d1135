"""A programme unit, a round open to applicants, and people in tier 2 who may ask."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from accounts import roles
from audit.models import Event
from config import clock
from facilities.models import Unit
from inmates.classification.actions.imported_decisions import import_decision
from inmates.custody.models import Admission, DetentionOrder
from inmates.people.models import Inmate
from inmates.sentences.models import Pardon
from musalaha.actions import applications, cohorts, pardon_follow_through
from musalaha.actions import sessions as session_actions
from musalaha.models import Application, Cohort, Enrolment
from tests import factories


@pytest.fixture(autouse=True)
def _english():
    """Messages are read in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def programme_unit(prison):
    """A programme unit of `sale-2` with 40 places."""
    return factories.UnitFactory(
        facility=prison, name="P", purpose=Unit.Purpose.PROGRAMME, certified_capacity=40, working_capacity=40
    )


@pytest.fixture
def cohort(programme_unit, coordinator):
    """Round 3, open, 20 places, to start today."""
    cohort = cohorts.plan_cohort(
        3,
        facility=programme_unit.facility,
        unit=programme_unit,
        starts_on=clock.today(),
        capacity=20,
        by=coordinator,
    )
    return cohorts.open_cohort(cohort, by=coordinator)


@pytest.fixture
def person(unit, officer):
    """Make somebody finally convicted, in tier 2 unless said otherwise, in unit A."""

    def make(tier=2, **fields):
        inmate = factories.make_inmate(fields.pop("unit", unit), by=officer, **fields)
        Inmate.objects.filter(pk=inmate.pk).update(
            tier=tier, tier_since=clock.today() if tier else None, next_review_on=clock.today() + timedelta(days=60)
        )
        return Inmate.objects.get(pk=inmate.pk)

    return make


@pytest.fixture
def apply(officer):
    """Record somebody's own application, asked today."""

    def record(inmate, **fields):
        fields = {"asked_on": clock.today(), "statement": "أريد المشاركة", "by": officer} | fields
        return applications.record_application(inmate, **fields)

    return record


@pytest.fixture
def accepted(person, apply, cohort, coordinator):
    """Make somebody with a place in the round."""

    def make(**fields):
        return applications.accept(apply(person(**fields)), cohort=cohort, by=coordinator)

    return make


@pytest.fixture
def running(accepted, cohort, coordinator):
    """The round under way with three people."""
    for _n in range(3):
        accepted()
    return cohorts.start_cohort(cohort, by=coordinator)


@pytest.fixture
def coordinator2(db):
    """Another coordinator."""
    return factories.make_user(roles.COORDINATOR, username="coordinator2")


def refused(field, act, **fields):
    """The act is refused at this field."""
    with pytest.raises(ValidationError) as refusal:
        act(**fields)
    assert list(refusal.value.message_dict) == [field]


def written(*prefixes, **of):
    """`[(verb, actor, detail), ...]` in order."""
    events = Event.objects.filter(**of).order_by("pk").values_list("verb", "actor_id", "detail")
    return [row for row in events if row[0].startswith(prefixes)]


def past(cohort, *, strand="rights", days=1, **fields):
    """A session of some days ago, in a round that began before it."""
    Cohort.objects.filter(pk=cohort.pk).update(started_on=clock.today() - timedelta(days=30))
    cohort.enrolments.update(started_on=clock.today() - timedelta(days=30))
    cohort.refresh_from_db()
    return cohort.sessions.create(starts_at=factories.ago(days), strand=strand, title=f"{strand} {days}", **fields)


def mark(session, by, **marks):
    people = list(session.cohort.enrolments.order_by("pk"))
    return session_actions.mark_attendance(
        session,
        marks={
            people[int(n[1:])].pk: (value, "health" if value == "excused" else "", "") for n, value in marks.items()
        },
        by=by,
    )


@pytest.fixture
def freed(unit, officer, coordinator, assessor, reviewer):
    """Somebody released so many days ago in tier 3, a graduate of an earlier round or not."""

    def make(days, *, graduate=False, tier=3):
        at = factories.ago(days)
        inmate = Inmate.objects.create(family_name_latin="F", sex="M", facility=unit.facility, status="released")
        order = DetentionOrder.objects.create(
            inmate=inmate, kind="judgment", authority="x", reference=f"o{inmate.pk}", issued_on=timezone.localdate(at)
        )
        stay = Admission.objects.create(
            inmate=inmate,
            facility=unit.facility,
            order=order,
            admitted_at=at - timedelta(days=900),
            admitted_by=officer,
            released_at=at,
            released_by=officer,
            ground="term_served",
        )
        import_decision(
            inmate,
            tier=tier,
            decided_on=timezone.localdate(at) - timedelta(days=90),
            reasons="Paper file.",
            assessor=assessor,
            decided_by=reviewer,
            next_review_on=timezone.localdate(at),
        )
        if graduate:
            cohort, _new = Cohort.objects.get_or_create(
                number=1,
                defaults={
                    "facility": unit.facility,
                    "unit": unit,
                    "starts_on": date(2015, 1, 1),
                    "ends_on": date(2015, 3, 1),
                    "started_on": date(2015, 1, 1),
                    "completed_on": date(2015, 3, 1),
                    "capacity": 99,
                    "state": "completed",
                },
            )
            application = Application.objects.create(
                inmate=inmate,
                facility=unit.facility,
                asked_on=date(2014, 12, 1),
                statement="x",
                state="closed",
                cohort=cohort,
                recorded_by=coordinator,
            )
            Enrolment.objects.create(
                cohort=cohort,
                inmate=inmate,
                application=application,
                started_on=date(2015, 1, 1),
                ended_on=date(2015, 3, 1),
                outcome="graduated",
            )
        return stay

    return make


@pytest.fixture
def recorded(person, coordinator):
    """Record a pardon for somebody held, whole unless said otherwise."""

    def record(inmate=None, **fields):
        inmate = inmate or person()
        fields = {"prison": "remainder"} | fields
        pardon = Pardon(inmate=inmate, sentence=inmate.sentences.get(), **fields)
        return pardon_follow_through.record_pardon(
            pardon, reference="1-26-77", dated_on=clock.today(), occasion="Throne Day", by=coordinator
        )

    return record
