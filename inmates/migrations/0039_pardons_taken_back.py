"""A pardon of a namesake is taken back, and nobody whose act it was confirms that."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0001_initial'),
        ('inmates', '0038_alerts_and_tasks_at_the_door'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pardon',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pardon',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pardon',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pardon',
            name='pardon_immutable',
        ),
        migrations.AddField(
            model_name='correction',
            name='not_by',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='correctionevent',
            name='not_by',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='pardon',
            name='fine_before',
            field=models.DecimalField(decimal_places=2, editable=False, max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name='pardonevent',
            name='fine_before',
            field=models.DecimalField(decimal_places=2, editable=False, max_digits=12, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_correctionevent" ("basis_after", "basis_before", "changes", "confirmed_at", "confirmed_by_id", "decided_at", "decided_by_id", "decision_paper", "facility_id", "id", "inmate_id", "kind", "made_at", "made_by_id", "moves", "not_by", "others", "paper", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "refusal", "release_after", "release_before", "state", "subject", "uuid", "why") VALUES (NEW."basis_after", NEW."basis_before", NEW."changes", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_paper", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."moves", NEW."not_by", NEW."others", NEW."paper", NEW."papers", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."record", NEW."refusal", NEW."release_after", NEW."release_before", NEW."state", NEW."subject", NEW."uuid", NEW."why"); RETURN NULL;', hash='75d74ede8c54d0ad8dedd087cc5c8a2a817f85fe', operation='INSERT', pgid='pgtrigger_insert_insert_4d8c1', table='inmates_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_correctionevent" ("basis_after", "basis_before", "changes", "confirmed_at", "confirmed_by_id", "decided_at", "decided_by_id", "decision_paper", "facility_id", "id", "inmate_id", "kind", "made_at", "made_by_id", "moves", "not_by", "others", "paper", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "refusal", "release_after", "release_before", "state", "subject", "uuid", "why") VALUES (NEW."basis_after", NEW."basis_before", NEW."changes", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_paper", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."moves", NEW."not_by", NEW."others", NEW."paper", NEW."papers", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."record", NEW."refusal", NEW."release_after", NEW."release_before", NEW."state", NEW."subject", NEW."uuid", NEW."why"); RETURN NULL;', hash='d521a4f715a41d52d96b09711e9fb44cc415752a', operation='UPDATE', pgid='pgtrigger_update_update_0eddd', table='inmates_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_correctionevent" ("basis_after", "basis_before", "changes", "confirmed_at", "confirmed_by_id", "decided_at", "decided_by_id", "decision_paper", "facility_id", "id", "inmate_id", "kind", "made_at", "made_by_id", "moves", "not_by", "others", "paper", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "refusal", "release_after", "release_before", "state", "subject", "uuid", "why") VALUES (OLD."basis_after", OLD."basis_before", OLD."changes", OLD."confirmed_at", OLD."confirmed_by_id", OLD."decided_at", OLD."decided_by_id", OLD."decision_paper", OLD."facility_id", OLD."id", OLD."inmate_id", OLD."kind", OLD."made_at", OLD."made_by_id", OLD."moves", OLD."not_by", OLD."others", OLD."paper", OLD."papers", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."record", OLD."refusal", OLD."release_after", OLD."release_before", OLD."state", OLD."subject", OLD."uuid", OLD."why"); RETURN NULL;', hash='b5bd360480915d5dd939092ca8ce84236af40683', operation='DELETE', pgid='pgtrigger_delete_delete_f6401', table='inmates_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pardon',
            trigger=pgtrigger.compiler.Trigger(name='pardon_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'DELETE' THEN\n                        RAISE EXCEPTION 'pardon: a recorded pardon is never deleted' USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF OLD.state <> 'recorded' AND NOT (\n                        OLD.state = 'verified' AND NEW.state = 'superseded' AND NEW.superseded_by_id IS NOT NULL\n                        AND to_jsonb(NEW) - 'state' - 'superseded_by_id' = to_jsonb(OLD) - 'state' - 'superseded_by_id'\n                    ) AND NOT (\n                        (OLD.state, NEW.state) IN (('verified', 'taken_back'), ('taken_back', 'verified'))\n                        AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state'\n                    ) AND NOT (\n                        OLD.state = 'verified' AND OLD.of_fine_id IS NULL AND NEW.of_fine_id IS NOT NULL\n                        AND to_jsonb(NEW) - 'of_fine_id' - 'fine_before'\n                            = to_jsonb(OLD) - 'of_fine_id' - 'fine_before'\n                    ) AND NOT (\n                        to_jsonb(NEW) - 'inmate_id' = to_jsonb(OLD) - 'inmate_id' AND EXISTS (\n                            SELECT 1 FROM inmates_inmate WHERE id = OLD.inmate_id AND merged_into_id = NEW.inmate_id)\n                    ) AND to_jsonb(NEW) <> to_jsonb(OLD) THEN\n                        RAISE EXCEPTION 'pardon: a verified pardon is superseded, never changed'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='6b82d283718412dd50a2cfcdb837366cb503dab9', operation='UPDATE OR DELETE', pgid='pgtrigger_pardon_immutable_c3082', table='inmates_pardon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pardon',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_pardonevent" ("case_id", "condition", "corrects_id", "counted_from", "days", "fine", "fine_before", "fine_reduced_to", "id", "inmate_id", "instrument_id", "months", "of_fine_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prison", "recorded_at", "recorded_by_id", "rejected_reason", "requester", "sentence_id", "state", "superseded_by_id", "uuid", "verified_at", "verified_by_id", "years") VALUES (NEW."case_id", NEW."condition", NEW."corrects_id", NEW."counted_from", NEW."days", NEW."fine", NEW."fine_before", NEW."fine_reduced_to", NEW."id", NEW."inmate_id", NEW."instrument_id", NEW."months", NEW."of_fine_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prison", NEW."recorded_at", NEW."recorded_by_id", NEW."rejected_reason", NEW."requester", NEW."sentence_id", NEW."state", NEW."superseded_by_id", NEW."uuid", NEW."verified_at", NEW."verified_by_id", NEW."years"); RETURN NULL;', hash='74bcdb565d7a1ee7e5c700e1a7faf0e97e9edd45', operation='INSERT', pgid='pgtrigger_insert_insert_f221f', table='inmates_pardon', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pardon',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_pardonevent" ("case_id", "condition", "corrects_id", "counted_from", "days", "fine", "fine_before", "fine_reduced_to", "id", "inmate_id", "instrument_id", "months", "of_fine_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prison", "recorded_at", "recorded_by_id", "rejected_reason", "requester", "sentence_id", "state", "superseded_by_id", "uuid", "verified_at", "verified_by_id", "years") VALUES (NEW."case_id", NEW."condition", NEW."corrects_id", NEW."counted_from", NEW."days", NEW."fine", NEW."fine_before", NEW."fine_reduced_to", NEW."id", NEW."inmate_id", NEW."instrument_id", NEW."months", NEW."of_fine_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prison", NEW."recorded_at", NEW."recorded_by_id", NEW."rejected_reason", NEW."requester", NEW."sentence_id", NEW."state", NEW."superseded_by_id", NEW."uuid", NEW."verified_at", NEW."verified_by_id", NEW."years"); RETURN NULL;', hash='b4fe250cae13e8f7648a4f56c61a956ff4bf97e3', operation='UPDATE', pgid='pgtrigger_update_update_e9b03', table='inmates_pardon', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pardon',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_pardonevent" ("case_id", "condition", "corrects_id", "counted_from", "days", "fine", "fine_before", "fine_reduced_to", "id", "inmate_id", "instrument_id", "months", "of_fine_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prison", "recorded_at", "recorded_by_id", "rejected_reason", "requester", "sentence_id", "state", "superseded_by_id", "uuid", "verified_at", "verified_by_id", "years") VALUES (OLD."case_id", OLD."condition", OLD."corrects_id", OLD."counted_from", OLD."days", OLD."fine", OLD."fine_before", OLD."fine_reduced_to", OLD."id", OLD."inmate_id", OLD."instrument_id", OLD."months", OLD."of_fine_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prison", OLD."recorded_at", OLD."recorded_by_id", OLD."rejected_reason", OLD."requester", OLD."sentence_id", OLD."state", OLD."superseded_by_id", OLD."uuid", OLD."verified_at", OLD."verified_by_id", OLD."years"); RETURN NULL;', hash='92edb2a058e84b52f5ea02baf10842c02ce8df3f', operation='DELETE', pgid='pgtrigger_delete_delete_d900c', table='inmates_pardon', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('not_by__contains', [models.F('confirmed_by')]), _negated=True), _connector='OR'), name='correction_of_an_act_confirmed_by_another'),
        ),
    ]
