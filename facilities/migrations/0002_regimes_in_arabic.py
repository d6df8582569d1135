"""What a regime says of company and work has an Arabic form."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='regime',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='regime',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='regime',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='regime',
            name='association_ar',
            field=models.CharField(blank=True, max_length=200, verbose_name='association, in Arabic'),
        ),
        migrations.AddField(
            model_name='regime',
            name='work_and_education_ar',
            field=models.CharField(blank=True, max_length=200, verbose_name='work and education, in Arabic'),
        ),
        migrations.AddField(
            model_name='regimeevent',
            name='association_ar',
            field=models.CharField(blank=True, max_length=200, verbose_name='association, in Arabic'),
        ),
        migrations.AddField(
            model_name='regimeevent',
            name='work_and_education_ar',
            field=models.CharField(blank=True, max_length=200, verbose_name='work and education, in Arabic'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regime',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facilities_regimeevent" ("association", "association_ar", "call_minutes", "calls_per_week", "hours_contact", "hours_out_of_cell", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_interval_days", "tier", "visit_minutes", "visits_per_month", "work_and_education", "work_and_education_ar") VALUES (NEW."association", NEW."association_ar", NEW."call_minutes", NEW."calls_per_week", NEW."hours_contact", NEW."hours_out_of_cell", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_interval_days", NEW."tier", NEW."visit_minutes", NEW."visits_per_month", NEW."work_and_education", NEW."work_and_education_ar"); RETURN NULL;', hash='48eedea8577882c224962a9e7434c5f3519b60e5', operation='INSERT', pgid='pgtrigger_insert_insert_d11ac', table='facilities_regime', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regime',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "facilities_regimeevent" ("association", "association_ar", "call_minutes", "calls_per_week", "hours_contact", "hours_out_of_cell", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_interval_days", "tier", "visit_minutes", "visits_per_month", "work_and_education", "work_and_education_ar") VALUES (NEW."association", NEW."association_ar", NEW."call_minutes", NEW."calls_per_week", NEW."hours_contact", NEW."hours_out_of_cell", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_interval_days", NEW."tier", NEW."visit_minutes", NEW."visits_per_month", NEW."work_and_education", NEW."work_and_education_ar"); RETURN NULL;', hash='4821c205d3b9861fdc069661c2c86878fdb167fd', operation='UPDATE', pgid='pgtrigger_update_update_542cf', table='facilities_regime', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regime',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facilities_regimeevent" ("association", "association_ar", "call_minutes", "calls_per_week", "hours_contact", "hours_out_of_cell", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_interval_days", "tier", "visit_minutes", "visits_per_month", "work_and_education", "work_and_education_ar") VALUES (OLD."association", OLD."association_ar", OLD."call_minutes", OLD."calls_per_week", OLD."hours_contact", OLD."hours_out_of_cell", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_interval_days", OLD."tier", OLD."visit_minutes", OLD."visits_per_month", OLD."work_and_education", OLD."work_and_education_ar"); RETURN NULL;', hash='80cd48020a803564d2abb917664caa76c1c600b7', operation='DELETE', pgid='pgtrigger_delete_delete_82b10', table='facilities_regime', when='AFTER')),
        ),
    ]
