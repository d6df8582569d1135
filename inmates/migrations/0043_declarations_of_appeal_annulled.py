"""A declaration of appeal entered for another person, or twice, is annulled."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('facilities', '0001_initial'),
        ('inmates', '0042_settlements_after_the_latest_end'),
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
        migrations.RemoveConstraint(
            model_name='courtappeal',
            name='court_appeal_one_open',
        ),
        migrations.RemoveConstraint(
            model_name='courtappeal',
            name='court_appeal_number_once_a_prison',
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='correction',
            name='kind',
            field=models.CharField(choices=[('change', 'Correction'), ('annulment', "Annulment: another person's, or entered twice"), ('taken_back', 'Taking back of an act entered by mistake'), ('entry', 'Entry that shortens a term')], default='change', max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='correctionevent',
            name='kind',
            field=models.CharField(choices=[('change', 'Correction'), ('annulment', "Annulment: another person's, or entered twice"), ('taken_back', 'Taking back of an act entered by mistake'), ('entry', 'Entry that shortens a term')], default='change', max_length=10, verbose_name='kind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_courtappealevent" ("annulled_at", "by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "document_id", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "sent_at", "sent_by_id") VALUES (NEW."annulled_at", NEW."by_person_at", NEW."by_prosecution_at", NEW."case_id", NEW."court", NEW."decided_on", NEW."decision", NEW."document_id", NEW."facility_id", NEW."id", NEW."judgment_id", NEW."kind", NEW."last_day", NEW."noted_on", NEW."outcome", NEW."outcome_at", NEW."outcome_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proof", NEW."receipt_at", NEW."receipt_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;', hash='d4e4d562cba05443bb416a1efbe0cfdbaf1ef4f7', operation='INSERT', pgid='pgtrigger_insert_insert_fcbe3', table='inmates_courtappeal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_courtappealevent" ("annulled_at", "by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "document_id", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "sent_at", "sent_by_id") VALUES (NEW."annulled_at", NEW."by_person_at", NEW."by_prosecution_at", NEW."case_id", NEW."court", NEW."decided_on", NEW."decision", NEW."document_id", NEW."facility_id", NEW."id", NEW."judgment_id", NEW."kind", NEW."last_day", NEW."noted_on", NEW."outcome", NEW."outcome_at", NEW."outcome_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proof", NEW."receipt_at", NEW."receipt_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;', hash='11b452154bd8901cd5d85e93db84effa4bb786a7', operation='UPDATE', pgid='pgtrigger_update_update_a6964', table='inmates_courtappeal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_courtappealevent" ("annulled_at", "by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "document_id", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "sent_at", "sent_by_id") VALUES (OLD."annulled_at", OLD."by_person_at", OLD."by_prosecution_at", OLD."case_id", OLD."court", OLD."decided_on", OLD."decision", OLD."document_id", OLD."facility_id", OLD."id", OLD."judgment_id", OLD."kind", OLD."last_day", OLD."noted_on", OLD."outcome", OLD."outcome_at", OLD."outcome_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proof", OLD."receipt_at", OLD."receipt_by_id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."sent_at", OLD."sent_by_id"); RETURN NULL;', hash='62dc9357ba5132746383a1991b451e32f262b5f4', operation='DELETE', pgid='pgtrigger_delete_delete_fa460', table='inmates_courtappeal', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_at', None), ('outcome', '')), fields=('case', 'kind'), name='court_appeal_one_open'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), ('annulled_at', None)), fields=('facility', 'kind', 'reference'), name='court_appeal_number_once_a_prison'),
        ),
    ]
