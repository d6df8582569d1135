"""Made-up rows for tests. People come in through the same actions that the pages use."""

import io
from contextlib import contextmanager
from datetime import date, timedelta
from unittest import mock

import factory
import pikepdf
from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts import roles
from accounts.models import IncompatibleRoles, Posting, User
from config import clock
from documents.cleaning import pages_alone
from facilities.models import Facility, Regime, Region, Unit
from inmates.custody.actions import admissions
from inmates.custody.models import DetentionOrder
from inmates.people.actions import identity as people
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from inmates.sentences.models import Sentence
from tests import written_people

NEEDS_TO_KNOW = mock.Mock(can=lambda permission: True)  # whoever prints a paper with all that it says


def pdf(words="...", pages=1):
    """A PDF as the store keeps it: blank pages, each with some words in its content."""
    with pikepdf.new() as made:
        for _n in range(pages):
            page = made.add_blank_page(page_size=(595, 842))
            page.Contents = made.make_stream(f"% {words}\n".encode())
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
    return pages_alone(out.getvalue())


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "rabat"
    name_fr = "Rabat-Salé-Kénitra"
    name_ar = "الرباط سلا القنيطرة"


class FacilityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Facility
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"prison-{n}")
    name_fr = factory.LazyAttribute(lambda o: o.code.replace("-", " ").title())
    name_ar = factory.LazyAttribute(lambda o: f"سجن {o.code}")
    region = factory.SubFactory(RegionFactory)


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    facility = factory.SubFactory(FacilityFactory)
    name = factory.Sequence(lambda n: f"U{n}")
    tiers = factory.LazyFunction(lambda: [0, 1, 2, 3])
    certified_capacity = 100
    working_capacity = 100


def make_regimes():
    """The three regimes, as every installation has them."""
    Regime.objects.bulk_create(
        [
            Regime(
                tier=tier,
                hours_out_of_cell=hours,
                hours_contact=hours,
                visits_per_month=2 + tier,
                visit_minutes=45,
                calls_per_week=2,
                call_minutes=10,
            )
            for tier, hours in ((1, "3.0"), (2, "5.0"), (3, "8.0"))
        ],
        ignore_conflicts=True,
    )


def also(user, role):
    """The same user with a second role beside, of those that exclude each other too, as an older register may hold it.

    Four eyes are kept act by act, by person: that has to hold whatever roles somebody has.
    """
    IncompatibleRoles.objects.all().delete()
    user.groups.add(Group.objects.get(name=role))
    return user


def make_user(role, *facilities, username=None, **fields):
    """A user in one role, posted to `facilities`; national where the role is."""
    fields.setdefault("national", role in roles.NATIONAL)
    username = username or f"{role.split()[-1]}-{User.objects.count()}"
    user = User.objects.create(username=username, language="en", is_staff=role == roles.SYSADMIN, **fields)
    User.groups.through.objects.create(user=user, group=Group.objects.get(name=role))
    since = clock.today() - timedelta(days=3650)
    Posting.objects.bulk_create(Posting(user=user, facility=facility, starts_on=since) for facility in facilities)
    return User.objects.get(pk=user.pk)


def ago(days):
    """This moment so many days ago, at the same hour on Morocco's clocks, whose offset from UTC changes in between."""
    local = timezone.localtime(clock.now())
    return timezone.make_aware((local - timedelta(days=days)).replace(tzinfo=None))


@contextmanager
def constraints_asked_once():
    """Acts leave constraints to the database, which holds them. Asked beforehand too, they cost a sixth of a made-up person."""
    with mock.patch.object(Model, "validate_constraints", return_value=None):
        yield


_numbers = iter(range(10_000, 10_000_000))


def make_inmate(
    unit, *, by, days_ago=200, years=5, months=0, legal_status="convicted_final", sentenced=True, number=None, **fields
):
    """A person admitted to `unit` `days_ago` days ago and, unless on remand, sentenced from that day on."""
    n = next(_numbers)
    fields.setdefault("family_name_latin", f"Tazi{n}")
    fields.setdefault("given_name_latin", "Omar")
    fields.setdefault("family_name_ar", "التازي")
    fields.setdefault("given_name_ar", "عمر")
    fields.setdefault("sex", "M")
    fields.setdefault("birth_date", date(1985, 3, 1))
    at = ago(days_ago)
    told = {
        "at": at,
        "legal_status": legal_status,
        "years": years,
        "months": months,
        "sentenced": sentenced and legal_status != "remand",
        "number": number or str(n),
        "by": by,
    }
    order = DetentionOrder(
        kind="judgment" if legal_status != "remand" else "remand",
        authority="Cour d'appel de Rabat",
        reference=f"TD-{n}",
        issued_on=timezone.localdate(at),
    )
    if number is None and written_people.is_ordinary(unit, fields, by=by):
        inmate = written_people.written(unit, fields, order=order, **told)
        if inmate is not None:
            return inmate
    return admitted_by_the_acts(unit, fields, order=order, **told)


@constraints_asked_once()
def admitted_by_the_acts(unit, fields, *, at, legal_status, years, months, sentenced, number, order, by):
    """The person as the pages would enter them."""
    inmate, day = people.register(Inmate(**fields), by=by), timezone.localdate(at)
    admissions.admit(
        inmate,
        unit=unit,
        order=order,
        legal_status=legal_status,
        registration_number=number,
        admitted_at=at,
        by=by,
    )
    inmate.refresh_from_db()
    number = f"{order.reference.removeprefix('TD-')}/2610"
    case = sentences.open_case(inmate, court="Rabat", number=number, on_remand=legal_status == "remand", by=by)
    if sentenced:
        sentences.pronounce(
            Sentence(
                case=case,
                inmate=inmate,
                years=years,
                months=months,
                starts_on=day,
                pronounced_on=day,
                final_on=day if legal_status == "convicted_final" else None,
            ),
            by=by,
        )
        # Of a term that was served before it was entered everybody is told at once: a person to test with begins untold.
        for told in (*inmate.alerts.filter(kind="no_title"), *inmate.tasks.filter(kind="no_title")):
            told.delete()
    return Inmate.objects.get(pk=inmate.pk)


def end_case(case, *, by, state="acquitted", on=None):
    """End a case by a decision, having read what stands in it; a judgment that was final is made one that is not."""
    case.sentences.update(final_on=None, final_reference="", pronounced_on=Coalesce("pronounced_on", "starts_on"))
    return sentences.close_case(
        case, state=state, on=on or clock.today(), reference="Arrêt 7/2610", sentence_read=True, by=by
    )
