"""The end of what a court sent back to be tried again, while another count of the case stood."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_files_stay_as_stored'),
        ('facilities', '0003_regimes_said_in_arabic'),
        ('inmates', '0052_decided_on_paper_by_another'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddField(
            model_name='courtappeal',
            name='retrial_decision',
            field=models.CharField(blank=True, max_length=120, verbose_name='decision that ended the retrial'),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='retrial_document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='retrial_ended_on',
            field=models.DateField(blank=True, null=True, verbose_name='retrial ended on'),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='retrial_outcome',
            field=models.CharField(blank=True, choices=[('acquitted', 'Acquitted'), ('dropped', 'Dropped'), ('convicted', 'Suspended term or fine only')], max_length=10, verbose_name='end of the retrial'),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='retrial_decision',
            field=models.CharField(blank=True, max_length=120, verbose_name='decision that ended the retrial'),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='retrial_document',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='retrial_ended_on',
            field=models.DateField(blank=True, null=True, verbose_name='retrial ended on'),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='retrial_outcome',
            field=models.CharField(blank=True, choices=[('acquitted', 'Acquitted'), ('dropped', 'Dropped'), ('convicted', 'Suspended term or fine only')], max_length=10, verbose_name='end of the retrial'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_courtappealevent" ("annulled_at", "by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "document_id", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "retrial_decision", "retrial_document_id", "retrial_ended_on", "retrial_outcome", "sent_at", "sent_by_id") VALUES (NEW."annulled_at", NEW."by_person_at", NEW."by_prosecution_at", NEW."case_id", NEW."court", NEW."decided_on", NEW."decision", NEW."document_id", NEW."facility_id", NEW."id", NEW."judgment_id", NEW."kind", NEW."last_day", NEW."noted_on", NEW."outcome", NEW."outcome_at", NEW."outcome_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proof", NEW."receipt_at", NEW."receipt_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."retrial_decision", NEW."retrial_document_id", NEW."retrial_ended_on", NEW."retrial_outcome", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;', hash='dc178c1a38bec5d69f4b009ac714f7251b8b6e16', operation='INSERT', pgid='pgtrigger_insert_insert_fcbe3', table='inmates_courtappeal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_courtappealevent" ("annulled_at", "by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "document_id", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "retrial_decision", "retrial_document_id", "retrial_ended_on", "retrial_outcome", "sent_at", "sent_by_id") VALUES (NEW."annulled_at", NEW."by_person_at", NEW."by_prosecution_at", NEW."case_id", NEW."court", NEW."decided_on", NEW."decision", NEW."document_id", NEW."facility_id", NEW."id", NEW."judgment_id", NEW."kind", NEW."last_day", NEW."noted_on", NEW."outcome", NEW."outcome_at", NEW."outcome_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proof", NEW."receipt_at", NEW."receipt_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."retrial_decision", NEW."retrial_document_id", NEW."retrial_ended_on", NEW."retrial_outcome", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;', hash='bbefc7b114cc7b981e00eadca8b1163cf91dea5b', operation='UPDATE', pgid='pgtrigger_update_update_a6964', table='inmates_courtappeal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_courtappealevent" ("annulled_at", "by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "document_id", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "retrial_decision", "retrial_document_id", "retrial_ended_on", "retrial_outcome", "sent_at", "sent_by_id") VALUES (OLD."annulled_at", OLD."by_person_at", OLD."by_prosecution_at", OLD."case_id", OLD."court", OLD."decided_on", OLD."decision", OLD."document_id", OLD."facility_id", OLD."id", OLD."judgment_id", OLD."kind", OLD."last_day", OLD."noted_on", OLD."outcome", OLD."outcome_at", OLD."outcome_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proof", OLD."receipt_at", OLD."receipt_by_id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."retrial_decision", OLD."retrial_document_id", OLD."retrial_ended_on", OLD."retrial_outcome", OLD."sent_at", OLD."sent_by_id"); RETURN NULL;', hash='6b5d6b8f9acc6f11943b648d33269dcf8982c6b4', operation='DELETE', pgid='pgtrigger_delete_delete_fa460', table='inmates_courtappeal', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retrial_decision', ''), ('retrial_ended_on', None), ('retrial_outcome', '')), models.Q(('outcome', 'sent_back'), ('retrial_ended_on__isnull', False), models.Q(('retrial_outcome', ''), _negated=True), models.Q(('retrial_decision', ''), _negated=True)), _connector='OR'), name='court_appeal_retrial_ended_by_a_decision'),
        ),
    ]
