"""What somebody has signed of the programme stays as it was signed (see `core/kept_rows.py`)."""

from django.db import migrations, models

from core.kept_rows import AS_OWNER, begins, guarded, kept, refuse

PEOPLE = ("application", "enrolment", "followup", "pardonfile", "reconviction", "recordcheck")


def person_stays(table):
    name = f"{table}_person_stays"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE UPDATE OF inmate_id ON {table} FOR EACH ROW"
        " EXECUTE FUNCTION inmates_person_stays('inmate_id')",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("musalaha", "0010_who_asked_for_exceptions"), ("inmates", "0045_rows_stay_as_signed")]

    operations = [
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('exception_asked_by', None), ('exception_asked_on', None)), models.Q(('exception_asked_by__isnull', False), ('exception_asked_on__isnull', False)), _connector='OR'), name='application_exception_asked_by_and_when'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('exception_by', None), ('exception_asked_by', None), models.Q(('exception_by', models.F('exception_asked_by')), _negated=True), _connector='OR'), name='application_exception_granted_by_another'),
        ),
        *[person_stays(f"musalaha_{name}") for name in PEOPLE],
        kept(
            "musalaha_application",
            fixed=("uuid", "asked_on", "statement", "recorded_by_id", "recorded_at"),
            once=("exception_by_id", "exception_on", "exception_reason"),
            steps=(
                "recorded>waiting", "recorded>accepted", "recorded>declined", "recorded>taken_back", "recorded>closed",
                "waiting>accepted", "waiting>declined", "waiting>taken_back", "waiting>closed", "accepted>waiting",
                "accepted>enrolled", "accepted>taken_back", "accepted>closed", "enrolled>closed", "closed>enrolled",
                "closed>recorded", "closed>waiting", "closed>accepted",  # a release taken back
            ),
        ),  # fmt: skip
        begins(
            "musalaha_application",
            states=("recorded", "waiting"),
            empty=("exception_by_id", "decided_by_id"),
            signed=("recorded_by_id",),
        ),
        guarded(
            "musalaha_exception_by_another",
            "musalaha_application",
            "UPDATE OF exception_by_id",
            f"""
            IF NEW.exception_by_id IS NOT NULL AND EXISTS (
                SELECT 1 FROM musalaha_applicationevent
                 WHERE pgh_obj_id = NEW.id AND exception_asked_by_id = NEW.exception_by_id
            ) THEN
                {refuse("Whoever has asked for an exception does not grant it.")}
            END IF;
            """,
        ),
        kept(
            "musalaha_enrolment",
            fixed=("cohort_id", "application_id"),
            once=(
                "removal_confirmed_by_id",
                "removal_appealed_on",
                "removal_appeal_answer",
                "removal_appeal_answered_by_id",
            ),
        ),
        guarded(
            "musalaha_removal_stays",
            "musalaha_enrolment",
            "UPDATE OF removal_code, removal_proposed_by_id, removal_reason, outcome",
            f"""
            IF OLD.removal_confirmed_by_id IS NOT NULL AND NEW.removal_appeal_answered_by_id IS NULL
                AND (OLD.removal_code, OLD.removal_proposed_by_id, OLD.removal_reason, OLD.outcome)
                    IS DISTINCT FROM (NEW.removal_code, NEW.removal_proposed_by_id, NEW.removal_reason, NEW.outcome)
                OR OLD.removal_proposed_by_id IS NOT NULL AND NEW.removal_proposed_by_id <> OLD.removal_proposed_by_id THEN
                {refuse("A removal stays as two people signed it, until a third answers an appeal.")}
            END IF;
            """,
        ),
        kept("musalaha_certificate", fixed=("enrolment_id", "number", "issued_on", "issued_by_id", "exceptions")),
        guarded(
            "musalaha_certificate_of_a_graduate",
            "musalaha_certificate",
            "INSERT",
            f"""
            IF NOT {AS_OWNER} AND NOT EXISTS (
                SELECT 1 FROM musalaha_enrolment WHERE id = NEW.enrolment_id AND outcome = 'graduated'
            ) THEN
                {refuse("A certificate is for who graduated.")}
            END IF;
            """,
        ),
        kept("musalaha_progressnote", fixed=("enrolment_id", "kind", "text", "written_by_id", "written_on")),
        kept(
            "musalaha_pardonfile",
            fixed=("uuid", "opened_by_id", "opened_on"),
            steps=(
                "preparing>sent", "preparing>granted", "preparing>closed", "sent>granted", "sent>refused", "sent>closed",
                "granted>sent", "granted>preparing",  # the pardon taken back
            ),
        ),  # fmt: skip
        guarded(
            "musalaha_granted_by_a_pardon",
            "musalaha_pardonfile",
            "UPDATE OF state",
            f"""
            IF NEW.state = 'granted' AND OLD.state <> 'granted' AND NOT EXISTS (
                SELECT 1 FROM inmates_pardon p
                 WHERE p.id = NEW.pardon_id AND p.inmate_id = NEW.inmate_id AND p.state = 'verified'
            ) THEN
                {refuse("A file is granted by a verified pardon of this person.")}
            END IF;
            """,
        ),
        guarded(
            "musalaha_granted_stays",
            "musalaha_pardonfile",
            "UPDATE OF state",
            f"""
            IF OLD.state = 'granted' AND NEW.state <> 'granted' AND NOT EXISTS (
                SELECT 1 FROM inmates_correction
                 WHERE subject IN ('pardon', 'prosecution_pardon') AND kind = 'taken_back' AND record = OLD.pardon_id
                   AND state IN ('done', 'decided')
            ) THEN
                {refuse("A file stays granted unless its pardon is taken back.")}
            END IF;
            """,
            at_the_end=True,
        ),
    ]
