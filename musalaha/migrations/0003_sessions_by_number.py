"""A session of the timetable goes by its strand and number, so that each reader reads its subject in their language."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('musalaha', '0002_stamps_in_pairs'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='session',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='session',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='session',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='session',
            name='number',
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='sessionevent',
            name='number',
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='session',
            name='title',
            field=models.CharField(blank=True, max_length=160, verbose_name='subject'),
        ),
        migrations.AlterField(
            model_name='sessionevent',
            name='title',
            field=models.CharField(blank=True, max_length=160, verbose_name='subject'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_sessionevent" ("aim", "cancelled_reason", "catch_up", "cohort_id", "facilitator", "id", "minutes", "number", "only_for_id", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "starts_at", "strand", "title") VALUES (NEW."aim", NEW."cancelled_reason", NEW."catch_up", NEW."cohort_id", NEW."facilitator", NEW."id", NEW."minutes", NEW."number", NEW."only_for_id", NEW."organisation", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."room", NEW."starts_at", NEW."strand", NEW."title"); RETURN NULL;', hash='5a1c58f55703b8ba6f9b1de1bffac61bc7205dd7', operation='INSERT', pgid='pgtrigger_insert_insert_f3f9a', table='musalaha_session', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "musalaha_sessionevent" ("aim", "cancelled_reason", "catch_up", "cohort_id", "facilitator", "id", "minutes", "number", "only_for_id", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "starts_at", "strand", "title") VALUES (NEW."aim", NEW."cancelled_reason", NEW."catch_up", NEW."cohort_id", NEW."facilitator", NEW."id", NEW."minutes", NEW."number", NEW."only_for_id", NEW."organisation", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."room", NEW."starts_at", NEW."strand", NEW."title"); RETURN NULL;', hash='47e1aa11b5b1fedf0308b15a719a8ea1fd3d0998', operation='UPDATE', pgid='pgtrigger_update_update_973ec', table='musalaha_session', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_sessionevent" ("aim", "cancelled_reason", "catch_up", "cohort_id", "facilitator", "id", "minutes", "number", "only_for_id", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "starts_at", "strand", "title") VALUES (OLD."aim", OLD."cancelled_reason", OLD."catch_up", OLD."cohort_id", OLD."facilitator", OLD."id", OLD."minutes", OLD."number", OLD."only_for_id", OLD."organisation", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."room", OLD."starts_at", OLD."strand", OLD."title"); RETURN NULL;', hash='6401b02b8910dabe97e431000f91d22f6a598114', operation='DELETE', pgid='pgtrigger_delete_delete_34d0f', table='musalaha_session', when='AFTER')),
        ),
    ]
