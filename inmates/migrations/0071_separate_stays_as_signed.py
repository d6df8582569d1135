"""Who belongs in the separate system is decided by two people and answered by a third, also against SQL with the application's
rights (`core/kept_rows.py`); and nobody leaves for an ordinary prison without a decided exit."""

from importlib import import_module

from django.db import migrations

from core.kept_rows import begins, guarded, kept, refuse

person_stays = import_module("inmates.migrations.0045_rows_stay_as_signed").person_stays

STEPS, APPEALS, REVIEWS = "inmates_separatestep", "inmates_separateappeal", "inmates_groundreview"


class Migration(migrations.Migration):
    dependencies = [("inmates", "0070_separate_system")]

    operations = [
        kept(
            STEPS,
            fixed=("uuid", "admission_id", "kind", "ground", "origin", "reasons", "destination", "proposed_by_id", "proposed_on"),
            once=(
                "decided_by_id", "decided_on", "answer", "effective_on", "notice_due_on", "served_on", "served_by_id", "how",
                "interpreter", "quashed_on",
            ),
            ended=("state", ("refused", "withdrawn"), ()),
            steps=("proposed>decided", "proposed>refused", "proposed>withdrawn"),
        ),
        begins(
            STEPS,
            states=("proposed",),
            empty=("decided_by_id", "decided_on", "answer", "effective_on", "notice_due_on", "served_on", "served_by_id", "quashed_on"),
            signed=("proposed_by_id",),
        ),
        person_stays(STEPS, ("inmate_id",)),
        guarded(
            "inmates_separate_of_the_stay", STEPS, "INSERT",
            f"""
            IF NOT EXISTS (SELECT 1 FROM inmates_admission a WHERE a.id = NEW.admission_id AND a.inmate_id = NEW.inmate_id) THEN
                {refuse("A step belongs to a stay of the person.")}
            END IF;
            """,
        ),
        guarded(
            "inmates_separate_quashed_on_appeal", STEPS, "UPDATE OF quashed_on",
            f"""
            IF NEW.quashed_on IS NOT NULL AND OLD.quashed_on IS NULL AND NOT EXISTS (
                SELECT 1 FROM {APPEALS} p WHERE p.step_id = NEW.id AND p.outcome = 'quashed'
            ) THEN
                {refuse("A step is quashed by the answer to an appeal.")}
            END IF;
            """,
        ),
        kept(
            APPEALS,
            fixed=("uuid", "step_id", "proposer_id", "decider_id", "made_on", "grounds", "recorded_by_id", "due_on"),
            once=("outcome", "reasons", "decided_by_id", "decided_on"),
        ),
        begins(APPEALS, empty=("outcome", "reasons", "decided_by_id", "decided_on"), signed=("recorded_by_id",)),
        guarded(
            "inmates_separate_appeal_of_its_people", APPEALS, "INSERT",
            f"""
            IF NOT EXISTS (
                SELECT 1 FROM {STEPS} s WHERE s.id = NEW.step_id AND s.proposed_by_id = NEW.proposer_id
                   AND s.decided_by_id = NEW.decider_id AND s.state = 'decided' AND s.served_on <= NEW.made_on
            ) THEN
                {refuse("An appeal is against a decision that was told, of those who took it.")}
            END IF;
            """,
        ),
        kept(REVIEWS, fixed=("step_id", "stands", "reviewed_on", "reviewed_by_id")),
        begins(REVIEWS, signed=("reviewed_by_id",)),
        guarded(
            "inmates_left_by_a_decided_exit", "inmates_admission", "INSERT OR UPDATE OF ground, left_for, released_at",
            f"""
            IF NEW.ground = 'ordinary' THEN
                PERFORM 1 FROM {STEPS} s
                  WHERE s.admission_id = NEW.id AND s.kind = 'out' AND s.state = 'decided' AND s.quashed_on IS NULL
                    AND s.destination = NEW.left_for
                    AND s.effective_on <= (NEW.released_at AT TIME ZONE 'Africa/Casablanca')::date
                    AND NOT EXISTS (SELECT 1 FROM {STEPS} later WHERE later.admission_id = NEW.id AND later.kind = 'in'
                        AND later.state = 'decided' AND later.quashed_on IS NULL AND later.id > s.id
                        AND later.effective_on <= (NEW.released_at AT TIME ZONE 'Africa/Casablanca')::date)
                    FOR SHARE OF s;
                IF NOT FOUND THEN
                    {refuse("To an ordinary prison somebody goes by a decided exit.")}
                END IF;
            END IF;
            """,
        ),
    ]  # fmt: skip
