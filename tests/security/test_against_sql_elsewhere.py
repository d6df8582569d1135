"""SQL of the application against what was signed of sentences, people, the programme, and against the trail."""

import re

from django.apps import apps

from audit import trail
from audit.models import Event
from config import clock
from documents.actions import keep
from facilities.models import Unit
from inmates.duplicates.actions import merges
from inmates.people import corrections
from inmates.people.actions import corrections as correcting
from inmates.people.actions.alerts import raise_alert
from inmates.people.models import ImportBatch, Inmate
from inmates.sentences.models import Pardon
from musalaha.actions import applications, cohorts, enrolments, pardon_files, pardon_follow_through
from tests import factories
from tests.application_rights import application_rights
from tests.security.statements import WHY, copied, each, every, refused


def test_sentences(inmate, unit, officer, officer_too, director, coordinator, reviewer):
    def recorded(person, number):
        pardon = Pardon(inmate=person, sentence=person.sentences.get(), prison="reduced", years=1)
        return pardon_follow_through.record_pardon(pardon, reference=number, dated_on=clock.today(), by=coordinator)

    another = factories.make_inmate(unit, by=officer)
    verified = pardon_follow_through.verify_pardon(recorded(inmate, "1-26-1"), by=reviewer)
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
            "UPDATE musalaha_application SET statement = 'gAAAAx' WHERE id = %(asked)s",
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
