"""SQL of the application's own user against what lists read of a person, which follows from the rows beneath.

Acts are done with the application's rights, and what the database looks at when a transaction ends it looks at here after each.
"""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit import signed_context
from config import clock
from config.database import APP_ROLE
from inmates.classification.actions import triggers
from inmates.classification.in_force import disagreements as of_classification
from inmates.custody.actions import legal_status, outings, placements, releases
from inmates.custody.derived_columns import disagreements as of_custody
from inmates.duplicates.actions import merges
from inmates.people import corrections
from inmates.people.actions import corrections as correcting
from inmates.people.models import Inmate
from inmates.sentences.actions import settle_release_date
from inmates.transfers import actions as transfers
from tests import factories
from tests.application_rights import application_rights, at_its_end
from tests.inmates.classification.conftest import decided
from tests.security.statements import WHY, copied, each, every, refused

PERSON = "UPDATE inmates_inmate SET {} WHERE id = %(person)s"


@contextmanager
def acting(by):
    """A transaction of the application for somebody, with what the database looks at in its end."""
    with transaction.atomic(), application_rights(by):
        yield
        at_its_end()


def fresh(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def agrees():
    return [*of_custody(), *of_classification()] == []


def test_no_column_says_what_no_row_says(prison, other_prison, unit, officer, officer2, assessor, reviewer):
    inmate = factories.make_inmate(unit, by=officer)
    decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer)
    remanded = factories.make_inmate(unit, by=officer, legal_status="remand")
    values = {"person": inmate.pk, "remanded": remanded.pk, "elsewhere": prison.units.get(name="B").pk,
              "prison": other_prison.pk, "there": other_prison.units.get().pk}  # fmt: skip
    columns = [
        "unit_id = %(elsewhere)s",
        "facility_id = %(prison)s",
        "facility_id = %(prison)s, unit_id = %(there)s",
        "status = 'released', unit_id = NULL, next_review_on = NULL",
        "status = 'deceased', unit_id = NULL",
        "status = 'absent', unit_id = NULL",
        "status = 'not_admitted', unit_id = NULL",
        "registration_number = '1'",
        "registration_number = ''",
        "legal_status = 'remand'",
        "legal_status = ''",
        "admitted_on = admitted_on - 400",
        "admitted_on = NULL",
        "release_on = now()",
        "release_on = release_on + 1",
        "release_on = NULL, release_basis = 'life'",
        "release_basis = 'settled'",
        "tier = 3",
        "tier = NULL, tier_since = NULL",
        "tier_since = tier_since - 100",
        "next_review_on = next_review_on + 300",
        "next_review_on = NULL",
    ]
    assert every([PERSON.format(one) for one in columns], by=officer, **values) == []
    final = "UPDATE inmates_inmate SET legal_status = 'convicted_final' WHERE id = %(remanded)s"
    assert refused(final, officer, **values)
    # Written and written back, it says what its rows say; so does what is no copy of anything.
    there_and_back = f"{PERSON.format(columns[0])}; {PERSON.format(f'unit_id = {unit.pk}')}"
    assert each([there_and_back, PERSON.format("birthplace = 'Fès'")], by=officer, **values) == []
    invented = copied("inmates_inmate", inmate.pk, cin="NULL", cin_digest="NULL")
    assert refused(invented, officer)
    nobody = dict.fromkeys(
        ("facility_id", "unit_id", "admitted_on", "tier", "tier_since", "next_review_on", "release_on"), "NULL"
    ) | {"status": "'not_admitted'", "registration_number": "''", "legal_status": "''", "release_basis": "'none'"}
    unadmitted = copied("inmates_inmate", inmate.pk, cin="NULL", cin_digest="NULL", **nobody)
    assert not refused(unadmitted, officer)


def test_no_row_beneath_is_written_alone(prison, unit, officer, director):
    inmate, remanded = (
        factories.make_inmate(unit, by=officer),
        factories.make_inmate(unit, by=officer, legal_status="remand"),
    )
    period, last = inmate.legal_statuses.get(), inmate.release_computations.first()
    number, place, stay = inmate.registration_numbers.get(), inmate.placements.get(), inmate.admissions.get()
    values = {"person": inmate.pk, "place": place.pk, "stay": stay.pk, "number": number.pk, "period": period.pk,
              "remand": remanded.legal_statuses.get().pk, "remanded": remanded.pk, "director": director.pk,
              "on": last.on - timedelta(days=1000), "officer": officer.pk}  # fmt: skip
    left = (
        "UPDATE inmates_placement SET during = tstzrange(lower(during), now()) WHERE id = %(place)s",
        "UPDATE inmates_admission SET released_at = now(), released_by_id = %(director)s, ground = 'pardon' WHERE id = %(stay)s",
        PERSON.format("status = 'released', unit_id = NULL, next_review_on = NULL"),
    )
    computed = copied("inmates_releasecomputation", last.pk, on="%(on)s")
    final = "UPDATE inmates_legalstatusperiod SET status = 'convicted_final' WHERE id = %(remand)s"
    sooner = PERSON.format("release_on = %(on)s")
    settlement = (
        "INSERT INTO inmates_settlement (inmate_id, release_on, reasons, source, answer, settled_by_id, settled_at, ended_why)"
        " VALUES (%(person)s, %(on)s, 'x', 'x', '', {}, now(), '')"
    )
    settled = copied("inmates_releasecomputation", last.pk, on="%(on)s", basis="'settled'")
    settled += f"; {PERSON.format('''release_on = %(on)s, release_basis = 'settled' ''')}"
    assert every(
        [
            *left[:2],
            f"{left[0]}; {left[2]}",
            f"{left[1]}; {left[2]}",
            "UPDATE inmates_registrationnumber SET number = '1' WHERE id = %(number)s",
            "UPDATE inmates_registrationnumber SET annulled_at = now() WHERE id = %(number)s",
            copied("inmates_registrationnumber", number.pk, number="'1'"),
            "UPDATE inmates_legalstatusperiod SET status = 'remand' WHERE id = %(period)s",
            "UPDATE inmates_legalstatusperiod SET annulled_at = now() WHERE id = %(period)s",
            "DELETE FROM inmates_legalstatusperiod WHERE id = %(period)s",
            f"DELETE FROM inmates_legalstatusperiod WHERE id = %(period)s; {PERSON.format('''legal_status = '' ''')}",
            f"{final}; UPDATE inmates_inmate SET legal_status = 'convicted_final' WHERE id = %(remanded)s",
            computed,
            f"{computed}; {sooner}",  # before the sentence is served
            copied("inmates_releasecomputation", last.pk, basis="'none'", on="NULL")
            + f"; {PERSON.format('''release_on = NULL, release_basis = 'none' ''')}",
            settled,  # nobody settled it
            f"{settlement.format('%(officer)s')}; {settled}",  # somebody else
            computed.replace("(", '("id", ', 1).replace("SELECT ", "SELECT 900000000, "),  # the newest for ever
        ],
        by=director,
        **values,
    ) == []  # fmt: skip
    assert each(
        [
            "; ".join(left),
            "UPDATE inmates_registrationnumber SET number = '1' WHERE id = %(number)s; "
            + PERSON.format("registration_number = '1'"),
            copied("inmates_releasecomputation", last.pk, cause="'test'"),
            f"{settlement.format('%(director)s')}; {settled}",
        ],
        by=director,
        **values,
    ) == []  # fmt: skip


def test_nobody_is_absent_without_an_escape_and_no_stay_was_never(unit, officer, director):
    inmate = factories.make_inmate(unit, by=officer)
    values = {"person": inmate.pk, "stay": inmate.admissions.get().pk, "prison": inmate.facility_id, "officer": officer.pk,
              "director": director.pk}  # fmt: skip
    gone = (
        "UPDATE inmates_placement SET during = tstzrange(lower(during), now()) WHERE inmate_id = %(person)s; "
        + PERSON.format("status = 'absent', unit_id = NULL")
    )
    escaped = (
        "INSERT INTO inmates_outing (inmate_id, admission_id, facility_id, kind, place, left_at, outcome, cancelled_reason,"
        " recorded_by_id) VALUES (%(person)s, %(stay)s, %(prison)s, 'escape', '', now(), 'x', '', {})"
    )
    never = (
        "UPDATE inmates_placement SET during = tstzrange(lower(during), now()), annulled_at = now() WHERE inmate_id = %(person)s;"
        " UPDATE inmates_legalstatusperiod SET annulled_at = now() WHERE inmate_id = %(person)s;"
        " UPDATE inmates_registrationnumber SET annulled_at = now() WHERE inmate_id = %(person)s;"
        " UPDATE inmates_admission SET annulled_at = now() WHERE id = %(stay)s; "
        + PERSON.format(
            "status = 'not_admitted', unit_id = NULL, legal_status = '', registration_number = '', admitted_on = NULL,"
            " next_review_on = NULL"
        )
    )
    assert every([gone, f"{escaped.format('%(director)s')}; {gone}", never], officer, **values) == []
    assert not refused(f"{escaped.format('%(officer)s')}; {gone}", officer, **values)
    inmate.detention_orders.update(case=inmate.cases.get())
    with acting(officer):
        stay = inmate.admissions.get()
        made = correcting.annul(corrections.find("admission"), stay, why=WHY, paper="Letter 5", by=officer)
    with acting(director):
        correcting.confirm(made, by=director)
    assert fresh(inmate).status == "not_admitted"
    assert agrees()


def test_the_acts_go_through(prison, other_prison, unit, officer, officer2, director, director2, reviewer, assessor):
    with acting(officer):
        inmate = factories.admitted_by_the_acts(
            unit, {"family_name_latin": "Tazi", "sex": "M"}, **told(officer, legal_status="convicted_final")
        )
    with acting(assessor):
        triggers.ask_for_review(inmate, happened_on=clock.today(), by=assessor)
    with acting(officer):
        placements.place(inmate, unit=prison.units.get(name="B"), by=officer)
    with acting(officer):
        outings.record_escape(fresh(inmate), account="Gone", by=officer)
    assert fresh(inmate).status == "absent"
    with acting(officer):
        outings.record_return(fresh(inmate), unit=unit, by=officer)
    with acting(officer):
        way = transfers.propose(fresh(inmate), destination=other_prison, reason="capacity", by=officer)
    with acting(director):
        way = transfers.approve(way, by=director)
    with acting(director2):
        way = transfers.accept(way, by=director2)
    with acting(officer):
        way = transfers.depart(way, by=officer)
    with acting(director2):
        transfers.arrive(way, unit=other_prison.units.get(), registration_number="77", by=director2)
    moved = fresh(inmate)
    assert (moved.facility, moved.registration_number) == (other_prison, "77")
    with acting(officer2):
        stay = releases.release(moved, ground="judicial", reference="Ord. 5", before_term=True, by=officer2)
    with acting(officer2):
        made = correcting.annul(corrections.find("release"), stay, why=WHY, paper="Letter 5", by=officer2)
    with acting(director2):
        correcting.confirm(made, by=director2)
    assert fresh(inmate).held
    assert agrees()


def told(by, *, legal_status, days_ago=40):
    """What the acts of an admission are told."""
    at = factories.ago(days_ago)
    order = factories.DetentionOrder(
        kind="judgment", authority="Cour d'appel", reference=f"TD-{legal_status}", issued_on=timezone.localdate(at)
    )
    return {"order": order, "at": at, "legal_status": legal_status, "years": 5, "months": 0,
            "sentenced": legal_status != "remand", "number": f"T{days_ago}", "by": by}  # fmt: skip


def test_a_status_a_settlement_and_a_merge_go_through(unit, officer, director, reviewer, settings):
    held = factories.make_inmate(unit, by=officer)
    case = held.cases.get()
    second = factories.Sentence(
        case=case, inmate=held, count=2, years=2, starts_on=clock.today(), pronounced_on=clock.today()
    )
    with acting(officer):
        factories.sentences.pronounce(second, by=officer)
    assert fresh(held).release_basis == "unsettled"
    with acting(director):
        settle_release_date(
            fresh(held), release_on=fresh(held).admitted_on + timedelta(days=365 * 6), reasons=WHY, source="Procureur",
            by=director,
        )  # fmt: skip
    assert fresh(held).release_basis == "settled"
    remanded = factories.make_inmate(unit, by=officer, legal_status="remand", sentenced=False)
    with acting(officer):
        legal_status.change_legal_status(remanded, status="civil_imprisonment", on=clock.today(), by=officer)
    earlier = factories.make_inmate(unit, by=officer, days_ago=900, years=1)
    releases.release(earlier, ground="term_served", at=factories.ago(400), by=officer)
    with acting(officer):
        proposal = merges.propose(fresh(remanded), fresh(earlier), reason=WHY, by=officer)
    with acting(director):
        merges.approve(proposal, by=director)
    kept = fresh(remanded)
    assert (kept.status, kept.registration_number) == ("in_custody", remanded.registration_number)
    absorbed = "UPDATE inmates_inmate SET {} WHERE id = %(absorbed)s"
    statements = [
        "status = 'in_custody', unit_id = %(unit)s",
        "registration_number = '1'",
        "tier = 1, tier_since = now()",
    ]
    assert every([absorbed.format(one) for one in statements], officer, absorbed=earlier.pk, unit=unit.pk) == []
    assert agrees()


@pytest.mark.django_db(transaction=True)
def test_it_is_looked_at_when_the_transaction_ends(inmate, officer):
    def written(**values):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")
            signed_context.as_user(officer)
            assert Inmate.objects.filter(pk=inmate.pk).update(**values) == 1

    with pytest.raises(IntegrityError, match="release_on is not what its rows say"):
        written(release_on=clock.today())
    assert fresh(inmate).release_on == inmate.release_on
    written(birthplace="Fès")
    assert fresh(inmate).birthplace == "Fès"


def test_the_first_review_is_the_policys(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT inmates_first_assessment_days()")
        assert cursor.fetchone()[0] == settings.POLICY["first_assessment_days"]
