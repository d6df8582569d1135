"""SQL of the application's own database user against four eyes and history: custody, conditions, classification.

Each table begins with acts as the pages do them; then every statement is tried for itself, with the rights of the
application, and taken back. Beside what is refused stand lawful neighbours that go through.
"""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from config import clock
from facilities.models import Unit
from inmates.classification.actions import appeals
from inmates.classification.actions.imported_decisions import import_decision
from inmates.conditions.actions import incidents, separations
from inmates.conditions.models import Incident
from inmates.custody.actions import keep_apart, releases
from inmates.people import corrections
from inmates.people.actions import corrections as correcting
from inmates.people.models import Inmate
from inmates.roll_counts import actions as roll_counts
from inmates.transfers import actions as transfers
from tests import factories
from tests.application_rights import application_rights
from tests.inmates.classification.conftest import decided, submitted
from tests.security.statements import WHY, copied, each, every, refused


def test_custody(prison, other_prison, unit, officer, officer2, officer_too, director, director2):
    asked, agreed, gone, arrived, freed, held = (factories.make_inmate(unit, by=officer) for _ in range(6))
    reason = {"destination": other_prison, "reason": "capacity"}
    asked_for = transfers.propose(asked, **reason, by=officer)
    approved = transfers.approve(transfers.propose(agreed, **reason, by=officer), by=director)
    ways = []
    for person in (gone, arrived):
        way = transfers.approve(transfers.propose(person, **reason, by=officer), by=director)
        way = transfers.depart(transfers.accept(way, by=director2), at=factories.ago(1), by=officer)
        ways.append(way)
    departed, over = (
        ways[0],
        transfers.arrive(ways[1], unit=other_prison.units.get(), registration_number="77", by=director2),
    )
    pair = keep_apart.open_pair(held, asked, scope="unit", reason=WHY, by=director)
    counted = {one.pk: 5 for one in prison.units.all()}
    unexplained = roll_counts.record(prison, counted=counted, by=officer)
    signed = roll_counts.sign(roll_counts.record(prison, counted=counted, explanation=WHY, by=officer), by=director)
    stay = releases.release(freed, ground="judicial", reference="Ord. 5", before_term=True, by=director)
    place, here = held.placements.get(), held.admissions.get()
    values = {
        "other": officer_too.pk, "director": director.pk, "person": held.pk, "asked": asked_for.pk, "approved": approved.pk,
        "departed": departed.pk, "over": over.pk, "signed": signed.pk, "unexplained": unexplained.pk, "stay": stay.pk,
        "place": place.pk, "here": here.pk, "pair": pair.pk, "elsewhere": prison.units.get(name="B").pk,
        "unit": other_prison.units.get().pk,
    }  # fmt: skip
    assert every(
        [
            "UPDATE inmates_transfer SET approved_by_id = NULL, approved_at = NULL WHERE id = %(approved)s",
            "UPDATE inmates_transfer SET approved_by_id = NULL, approved_at = NULL WHERE id = %(departed)s",
            "UPDATE inmates_transfer SET approved_by_id = %(other)s WHERE id = %(approved)s",
            "UPDATE inmates_transfer SET national = true, approved_at = now(), state = 'approved' WHERE id = %(asked)s",
            "UPDATE inmates_transfer SET state = 'approved' WHERE id = %(asked)s",
            "UPDATE inmates_transfer SET state = 'departed', departed_at = now() WHERE id = %(asked)s",
            "UPDATE inmates_transfer SET proposed_by_id = %(other)s WHERE id = %(asked)s",
            "UPDATE inmates_transfer SET inmate_id = %(person)s WHERE id = %(approved)s",
            "UPDATE inmates_transfer SET origin_id = origin_id + 1000 WHERE id = %(approved)s",
            "UPDATE inmates_transfer SET file_at_departure = '{\"tier\": 3}' WHERE id = %(departed)s",
            "UPDATE inmates_transfer SET note = 'x' WHERE id = %(over)s",
            "DELETE FROM inmates_transfer WHERE id = %(asked)s",
            copied("inmates_transfer", approved.pk, inmate_id=held.pk),
            "UPDATE inmates_rollcount SET counted_by_id = %(other)s WHERE id = %(unexplained)s",
            "UPDATE inmates_rollcount SET signed_by_id = %(other)s WHERE id = %(signed)s",
            "UPDATE inmates_rollcount SET explanation = 'none' WHERE id = %(signed)s",
            "UPDATE inmates_rollcount SET signed_by_id = %(director)s, signed_at = now() WHERE id = %(unexplained)s",
            "UPDATE inmates_rollcountline SET counted = counted + 1 WHERE count_id = %(signed)s",
            'INSERT INTO inmates_rollcountline (count_id, unit_id, placed, "out", counted)'
            " VALUES (%(signed)s, %(unit)s, 0, 0, 0)",
            copied("inmates_rollcount", signed.pk),
            "UPDATE inmates_placement SET unit_id = %(elsewhere)s WHERE id = %(place)s",
            "UPDATE inmates_placement SET placed_by_id = %(other)s WHERE id = %(place)s",
            "UPDATE inmates_placement SET during = tstzrange(lower(during) - interval '9 days', NULL) WHERE id = %(place)s",
            "DELETE FROM inmates_placement WHERE id = %(place)s",
            "UPDATE inmates_admission SET admitted_by_id = %(other)s WHERE id = %(here)s",
            "UPDATE inmates_admission SET admitted_at = admitted_at + interval '9 days' WHERE id = %(here)s",
            "UPDATE inmates_placement SET during = tstzrange(lower(during), now()) WHERE id = %(place)s;"
            " UPDATE inmates_inmate SET status = 'absent', unit_id = NULL WHERE id = %(person)s",
            "UPDATE inmates_admission SET released_at = released_at - interval '1 hour' WHERE id = %(stay)s",
            "UPDATE inmates_admission SET released_at = NULL, released_by_id = NULL, ground = '', release_document_id = NULL,"
            " release_file = NULL, identity_check = '', property_return = '' WHERE id = %(stay)s",
            "UPDATE inmates_admission SET released_by_id = %(other)s WHERE id = %(stay)s",
            "UPDATE inmates_keepapart SET reason = 'x' WHERE id = %(pair)s",
            "DELETE FROM inmates_admission WHERE id = %(here)s",
        ],
        **values,
    ) == []  # fmt: skip
    assert each(
        [
            "UPDATE inmates_transfer SET approved_by_id = %(director)s, approved_at = now(), state = 'approved'"
            " WHERE id = %(asked)s",
            "UPDATE inmates_transfer SET state = 'cancelled', refusal = 'no_place', ended_at = now(), ended_by_id = %(other)s"
            " WHERE id = %(approved)s",
            "UPDATE inmates_rollcount SET explanation = 'Two in hospital' WHERE id = %(unexplained)s",
            "UPDATE inmates_admission SET released_at = now(), released_by_id = %(director)s, ground = 'pardon'"
            " WHERE id = %(here)s; UPDATE inmates_placement SET during = tstzrange(lower(during), now()) WHERE id = %(place)s;"
            " UPDATE inmates_inmate SET status = 'released', unit_id = NULL, next_review_on = NULL WHERE id = %(person)s",
        ],
        by=director,
        **values,
    ) == []  # fmt: skip
    approving = (
        "UPDATE inmates_transfer SET approved_by_id = %(director)s, approved_at = now(), state = 'approved'"
        " WHERE id = %(asked)s"
    )  # fmt: skip
    assert refused(approving, **values)  # signed for somebody who is not there
    assert refused(approving, officer, **values)


def test_a_release_taken_back_by_a_correction(inmate, officer, director):
    def at_its_end(by, act):
        with transaction.atomic(), application_rights(by):
            done = act()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return done

    way = {"ground": "judicial", "reference": "Ord. 5", "at": factories.ago(1)}
    back = {"why": WHY, "paper": "Letter 5", "by": officer}
    stay = at_its_end(officer, lambda: releases.release(inmate, **way, by=officer))
    made = at_its_end(officer, lambda: correcting.annul(corrections.find("release"), stay, **back))
    at_its_end(director, lambda: correcting.confirm(made, by=director))
    stay.refresh_from_db()
    assert stay.released_at is None
    again = at_its_end(
        officer, lambda: releases.release(Inmate.objects.get(pk=inmate.pk), **way | {"at": None}, by=officer)
    )
    undone = "UPDATE inmates_admission SET released_at = released_at - interval '1 hour' WHERE id = %(stay)s"
    assert refused(undone, officer, stay=again.pk)  # the correction was of the release before


def test_conditions(prison, unit, inmate, officer, officer_too, director):
    incident = incidents.record(
        Incident(facility=prison, kind="threat", account=WHY, happened_at=factories.ago(1)),
        people=[(inmate, "author"), (factories.make_inmate(unit, by=officer), "victim")],
        by=officer,
    )
    part, open_part = incident.people.order_by("pk")
    incidents.decide(part, outcome="warning", reason=WHY, by=director)
    cell = factories.UnitFactory(facility=prison, name="S", purpose=Unit.Purpose.SEPARATION)
    emergency = separations.separate_in_emergency(inmate, unit=cell, why=WHY, by=officer)
    values = {"part": part.pk, "open": open_part.pk, "incident": incident.pk, "officer": officer.pk, "other": officer_too.pk,
              "director": director.pk, "emergency": emergency.pk}  # fmt: skip
    by_whom = "UPDATE inmates_incidentperson SET outcome = 'loss', outcome_reason = 'x', decided_on = now(), decided_by_id = {}"
    assert every(
        [
            by_whom.format("%(officer)s WHERE id = %(open)s"),  # one's own
            "UPDATE inmates_incidentperson SET outcome = 'none' WHERE id = %(part)s",
            "UPDATE inmates_incidentperson SET decided_by_id = %(other)s WHERE id = %(part)s",
            "UPDATE inmates_incidentperson SET outcome = '', decided_by_id = NULL, decided_on = NULL WHERE id = %(part)s",
            "UPDATE inmates_incident SET recorded_by_id = %(other)s WHERE id = %(incident)s",
            "DELETE FROM inmates_incidentperson WHERE id = %(open)s",
            "UPDATE inmates_separation SET emergency_by_id = %(other)s WHERE id = %(emergency)s",
            "UPDATE inmates_separation SET authorised_by_id = %(officer)s WHERE id = %(emergency)s",
            "UPDATE inmates_separation SET began_on = began_on + 3 WHERE id = %(emergency)s",
        ],
        **values,
    ) == []  # fmt: skip
    assert each(
        [
            by_whom.format("%(director)s WHERE id = %(open)s"),
            "UPDATE inmates_incident SET account = 'gAAAAPutRight' WHERE id = %(incident)s",
            "UPDATE inmates_separation SET authorised_by_id = %(director)s WHERE id = %(emergency)s",
        ],
        by=director,
        **values,
    ) == []  # fmt: skip


def test_classification(inmate, unit, officer, officer_too, assessor, reviewer, reviewer2):
    decision = decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer)
    appeal = appeals.record_appeal(decision, made_on=clock.today(), grounds="لست خطيرا", by=officer)
    appeals.decide_appeal(appeal, outcome="upheld", reasons=WHY, by=reviewer2)
    waiting = submitted(factories.make_inmate(unit, by=officer), assessor=assessor)
    review = decision.review
    values = {"decision": decision.pk, "review": review.pk, "assessment": review.assessment_id, "waiting": waiting.pk,
              "notice": decision.notice.pk, "appeal": appeal.pk, "assessor": assessor.pk, "other": reviewer2.pk,
              "person": waiting.inmate_id, "reviewer": reviewer.pk}  # fmt: skip
    stay = waiting.inmate.admissions.get().pk
    assert every(
        [
            "UPDATE inmates_assessment SET reasons = 'gAAAAx' WHERE id = %(assessment)s",
            "UPDATE inmates_assessment SET proposed_tier = 3 WHERE id = %(assessment)s",
            "UPDATE inmates_assessment SET submitted_at = NULL WHERE id = %(assessment)s",
            "UPDATE inmates_finding SET rating = 'gAAAAx' WHERE assessment_id = %(assessment)s",
            "DELETE FROM inmates_finding WHERE assessment_id = %(assessment)s",
            "INSERT INTO inmates_finding (assessment_id, domain, rating, established, evidence, source)"
            " VALUES (%(assessment)s, 'finance', 'marked', true, 'x', 'x')",
            "UPDATE inmates_review SET state = 'submitted', decided_by_id = NULL, decided_at = NULL WHERE id = %(review)s",
            "UPDATE inmates_review SET decided_by_id = %(other)s WHERE id = %(review)s",
            "UPDATE inmates_review SET assessor_id = %(other)s WHERE id = %(waiting)s",
            "UPDATE inmates_review SET state = 'decided', decided_at = now(), decided_by_id = %(assessor)s"
            " WHERE id = %(waiting)s",
            "UPDATE inmates_tierdecision SET tier = 3 WHERE id = %(decision)s",
            "UPDATE inmates_tierdecision SET reasons = 'gAAAAOther' WHERE id = %(decision)s",
            "UPDATE inmates_tierdecision SET decided_by_id = %(other)s WHERE id = %(decision)s",
            "DELETE FROM inmates_tierdecision WHERE id = %(decision)s",
            copied("inmates_tierdecision", decision.pk, inmate_id=waiting.inmate_id, admission_id=stay, review_id=waiting.pk),
            copied("inmates_tierdecision", decision.pk, review_id="NULL", origin="'appeal'"),
            "UPDATE inmates_notice SET served_on = served_on - 20 WHERE id = %(notice)s",
            "UPDATE inmates_appeal SET outcome = 'changed' WHERE id = %(appeal)s",
            "UPDATE inmates_appeal SET decided_by_id = %(assessor)s WHERE id = %(appeal)s",
            "UPDATE inmates_inmate SET tier = 3, tier_since = now() WHERE id = %(person)s",
        ],
        **values,
    ) == []  # fmt: skip
    assert each(
        [
            "UPDATE inmates_review SET state = 'decided', decided_at = now(), decided_by_id = %(reviewer)s"
            " WHERE id = %(waiting)s",
            "UPDATE inmates_tierdecision SET suspended_on = now(), suspended_by_id = %(other)s WHERE id = %(decision)s",
        ],
        by=reviewer,
        **values,
    ) == []  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_decision_of_before_is_not_invented(inmate, officer, assessor, reviewer):
    paper = {"tier": 3, "decided_on": clock.today(), "reasons": "Paper file.", "assessor": assessor, "decided_by": reviewer,
             "next_review_on": clock.today() + timedelta(days=90)}  # fmt: skip
    with (
        pytest.raises(Error, match="imported together with its stay"),
        transaction.atomic(),
        application_rights(officer),
    ):
        import_decision(inmate, **paper)
    with transaction.atomic(), application_rights(officer):
        newcomer = factories.make_inmate(inmate.unit, by=officer)
        import_decision(newcomer, **paper)
    assert Inmate.objects.get(pk=newcomer.pk).tier == 3
