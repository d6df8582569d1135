"""Tasks and alerts say what the system says as code and parameters; what was written so far becomes a note."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0001_initial'),
        ('inmates', '0008_settlements_end_with_their_ground'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='alert',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='alert',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='alert',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='task',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='task',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='task',
            name='delete_delete',
        ),
        migrations.RenameField('alert', 'detail', 'note'),
        migrations.RenameField('alertevent', 'detail', 'note'),
        migrations.RenameField('task', 'detail', 'note'),
        migrations.RenameField('taskevent', 'detail', 'note'),
        migrations.AlterField(
            model_name='alert',
            name='note',
            field=models.CharField(blank=True, max_length=300, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='alert',
            name='said',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='detail'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='note',
            field=models.CharField(blank=True, max_length=300, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='alertevent',
            name='said',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='detail'),
        ),
        migrations.AlterField(
            model_name='task',
            name='note',
            field=models.CharField(blank=True, max_length=300, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='task',
            name='said',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='detail'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='note',
            field=models.CharField(blank=True, max_length=300, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='taskevent',
            name='said',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='detail'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alert',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_alertevent" ("acknowledged_at", "acknowledged_by_id", "audience", "facility_id", "id", "inmate_id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_on", "reference", "said") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."audience", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."raised_on", NEW."reference", NEW."said"); RETURN NULL;', hash='2d8d3ba09ec78eaf4a9dad7e490f454055e96f95', operation='INSERT', pgid='pgtrigger_insert_insert_6ecc3', table='inmates_alert', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alert',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_alertevent" ("acknowledged_at", "acknowledged_by_id", "audience", "facility_id", "id", "inmate_id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_on", "reference", "said") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."audience", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."raised_on", NEW."reference", NEW."said"); RETURN NULL;', hash='513c0be48278271507787395ea530180f3c04a48', operation='UPDATE', pgid='pgtrigger_update_update_aa90b', table='inmates_alert', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alert',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_alertevent" ("acknowledged_at", "acknowledged_by_id", "audience", "facility_id", "id", "inmate_id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_on", "reference", "said") VALUES (OLD."acknowledged_at", OLD."acknowledged_by_id", OLD."audience", OLD."facility_id", OLD."id", OLD."inmate_id", OLD."kind", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."raised_at", OLD."raised_on", OLD."reference", OLD."said"); RETURN NULL;', hash='e419be672775838ea540515239952322e060409e', operation='DELETE', pgid='pgtrigger_delete_delete_54493', table='inmates_alert', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='task',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_taskevent" ("done_at", "done_by_id", "done_note", "due_on", "facility_id", "id", "inmate_id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "said") VALUES (NEW."done_at", NEW."done_by_id", NEW."done_note", NEW."due_on", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."said"); RETURN NULL;', hash='4741c33d39c5168a6da522deeb5981cf6893e4c8', operation='INSERT', pgid='pgtrigger_insert_insert_41647', table='inmates_task', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='task',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_taskevent" ("done_at", "done_by_id", "done_note", "due_on", "facility_id", "id", "inmate_id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "said") VALUES (NEW."done_at", NEW."done_by_id", NEW."done_note", NEW."due_on", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."said"); RETURN NULL;', hash='7703764bf60b2f97fc7d4b7fd5d63656b0cc0505', operation='UPDATE', pgid='pgtrigger_update_update_b743b', table='inmates_task', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='task',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_taskevent" ("done_at", "done_by_id", "done_note", "due_on", "facility_id", "id", "inmate_id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "said") VALUES (OLD."done_at", OLD."done_by_id", OLD."done_note", OLD."due_on", OLD."facility_id", OLD."id", OLD."inmate_id", OLD."kind", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."raised_at", OLD."raised_by_id", OLD."said"); RETURN NULL;', hash='e9ce1352de44ba31f9e4fe3098a61029abf22fe0', operation='DELETE', pgid='pgtrigger_delete_delete_4ee1f', table='inmates_task', when='AFTER')),
        ),
    ]
