"""A decision that shortens a term waits for a second person, with its scan; a correction is withdrawn by who made it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('inmates', '0040_admissions_taken_back'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='adjustment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='adjustment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='adjustment',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='adjustment',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='adjustmentevent',
            name='document',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='kind',
            field=models.CharField(choices=[('change', 'Correction'), ('annulment', 'Entered for the wrong person'), ('taken_back', 'Taking back of an act entered by mistake'), ('entry', 'Entry that shortens a term')], default='change', max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='state',
            field=models.CharField(choices=[('proposed', 'Waits for a second person'), ('decided', 'In effect on paper, to be confirmed'), ('done', 'In effect'), ('refused', 'Not confirmed'), ('withdrawn', 'Withdrawn by who entered it')], default='proposed', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='correctionevent',
            name='kind',
            field=models.CharField(choices=[('change', 'Correction'), ('annulment', 'Entered for the wrong person'), ('taken_back', 'Taking back of an act entered by mistake'), ('entry', 'Entry that shortens a term')], default='change', max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='correctionevent',
            name='state',
            field=models.CharField(choices=[('proposed', 'Waits for a second person'), ('decided', 'In effect on paper, to be confirmed'), ('done', 'In effect'), ('refused', 'Not confirmed'), ('withdrawn', 'Withdrawn by who entered it')], default='proposed', max_length=10, verbose_name='state'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_adjustmentevent" ("annulled_at", "counted_from", "days", "decided_on", "document_id", "entered_at", "entered_by_id", "id", "kind", "months", "pardon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "sentence_id", "source", "superseded_at", "superseded_reason", "years") VALUES (NEW."annulled_at", NEW."counted_from", NEW."days", NEW."decided_on", NEW."document_id", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."kind", NEW."months", NEW."pardon_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."reference", NEW."sentence_id", NEW."source", NEW."superseded_at", NEW."superseded_reason", NEW."years"); RETURN NULL;', hash='21e1bdf175ee512d5534cfaa33a97c5dcc57fc0e', operation='INSERT', pgid='pgtrigger_insert_insert_727bb', table='inmates_adjustment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_adjustmentevent" ("annulled_at", "counted_from", "days", "decided_on", "document_id", "entered_at", "entered_by_id", "id", "kind", "months", "pardon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "sentence_id", "source", "superseded_at", "superseded_reason", "years") VALUES (NEW."annulled_at", NEW."counted_from", NEW."days", NEW."decided_on", NEW."document_id", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."kind", NEW."months", NEW."pardon_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."reference", NEW."sentence_id", NEW."source", NEW."superseded_at", NEW."superseded_reason", NEW."years"); RETURN NULL;', hash='a4ec1c256774835f7a002367c07d1ba6d287d028', operation='UPDATE', pgid='pgtrigger_update_update_0913f', table='inmates_adjustment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_adjustmentevent" ("annulled_at", "counted_from", "days", "decided_on", "document_id", "entered_at", "entered_by_id", "id", "kind", "months", "pardon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "sentence_id", "source", "superseded_at", "superseded_reason", "years") VALUES (OLD."annulled_at", OLD."counted_from", OLD."days", OLD."decided_on", OLD."document_id", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."kind", OLD."months", OLD."pardon_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."reference", OLD."sentence_id", OLD."source", OLD."superseded_at", OLD."superseded_reason", OLD."years"); RETURN NULL;', hash='a8feaf2e200ec8eaa974d50ccd50f60b77530689', operation='DELETE', pgid='pgtrigger_delete_delete_44289', table='inmates_adjustment', when='AFTER')),
        ),
    ]
