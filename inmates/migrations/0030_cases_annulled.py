"""A case entered for the wrong person can be annulled."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0029_partly_suspended_terms'),
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
        migrations.AddField(
            model_name='case',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='caseevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_caseevent" ("annulled_at", "closed_on", "court", "document_id", "id", "inmate_id", "number", "on_remand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."annulled_at", NEW."closed_on", NEW."court", NEW."document_id", NEW."id", NEW."inmate_id", NEW."number", NEW."on_remand", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state"); RETURN NULL;', hash='645d13d7bcae4e512a20caf9d14e527aa1a966f7', operation='INSERT', pgid='pgtrigger_insert_insert_036a4', table='inmates_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_caseevent" ("annulled_at", "closed_on", "court", "document_id", "id", "inmate_id", "number", "on_remand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."annulled_at", NEW."closed_on", NEW."court", NEW."document_id", NEW."id", NEW."inmate_id", NEW."number", NEW."on_remand", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state"); RETURN NULL;', hash='47ccdbe7bdedfe8c0c3491929ba3bcf3405f6be0', operation='UPDATE', pgid='pgtrigger_update_update_e4481', table='inmates_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_caseevent" ("annulled_at", "closed_on", "court", "document_id", "id", "inmate_id", "number", "on_remand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."annulled_at", OLD."closed_on", OLD."court", OLD."document_id", OLD."id", OLD."inmate_id", OLD."number", OLD."on_remand", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state"); RETURN NULL;', hash='8337695ed5bffb7bd3f2715603159808d0da3483', operation='DELETE', pgid='pgtrigger_delete_delete_114f1', table='inmates_case', when='AFTER')),
        ),
    ]
