"""What somebody has signed stays as it was signed, also against SQL with the application's rights (see `core/kept_rows.py`).

Who asked, who decided and when; the decision itself; the order of the steps; the person a record is about.
"""

from django.db import migrations, models

from core.kept_rows import AS_OWNER, REWRITING, begins, guarded, kept, refuse

WRITTEN_BY = {  # whose record it is stays said
    "inmates_contact": ("facility_id", "recorded_by_id"),
    "inmates_outing": ("admission_id", "kind", "recorded_by_id"),
    "inmates_nocommunication": ("recorded_by_id",),
    "inmates_separationbar": ("ground", "recorded_by_id"),
    "inmates_adjustment": ("sentence_id", "pardon_id", "source", "entered_by_id", "entered_at"),
    "inmates_courtappeal": ("case_id", "recorded_by_id", "recorded_at"),
    "inmates_registrationnumber": ("facility_id", "admission_id"),
    "inmates_alert": ("kind", "audience", "reference"),
    "inmates_postponement": ("due_on", "until", "reason", "postponed_by_id", "postponed_on"),
    "inmates_releasecomputation": ("made_at", "made_on", "before", "on", "basis", "steps", "cause"),
    "inmates_importbatch": ("uuid", "facility_id", "file_name", "sha256", "imported_by_id", "imported_at", "imported"),
    "inmates_incident": ("uuid", "facility_id", "recorded_by_id", "recorded_at"),
}

PEOPLE = [  # table, columns that name a person
    *[(f"inmates_{name}", ("inmate_id",)) for name in (
        "admission", "alert", "alias", "appeal", "assessment", "case", "contact", "correction", "detentionorder",
        "incidentperson", "legalstatusperiod", "nocommunication", "outing", "pardon", "placement", "postponement",
        "registrationnumber", "releasecomputation", "returneedossier", "review", "reviewtrigger", "sentence", "separation",
        "separationbar", "settlement", "task", "tierdecision", "timeatlarge", "transfer",
    )],
    ("inmates_keepapart", ("first_id", "second_id")),
    ("inmates_possibleduplicate", ("first_id", "second_id")),
]  # fmt: skip

PERSON_STAYS = f"""
CREATE FUNCTION inmates_person_stays() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was bigint[] := ARRAY(SELECT (to_jsonb(OLD) ->> c)::bigint FROM unnest(TG_ARGV) c);
    now bigint[] := array_remove(ARRAY(SELECT (to_jsonb(NEW) ->> c)::bigint FROM unnest(TG_ARGV) c), NULL);
BEGIN
    IF NOT coalesce({REWRITING}, false) AND NOT now <@ (was || ARRAY(SELECT merged_into_id FROM inmates_inmate WHERE id = ANY(was) AND merged_into_id IS NOT NULL)) THEN
        RAISE EXCEPTION '%: another person only by a merge', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
"""


def person_stays(table, columns):
    name = f"{table}_person_stays"
    arguments, listed = ", ".join(f"'{column}'" for column in columns), ", ".join(columns)
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE UPDATE OF {listed} ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION inmates_person_stays({arguments})",
        f"DROP TRIGGER {name} ON {table}",
    )


def put_right(stay):
    """Whether the day of this stay was put right by a correction."""
    return (
        "EXISTS (SELECT 1 FROM inmates_correction WHERE subject = 'admission' AND kind = 'change'"
        f" AND record = {stay} AND changes ? 'admitted_at')"
    )


CUSTODY = [
    kept(
        "inmates_transfer",
        fixed=("uuid", "origin_id", "destination_id", "proposed_by_id", "proposed_at", "national", "reason"),
        once=(
            "approved_by_id", "approved_at", "accepted_by_id", "accepted_at", "departed_at", "arrived_at",
            "file_at_departure",
        ),
        ended=("state", ("arrived", "refused"), ()),
        steps=(
            "proposed>approved", "proposed>refused", "proposed>cancelled", "approved>accepted", "approved>refused",
            "approved>cancelled", "accepted>departed", "accepted>cancelled", "departed>arrived", "departed>cancelled",
            "cancelled>departed",  # a release taken back
        ),
    ),
    begins(
        "inmates_transfer",
        states=("proposed", "approved"),
        empty=("approved_by_id", "accepted_by_id", "departed_at", "arrived_at", "ended_by_id"),
        signed=("proposed_by_id",),
    ),
    kept("inmates_admission", fixed=("uuid", "facility_id", "order_id", "admitted_by_id")),
    guarded(
        "inmates_admission_begins_then", "inmates_admission", "UPDATE OF admitted_at",
        f"""
            IF NOT {AS_OWNER} AND OLD.admitted_at <> NEW.admitted_at AND NOT {put_right("NEW.id")} THEN
                {refuse("The day of an admission is put right by a correction alone.")}
            END IF;
        """,
        at_the_end=True,
    ),
    begins("inmates_admission", empty=("released_at", "released_by_id", "ground"), signed=("admitted_by_id",)),
    guarded(
        "inmates_admission_release_stays", "inmates_admission", "UPDATE OF released_at, released_by_id, ground",
        f"""
            IF NOT {AS_OWNER} AND OLD.released_at IS NOT NULL
                AND (OLD.released_at, OLD.released_by_id, OLD.ground)
                    IS DISTINCT FROM (NEW.released_at, NEW.released_by_id, NEW.ground)
                AND NOT EXISTS (
                    SELECT 1 FROM inmates_correction
                     WHERE subject = 'release' AND kind = 'taken_back' AND record = NEW.id AND state IN ('done', 'decided')
                       AND (changes #>> '{{released_at,0}}')::timestamptz = OLD.released_at
                ) THEN
                {refuse("A release is taken back by a correction alone.")}
            END IF;
        """,
        at_the_end=True,
    ),
    kept("inmates_placement", fixed=("admission_id", "facility_id", "unit_id", "placed_by_id")),
    guarded(
        "inmates_placement_begins_then", "inmates_placement", "UPDATE OF during",
        f"""
            IF NOT {AS_OWNER} AND lower(OLD.during) <> lower(NEW.during) AND NOT {put_right("NEW.admission_id")} THEN
                {refuse("A placement begins when it began.")}
            END IF;
        """,
        at_the_end=True,
    ),
    kept(
        "inmates_rollcount",
        fixed=("uuid", "facility_id", "counted_at", "counted_by_id"),
        once=("signed_by_id",),
        ended=("signed_at", "*", ()),
    ),
    begins("inmates_rollcount", empty=("signed_by_id", "signed_at"), signed=("counted_by_id",)),
    guarded(
        "inmates_rollcount_explained", "inmates_rollcount", "UPDATE OF signed_by_id",
        f"""
            IF NEW.signed_by_id IS NOT NULL AND btrim(NEW.explanation) = '' AND EXISTS (
                SELECT 1 FROM inmates_rollcountline WHERE count_id = NEW.id AND counted <> placed - "out"
            ) THEN
                {refuse("A difference is explained before it is signed.")}
            END IF;
        """,
    ),
    guarded(
        "inmates_rollcountline_signed", "inmates_rollcountline", "INSERT OR UPDATE OR DELETE",
        f"""
            IF TG_OP <> 'INSERT' THEN number := OLD.count_id; ELSE number := NEW.count_id; END IF;
            IF EXISTS (SELECT 1 FROM inmates_rollcount WHERE id = number AND signed_at IS NOT NULL)
                OR TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN
                {refuse("The lines of a roll count stay as they were counted.")}
            END IF;
        """,
        declare="DECLARE number bigint;",
    ),
    kept(
        "inmates_keepapart",
        fixed=("scope", "reason", "opened_by_id", "opened_on"),
        once=("closed_by_id", "closed_on", "closed_reason"),
    ),
]  # fmt: skip

CONDITIONS = [
    kept(
        "inmates_incidentperson",
        fixed=("incident_id",),
        once=(
            "outcome", "outcome_reason", "decided_by_id", "decided_on", "appealed_on", "appeal_outcome",
            "appeal_decided_by_id",
        ),
    ),
    guarded(
        "inmates_discipline_by_another", "inmates_incidentperson", "INSERT OR UPDATE OF decided_by_id",
        f"""
            IF EXISTS (SELECT 1 FROM inmates_incident WHERE id = NEW.incident_id AND recorded_by_id = NEW.decided_by_id) THEN
                {refuse("Whoever recorded an incident does not decide on it.")}
            END IF;
        """,
    ),
    kept(
        "inmates_separation",
        fixed=("facility_id", "reason", "began_on", "emergency_at", "emergency_by_id", "authorised_from"),
        once=("authorised_by_id",),  # its end is taken back with a release
    ),
]  # fmt: skip

CLASSIFICATION = [
    kept(
        "inmates_assessment", fixed=("uuid", "admission_id", "started_at"), ended=("submitted_at", "*", ()),
    ),
    guarded(
        "inmates_finding_of_a_draft", "inmates_finding", "INSERT OR UPDATE OR DELETE",
        f"""
            IF TG_OP <> 'INSERT' THEN number := OLD.assessment_id; ELSE number := NEW.assessment_id; END IF;
            IF EXISTS (SELECT 1 FROM inmates_assessment WHERE id = number AND submitted_at IS NOT NULL)
                AND NOT (TG_OP = 'INSERT' AND {AS_OWNER}) OR TG_OP = 'UPDATE' AND OLD.assessment_id <> NEW.assessment_id THEN
                {refuse("What a submitted assessment found stays.")}
            END IF;
        """,
        declare="DECLARE number bigint;",
    ),
    kept(
        "inmates_review",
        fixed=("uuid", "assessment_id", "assessor_id"),
        once=("decided_by_id", "decided_at"),
        ended=("state", ("decided",), ()),
        steps=(
            "submitted>returned", "submitted>decided", "submitted>cancelled", "returned>submitted", "returned>cancelled",
            "cancelled>submitted", "cancelled>returned",  # a release taken back
        ),
    ),
    begins("inmates_review", states=("submitted",), empty=("decided_by_id", "decided_at"), signed=("assessor_id",)),
    kept(
        "inmates_tierdecision",
        fixed=(
            "uuid", "admission_id", "review_id", "origin", "assessor_id", "decided_by_id", "decided_on", "before", "tier",
            "next_review_on", "reasons", "emergency",
        ),
    ),
    guarded(
        "inmates_decision_is_made", "inmates_tierdecision", "INSERT",
        f"""
            IF {AS_OWNER} THEN
                RETURN NEW;
            ELSIF NEW.origin = 'review' AND NOT EXISTS (
                SELECT 1 FROM inmates_review r
                 WHERE r.id = NEW.review_id AND r.inmate_id = NEW.inmate_id AND r.state = 'decided'
                   AND r.decided_by_id = NEW.decided_by_id
            ) THEN
                {refuse("A decision comes from a review that its decider decided.")}
            ELSIF NEW.origin = 'appeal' AND NOT EXISTS (
                SELECT 1 FROM inmates_appeal a
                 WHERE a.inmate_id = NEW.inmate_id AND a.outcome = '' AND a.assessor_id = NEW.assessor_id
                   AND NEW.decided_by_id NOT IN (a.assessor_id, a.decider_id)
            ) THEN
                {refuse("A decision on appeal answers an open appeal, by a third person.")}
            ELSIF NEW.origin = 'import' AND NOT EXISTS (
                -- a row that is seen though its transaction still runs is of this transaction
                SELECT 1 FROM inmates_admission a
                 WHERE a.id = NEW.admission_id AND a.inmate_id = NEW.inmate_id
                   AND pg_xact_status((((pg_current_xact_id()::text::bigint >> 32) << 32) + a.xmin::text::bigint)::text::xid8)
                       = 'in progress'
            ) THEN
                {refuse("A decision of before is imported together with its stay.")}
            END IF;
        """,
    ),
    kept("inmates_notice", fixed=("decision_id",), once=("served_by_id",), ended=("served_on", "*", ())),
    kept(
        "inmates_appeal",
        fixed=("uuid", "decision_id", "assessor_id", "decider_id", "made_on", "grounds", "recorded_by_id", "recorded_at"),
        once=("decided_by_id",),
        ended=("decided_on", "*", ()),
    ),
    begins(
        "inmates_appeal",
        empty=("outcome", "decided_by_id", "decided_on", "new_decision_id"),
        signed=("recorded_by_id",),
    ),
]  # fmt: skip

SENTENCES = [
    kept("inmates_pardon", fixed=("uuid", "recorded_by_id", "recorded_at"), once=("verified_by_id",)),
    begins(
        "inmates_pardon",
        states=("recorded",),
        empty=("verified_by_id", "verified_at", "superseded_by_id"),
        signed=("recorded_by_id",),
    ),
    guarded(
        "inmates_instrument_stands", "inmates_pardoninstrument", "UPDATE OR DELETE",
        f"""
            IF EXISTS (
                SELECT 1 FROM inmates_pardon WHERE instrument_id = OLD.id AND state IN ('verified', 'superseded', 'taken_back')
            ) AND (TG_OP = 'DELETE' OR (OLD.reference, OLD.dated_on) IS DISTINCT FROM (NEW.reference, NEW.dated_on)
                   OR OLD.document_id IS NOT NULL AND OLD.document_id IS DISTINCT FROM NEW.document_id) THEN
                {refuse("A pardon was verified against this instrument: it stays.")}
            END IF;
        """,
    ),
    kept(
        "inmates_settlement",
        fixed=("release_on", "reasons", "source", "settled_by_id", "settled_at"),
        once=("ended_at", "ended_why"),
    ),
]  # fmt: skip

PEOPLE_ACTS = [
    kept(
        "inmates_mergeproposal",
        fixed=("keep_id", "absorb_id", "reason", "proposed_by_id", "proposed_at"),
        once=("decided_by_id", "decided_at", "report"),
        ended=("state", ("merged", "rejected"), ("report",)),
    ),
    begins(
        "inmates_mergeproposal", states=("proposed",), empty=("decided_by_id", "decided_at"), signed=("proposed_by_id",),
    ),
    guarded(
        "inmates_merged_by_two", "inmates_inmate", "UPDATE OF merged_into_id",
        f"""
            IF OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id AND (OLD.merged_into_id IS NOT NULL OR NOT EXISTS (
                SELECT 1 FROM inmates_mergeproposal
                 WHERE absorb_id = NEW.id AND keep_id = NEW.merged_into_id AND state = 'merged'
            )) THEN
                {refuse("Two people merge two records, for good.")}
            END IF;
        """,
    ),
    guarded(
        "inmates_tier_by_decision", "inmates_inmate", "UPDATE OF tier",
        f"""
            IF NOT {AS_OWNER} AND NEW.tier IS NOT NULL AND OLD.tier IS DISTINCT FROM NEW.tier AND NOT EXISTS (
                SELECT 1 FROM inmates_tierdecision WHERE inmate_id = NEW.id AND tier = NEW.tier
            ) THEN
                {refuse("A tier comes from a decision.")}
            END IF;
        """,
    ),
    kept(
        "inmates_correction",
        fixed=(
            "uuid", "facility_id", "kind", "subject", "record", "changes", "others", "why", "paper", "moves", "made_by_id",
            "made_at", "not_by",
        ),
        once=("decided_by_id", "decided_at", "decision_paper", "confirmed_by_id", "confirmed_at", "refusal"),
        ended=("state", ("done", "refused", "withdrawn"), ()),
        steps=(
            "proposed>done", "proposed>refused", "proposed>withdrawn", "proposed>decided", "decided>done", "decided>refused",
        ),
    ),
    begins(
        "inmates_correction", states=("proposed", "done"), empty=("decided_by_id", "confirmed_by_id"), signed=("made_by_id",),
    ),
    kept("inmates_possibleduplicate", fixed=("found_at",)),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("inmates", "0044_days_before_a_sentence"), ("core", "0002_rows_kept")]

    operations = [
        migrations.RunSQL(PERSON_STAYS, "DROP FUNCTION inmates_person_stays()"),
        *[person_stays(table, columns) for table, columns in PEOPLE],
        *[kept(table, fixed=columns) for table, columns in WRITTEN_BY.items()],
        *CUSTODY,
        *CONDITIONS,
        *CLASSIFICATION,
        *SENTENCES,
        *PEOPLE_ACTS,
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["proposed", "refused", "cancelled"]), ("approved_at__isnull", False), _connector="OR"
                ),
                name="transfer_approved_before_it_goes",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "departed", "arrived"]), _negated=True),
                    ("accepted_at__isnull", False),
                    _connector="OR",
                ),
                name="transfer_accepted_before_it_goes",
            ),
        ),
    ]
