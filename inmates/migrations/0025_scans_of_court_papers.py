"""Scans of judgments, of rulings on appeal, of papers that say one is final, and of what ended a case."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('inmates', '0024_annulled_sentences_stand_nowhere'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='courtappeal',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='courtappeal',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='courtappeal',
            name='delete_delete',
        ),
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
            model_name='case',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='caseevent',
            name='document',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='document',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='final_document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='document',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='final_document',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_caseevent" ("closed_on", "court", "document_id", "id", "inmate_id", "number", "on_remand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."closed_on", NEW."court", NEW."document_id", NEW."id", NEW."inmate_id", NEW."number", NEW."on_remand", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state"); RETURN NULL;', hash='fad88810731b13775678c9aa4b476c9741ba0277', operation='INSERT', pgid='pgtrigger_insert_insert_036a4', table='inmates_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_caseevent" ("closed_on", "court", "document_id", "id", "inmate_id", "number", "on_remand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."closed_on", NEW."court", NEW."document_id", NEW."id", NEW."inmate_id", NEW."number", NEW."on_remand", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state"); RETURN NULL;', hash='403fb2a1be17b43c5105510edf9c789747918083', operation='UPDATE', pgid='pgtrigger_update_update_e4481', table='inmates_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_caseevent" ("closed_on", "court", "document_id", "id", "inmate_id", "number", "on_remand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."closed_on", OLD."court", OLD."document_id", OLD."id", OLD."inmate_id", OLD."number", OLD."on_remand", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state"); RETURN NULL;', hash='48498733f7697a2266cfdbfbec3b6c4dba352a07', operation='DELETE', pgid='pgtrigger_delete_delete_114f1', table='inmates_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_courtappealevent" ("by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "document_id", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "sent_at", "sent_by_id") VALUES (NEW."by_person_at", NEW."by_prosecution_at", NEW."case_id", NEW."court", NEW."decided_on", NEW."decision", NEW."document_id", NEW."facility_id", NEW."id", NEW."judgment_id", NEW."kind", NEW."last_day", NEW."noted_on", NEW."outcome", NEW."outcome_at", NEW."outcome_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proof", NEW."receipt_at", NEW."receipt_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;', hash='2fc0d432c113e8841015b1d47b6c21eb5ee19736', operation='INSERT', pgid='pgtrigger_insert_insert_fcbe3', table='inmates_courtappeal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_courtappealevent" ("by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "document_id", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "sent_at", "sent_by_id") VALUES (NEW."by_person_at", NEW."by_prosecution_at", NEW."case_id", NEW."court", NEW."decided_on", NEW."decision", NEW."document_id", NEW."facility_id", NEW."id", NEW."judgment_id", NEW."kind", NEW."last_day", NEW."noted_on", NEW."outcome", NEW."outcome_at", NEW."outcome_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proof", NEW."receipt_at", NEW."receipt_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;', hash='a53cd407a7d07289a87ce8bb4df081d7de8a441d', operation='UPDATE', pgid='pgtrigger_update_update_a6964', table='inmates_courtappeal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_courtappealevent" ("by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "document_id", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "sent_at", "sent_by_id") VALUES (OLD."by_person_at", OLD."by_prosecution_at", OLD."case_id", OLD."court", OLD."decided_on", OLD."decision", OLD."document_id", OLD."facility_id", OLD."id", OLD."judgment_id", OLD."kind", OLD."last_day", OLD."noted_on", OLD."outcome", OLD."outcome_at", OLD."outcome_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proof", OLD."receipt_at", OLD."receipt_by_id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."sent_at", OLD."sent_by_id"); RETURN NULL;', hash='990a5f3dc366f0dc24cf73d388cd5bcc424ecb0c', operation='DELETE', pgid='pgtrigger_delete_delete_fa460', table='inmates_courtappeal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "document_id", "earlier_custody", "final_document_id", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (NEW."acts_on", NEW."annulled_at", NEW."case_id", NEW."count", NEW."days", NEW."document_id", NEW."earlier_custody", NEW."final_document_id", NEW."final_on", NEW."final_reference", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."uuid", NEW."years"); RETURN NULL;', hash='85ac747a19164308506946a5562d4c588793b34d', operation='INSERT', pgid='pgtrigger_insert_insert_36637', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "document_id", "earlier_custody", "final_document_id", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (NEW."acts_on", NEW."annulled_at", NEW."case_id", NEW."count", NEW."days", NEW."document_id", NEW."earlier_custody", NEW."final_document_id", NEW."final_on", NEW."final_reference", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."uuid", NEW."years"); RETURN NULL;', hash='fd9a74d40abfb82f8d4f037a14f1db05434c483e', operation='UPDATE', pgid='pgtrigger_update_update_7e96c', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "document_id", "earlier_custody", "final_document_id", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (OLD."acts_on", OLD."annulled_at", OLD."case_id", OLD."count", OLD."days", OLD."document_id", OLD."earlier_custody", OLD."final_document_id", OLD."final_on", OLD."final_reference", OLD."id", OLD."inmate_id", OLD."kind", OLD."months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pronounced_on", OLD."quashed_on", OLD."range_acknowledged_by_id", OLD."relation", OLD."relation_decision", OLD."replaced_on", OLD."replaces_id", OLD."starts_on", OLD."uuid", OLD."years"); RETURN NULL;', hash='082ef6ebfd5845051f3f940ce37b2e78c511a945', operation='DELETE', pgid='pgtrigger_delete_delete_cbb89', table='inmates_sentence', when='AFTER')),
        ),
    ]
