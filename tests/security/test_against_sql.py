"""SQL of the application's own database user against four eyes and history: refused, whatever the pages would say.

Each table begins with acts as the pages do them; then every statement is tried for itself, with the rights of the
application, and taken back. Beside what is refused stand lawful neighbours that go through.
"""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import Error, IntegrityError, connection, transaction

from accounts import roles
from audit import trail
from audit.models import Event
from config import clock
from documents.actions import keep
from facilities.models import Unit
from inmates.classification.actions import appeals
from inmates.classification.actions.imported_decisions import import_decision
from inmates.conditions.actions import incidents, separations
from inmates.conditions.models import Incident
from inmates.custody.actions import keep_apart, releases, roll_counts, transfers
from inmates.people import corrections
from inmates.people.actions import corrections as correcting
from inmates.people.actions import merges
from inmates.people.actions.alerts import raise_alert
from inmates.people.models import ImportBatch, Inmate
from inmates.sentences.models import Pardon
from musalaha.actions import applications, cohorts, enrolments, pardon_files, pardons
from tests import factories
from tests.application_rights import application_rights
from tests.inmates.classification.conftest import decided, submitted

WHY = "For reasons that take more than twenty characters"


class _TakenBack(Exception):
    """Whatever a statement did, it is undone."""


def refused(statement, by=None, **values):
    """Whether the database refuses a statement of the application, at once or at the end of its transaction."""
    try:
        with transaction.atomic(), application_rights(by), connection.cursor() as cursor:
            cursor.execute(statement, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            raise _TakenBack
    except Error as error:
        # The fault must be the rule's: a misspelled column would be refused as well.
        if not isinstance(error, IntegrityError) and "denied" not in str(error) and "owner" not in str(error):
            raise
        return True
    except _TakenBack:
        return False


def every(statements, **values):
    """The statements that are not refused."""
    return [statement for statement in statements if not refused(statement, **values)]


def each(statements, by=None, **values):
    """The statements that are refused, done for `by`."""
    return [statement for statement in statements if refused(statement, by, **values)]


def copied(table, pk, **other):
    """A statement that writes a copy of a row with other values: what an act would have written, invented."""
    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    names.remove("id")
    values = [str(other.get(name, "gen_random_uuid()" if name == "uuid" else f'"{name}"')) for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({listed}) SELECT {', '.join(values)} FROM {table} WHERE id = {pk}"


@pytest.fixture
def officer_too(prison):
    """A second officer of `sale-2`."""
    return factories.make_user(roles.OFFICER, prison, username="officer-too")


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
            "UPDATE inmates_placement SET during = tstzrange(lower(during), now()) WHERE id = %(place)s",
            "UPDATE inmates_admission SET released_at = now(), released_by_id = %(director)s, ground = 'pardon'"
            " WHERE id = %(here)s",
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
            "UPDATE inmates_incident SET account = 'Put right' WHERE id = %(incident)s",
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
            "UPDATE inmates_assessment SET reasons = 'x' WHERE id = %(assessment)s",
            "UPDATE inmates_assessment SET proposed_tier = 3 WHERE id = %(assessment)s",
            "UPDATE inmates_assessment SET submitted_at = NULL WHERE id = %(assessment)s",
            "UPDATE inmates_finding SET rating = 'none' WHERE assessment_id = %(assessment)s",
            "DELETE FROM inmates_finding WHERE assessment_id = %(assessment)s",
            "INSERT INTO inmates_finding (assessment_id, domain, rating, established, evidence, source)"
            " VALUES (%(assessment)s, 'finance', 'marked', true, 'x', 'x')",
            "UPDATE inmates_review SET state = 'submitted', decided_by_id = NULL, decided_at = NULL WHERE id = %(review)s",
            "UPDATE inmates_review SET decided_by_id = %(other)s WHERE id = %(review)s",
            "UPDATE inmates_review SET assessor_id = %(other)s WHERE id = %(waiting)s",
            "UPDATE inmates_review SET state = 'decided', decided_at = now(), decided_by_id = %(assessor)s"
            " WHERE id = %(waiting)s",
            "UPDATE inmates_tierdecision SET tier = 3 WHERE id = %(decision)s",
            "UPDATE inmates_tierdecision SET reasons = 'Other reasons' WHERE id = %(decision)s",
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


def test_sentences(inmate, unit, officer, officer_too, director, coordinator, reviewer):
    def recorded(person, number):
        pardon = Pardon(inmate=person, sentence=person.sentences.get(), prison="reduced", years=1)
        return pardons.record_pardon(pardon, reference=number, dated_on=clock.today(), by=coordinator)

    another = factories.make_inmate(unit, by=officer)
    verified = pardons.verify_pardon(recorded(inmate, "1-26-1"), by=reviewer)
    waiting = recorded(another, "1-26-2")
    computation = inmate.release_computations.first()
    values = {"verified": verified.pk, "waiting": waiting.pk, "instrument": verified.instrument_id, "person": another.pk,
              "other_instrument": waiting.instrument_id, "other": officer_too.pk, "computation": computation.pk,
              "coordinator": coordinator.pk, "adjustment": verified.adjustment.pk}  # fmt: skip
    assert every(
        [
            "UPDATE inmates_pardon SET instrument_id = %(other_instrument)s WHERE id = %(verified)s",
            "UPDATE inmates_pardon SET inmate_id = %(person)s WHERE id = %(verified)s",
            "UPDATE inmates_pardon SET years = 9 WHERE id = %(verified)s",
            "UPDATE inmates_pardon SET verified_by_id = %(other)s WHERE id = %(verified)s",
            "UPDATE inmates_pardon SET recorded_by_id = %(other)s WHERE id = %(waiting)s",
            "UPDATE inmates_pardon SET state = 'verified', verified_at = now(), verified_by_id = %(coordinator)s"
            " WHERE id = %(waiting)s",
            copied("inmates_pardon", verified.pk, inmate_id=another.pk, sentence_id=another.sentences.get().pk),
            "UPDATE inmates_pardoninstrument SET reference = '9-99' WHERE id = %(instrument)s",
            "UPDATE inmates_pardoninstrument SET dated_on = dated_on - 400 WHERE id = %(instrument)s",
            "DELETE FROM inmates_pardon WHERE id = %(waiting)s",
            "UPDATE inmates_adjustment SET entered_by_id = %(other)s WHERE id = %(adjustment)s",
            "DELETE FROM inmates_adjustment WHERE id = %(adjustment)s",
            'UPDATE inmates_releasecomputation SET "on" = now() WHERE id = %(computation)s',
        ],
        **values,
    ) == []  # fmt: skip
    assert each(
        ["UPDATE inmates_pardoninstrument SET reference = '1-26-3' WHERE id = %(other_instrument)s"], **values
    ) == []  # fmt: skip


def test_people(inmate, unit, officer, officer_too, director, inspector):
    twin = factories.make_inmate(unit, by=officer)
    correction = correcting.correct(
        corrections.find("case"), inmate.cases.get(), {"court": "Fès"}, why=WHY, paper="Arrêt 4/2610", by=officer
    )
    alert = raise_alert(inmate, "no_title", "prison", "x", note="Look") and inmate.alerts.get(reference="x")
    file = keep(b"x", name="x.bin", content_type="application/octet-stream", ending=".bin", by=officer)
    batch = ImportBatch.objects.create(
        facility=inmate.facility, file_name="x", sha256="0", imported_by=officer, rows=1, imported=1
    )
    values = {"correction": correction.pk, "alert": alert.pk, "file": file.pk, "batch": batch.pk, "other": officer_too.pk,
              "person": inmate.pk, "twin": twin.pk, "director": director.pk}  # fmt: skip
    assert every(
        [
            "UPDATE inmates_inmate SET merged_into_id = %(person)s WHERE id = %(twin)s",
            "INSERT INTO inmates_mergeproposal (keep_id, absorb_id, reason, state, proposed_by_id, proposed_at, decided_by_id,"
            " decided_at, report) VALUES (%(person)s, %(twin)s, 'x', 'merged', %(other)s, now(), %(director)s, now(), '{}')",
            "UPDATE inmates_correction SET made_by_id = %(other)s WHERE id = %(correction)s",
            "UPDATE inmates_correction SET changes = '{}' WHERE id = %(correction)s",
            "UPDATE inmates_correction SET paper = 'Another' WHERE id = %(correction)s",
            copied("inmates_correction", correction.pk, confirmed_by_id=director.pk, confirmed_at="now()"),
            "DELETE FROM inmates_correction WHERE id = %(correction)s",
            "DELETE FROM inmates_alert WHERE id = %(alert)s",
            "UPDATE documents_storedfile SET sha256 = 'f' WHERE id = %(file)s",
            "UPDATE documents_storedfile SET stored_by_id = %(other)s WHERE id = %(file)s",
            "UPDATE inmates_importbatch SET imported_by_id = %(other)s WHERE id = %(batch)s",
            "DELETE FROM inmates_inmate WHERE id = %(twin)s",
        ],
        **values,
    ) == []  # fmt: skip
    assert each(
        ["UPDATE inmates_alert SET acknowledged_by_id = %(other)s, acknowledged_at = now() WHERE id = %(alert)s"], **values
    ) == []  # fmt: skip


def test_a_merge_by_one_person(inmate, unit, officer, officer_too, director):
    twin = Inmate.objects.create(family_name_latin="Tazi", sex="M", facility=inmate.facility)
    proposal = merges.propose(inmate, twin, reason=WHY, by=officer)
    values = {
        "proposal": proposal.pk,
        "other": officer_too.pk,
        "officer": officer.pk,
        "twin": twin.pk,
        "person": inmate.pk,
    }
    assert every(
        [
            "UPDATE inmates_mergeproposal SET proposed_by_id = %(other)s WHERE id = %(proposal)s",
            "UPDATE inmates_mergeproposal SET state = 'merged', decided_by_id = %(officer)s, decided_at = now()"
            " WHERE id = %(proposal)s",
            "UPDATE inmates_inmate SET merged_into_id = %(person)s WHERE id = %(twin)s",
        ],
        **values,
    ) == []  # fmt: skip
    with application_rights(director):
        merges.approve(proposal, by=director)
    twin.refresh_from_db()
    assert twin.merged_into == inmate
    assert refused("UPDATE inmates_inmate SET merged_into_id = NULL WHERE id = %(twin)s", **values)
    assert refused("UPDATE inmates_mergeproposal SET decided_by_id = %(other)s WHERE id = %(proposal)s", **values)


def test_the_programme(prison, unit, officer, officer_too, assessor, director, coordinator, appeals_officer):
    def person(tier):
        inmate = factories.make_inmate(unit, by=officer)
        Inmate.objects.filter(pk=inmate.pk).update(tier=tier, tier_since=clock.today())
        return Inmate.objects.get(pk=inmate.pk)

    def apply(inmate):
        return applications.record_application(inmate, asked_on=clock.today(), statement="أريد المشاركة", by=officer)

    wing = factories.UnitFactory(facility=prison, name="P", purpose=Unit.Purpose.PROGRAMME)
    cohort = cohorts.plan_cohort(3, facility=prison, unit=wing, starts_on=clock.today(), capacity=9, by=coordinator)
    cohort = cohorts.open_cohort(cohort, by=coordinator)
    for _n in range(2):
        applications.accept(apply(person(2)), cohort=cohort, by=coordinator)
    cohorts.start_cohort(cohort, by=coordinator)
    removed, graduate = cohort.enrolments.order_by("pk")
    removed = enrolments.propose_removal(removed, code="violence", reason=WHY, by=coordinator)
    proposed = {"removal": removed.pk}
    asked = applications.ask_exception(apply(person(1)), why=WHY, by=coordinator)
    before = every(
        [
            "UPDATE musalaha_enrolment SET removal_proposed_by_id = %(other)s WHERE id = %(removal)s",
            "UPDATE musalaha_enrolment SET removal_confirmed_by_id = %(proposer)s, outcome = 'removed', ended_on = now()"
            " WHERE id = %(removal)s",
        ],
        other=officer_too.pk,
        proposer=coordinator.pk,
        **proposed,
    )
    assert before == []
    removed = enrolments.confirm_removal(removed, by=director)
    certificate = enrolments.graduate(graduate, exceptions=WHY, by=coordinator)
    file = pardon_files.open_pardon_file(
        graduate.inmate,
        sentence=graduate.inmate.sentences.get(),
        requester="inmate",
        occasion="Throne Day",
        by=coordinator,
    )
    values = {"removal": removed.pk, "other": officer_too.pk, "officer": officer.pk, "certificate": certificate.pk,
              "asked": asked.pk, "coordinator": coordinator.pk, "appeals": appeals_officer.pk, "file": file.pk,
              "director": director.pk}  # fmt: skip
    grant = "UPDATE musalaha_application SET exception_by_id = {}, exception_on = now(), exception_reason = 'x'{}"
    assert every(
        [
            grant.format("%(coordinator)s", " WHERE id = %(asked)s"),
            grant.format("%(coordinator)s", ", exception_asked_by_id = %(other)s WHERE id = %(asked)s"),
            grant.format("%(coordinator)s", ", exception_asked_by_id = NULL, exception_asked_on = NULL WHERE id = %(asked)s"),
            "UPDATE musalaha_application SET statement = 'x' WHERE id = %(asked)s",
            "UPDATE musalaha_application SET recorded_by_id = %(other)s WHERE id = %(asked)s",
            "UPDATE musalaha_application SET state = 'enrolled' WHERE id = %(asked)s",
            "UPDATE musalaha_enrolment SET removal_confirmed_by_id = %(other)s WHERE id = %(removal)s",
            "UPDATE musalaha_enrolment SET removal_proposed_by_id = %(other)s WHERE id = %(removal)s",
            "UPDATE musalaha_enrolment SET removal_appeal_answered_by_id = %(director)s, removal_appeal_answer = 'x'"
            " WHERE id = %(removal)s",
            "UPDATE musalaha_certificate SET number = '1' WHERE id = %(certificate)s",
            copied("musalaha_certificate", certificate.pk, enrolment_id=removed.pk, number="'X'"),
            "UPDATE musalaha_pardonfile SET state = 'granted' WHERE id = %(file)s",
            "DELETE FROM musalaha_application WHERE id = %(asked)s",
        ],
        **values,
    ) == []  # fmt: skip
    assert each([grant.format("%(appeals)s", " WHERE id = %(asked)s")], by=appeals_officer, **values) == []


def test_the_trail_and_the_row_history(inmate, officer, sysadmin):
    trail.record("test.done", by=officer, inmate=inmate)
    trail.seal_pending()
    event = Event.objects.get(verb="test.done")
    row = apps.get_model("inmates.InmateEvent").objects.filter(pgh_obj_id=inmate.pk).first()
    history = copied("inmates_inmateevent", 0).replace(" WHERE id = 0", f" WHERE pgh_id = {row.pk}")
    history = re.sub(r'\("pgh_id", ', "(", history).replace('SELECT "pgh_id", ', "SELECT ")
    values = {"event": event.pk, "row": row.pk, "officer": officer.pk, "admin": sysadmin.pk}
    assert every(
        [
            history,
            "UPDATE inmates_inmateevent SET family_name_latin = 'X' WHERE pgh_id = %(row)s",
            "DELETE FROM inmates_inmateevent WHERE pgh_id = %(row)s",
            "UPDATE audit_event SET actor_id = %(admin)s WHERE id = %(event)s",
            "DELETE FROM audit_event WHERE id = %(event)s",
            "TRUNCATE audit_event CASCADE",
            "UPDATE audit_seal SET hash = 'x' WHERE event_id = %(event)s",
            "DELETE FROM audit_seal WHERE event_id = %(event)s",
            "INSERT INTO audit_seal (sequence, event_id, previous, hash) VALUES (99999, %(event)s, '', '')",
            "UPDATE pghistory_context SET metadata = '{}'",
            "UPDATE accounts_user SET national = true WHERE id = %(officer)s",
            "INSERT INTO accounts_user_groups (user_id, group_id) SELECT %(officer)s, id FROM auth_group LIMIT 1",
            "ALTER TABLE inmates_inmate DISABLE TRIGGER ALL",
            "DROP TRIGGER inmates_merged_by_two ON inmates_inmate",
            "CREATE OR REPLACE FUNCTION core_kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        ],
        **values,
    ) == []  # fmt: skip
    assert each(["UPDATE inmates_inmate SET birthplace = 'Fès' WHERE id = %(person)s"], person=inmate.pk) == []
