"""Of which days in custody the reason speaks that leaves them out of a sentence."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0055_any_order_without_a_last_day_is_told_of'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='sentence',
            name='days_left_out',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='days_left_out',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "days_left_out", "document_id", "earlier_custody", "final_document_id", "final_on", "final_reference", "firm_days", "firm_months", "firm_years", "held_elsewhere", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "suspended_days", "suspended_months", "suspended_years", "suspension_revoked_by", "suspension_revoked_on", "total_days", "total_months", "total_years", "uuid", "years") VALUES (NEW."acts_on", NEW."annulled_at", NEW."case_id", NEW."count", NEW."days", NEW."days_left_out", NEW."document_id", NEW."earlier_custody", NEW."final_document_id", NEW."final_on", NEW."final_reference", NEW."firm_days", NEW."firm_months", NEW."firm_years", NEW."held_elsewhere", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."suspended_days", NEW."suspended_months", NEW."suspended_years", NEW."suspension_revoked_by", NEW."suspension_revoked_on", NEW."total_days", NEW."total_months", NEW."total_years", NEW."uuid", NEW."years"); RETURN NULL;', hash='83a6149616f5b9d417d4e376ae896815158e782b', operation='INSERT', pgid='pgtrigger_insert_insert_36637', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "days_left_out", "document_id", "earlier_custody", "final_document_id", "final_on", "final_reference", "firm_days", "firm_months", "firm_years", "held_elsewhere", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "suspended_days", "suspended_months", "suspended_years", "suspension_revoked_by", "suspension_revoked_on", "total_days", "total_months", "total_years", "uuid", "years") VALUES (NEW."acts_on", NEW."annulled_at", NEW."case_id", NEW."count", NEW."days", NEW."days_left_out", NEW."document_id", NEW."earlier_custody", NEW."final_document_id", NEW."final_on", NEW."final_reference", NEW."firm_days", NEW."firm_months", NEW."firm_years", NEW."held_elsewhere", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."suspended_days", NEW."suspended_months", NEW."suspended_years", NEW."suspension_revoked_by", NEW."suspension_revoked_on", NEW."total_days", NEW."total_months", NEW."total_years", NEW."uuid", NEW."years"); RETURN NULL;', hash='cc01a07c128f05a9be65b46daa9ae7486c75c5d4', operation='UPDATE', pgid='pgtrigger_update_update_7e96c', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "days_left_out", "document_id", "earlier_custody", "final_document_id", "final_on", "final_reference", "firm_days", "firm_months", "firm_years", "held_elsewhere", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "suspended_days", "suspended_months", "suspended_years", "suspension_revoked_by", "suspension_revoked_on", "total_days", "total_months", "total_years", "uuid", "years") VALUES (OLD."acts_on", OLD."annulled_at", OLD."case_id", OLD."count", OLD."days", OLD."days_left_out", OLD."document_id", OLD."earlier_custody", OLD."final_document_id", OLD."final_on", OLD."final_reference", OLD."firm_days", OLD."firm_months", OLD."firm_years", OLD."held_elsewhere", OLD."id", OLD."inmate_id", OLD."kind", OLD."months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pronounced_on", OLD."quashed_on", OLD."range_acknowledged_by_id", OLD."relation", OLD."relation_decision", OLD."replaced_on", OLD."replaces_id", OLD."starts_on", OLD."suspended_days", OLD."suspended_months", OLD."suspended_years", OLD."suspension_revoked_by", OLD."suspension_revoked_on", OLD."total_days", OLD."total_months", OLD."total_years", OLD."uuid", OLD."years"); RETURN NULL;', hash='6bcea239794067a3291394945b5f640a265f9574', operation='DELETE', pgid='pgtrigger_delete_delete_cbb89', table='inmates_sentence', when='AFTER')),
        ),
    ]
