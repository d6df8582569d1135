"""Versions of an article share a code, and no two of them are in force on one day; recalled ranges say so."""

import datetime

import django.contrib.postgres.constraints
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def give_codes(apps, schema_editor):
    """The article's number is its code; a row that another one overlaps keeps apart by its own number."""
    seen = {}
    for offence in apps.get_model("inmates", "Offence").objects.order_by("id"):
        since, until = offence.valid_from or datetime.date.min, offence.valid_until or datetime.date.max
        others = seen.setdefault(offence.article, [])
        apart = all(until <= first or since >= end for first, end in others)
        offence.code = offence.article if apart else f"{offence.article} ({offence.pk})"
        offence.to_check = offence.article != "218-1-1" and offence.max_years is not None
        offence.save()
        if apart:
            others.append((since, until))


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0027_reductions_rest_on_a_decision'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='offence',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offence',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offence',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='offence',
            name='code',
            field=models.CharField(blank=True, help_text="The same for every version of an article; empty: the article's number.", max_length=40, verbose_name='code'),
        ),
        migrations.AddField(
            model_name='offence',
            name='to_check',
            field=models.BooleanField(default=False, verbose_name="range to be checked in the law's text"),
        ),
        migrations.AddField(
            model_name='offenceevent',
            name='code',
            field=models.CharField(blank=True, help_text="The same for every version of an article; empty: the article's number.", max_length=40, verbose_name='code'),
        ),
        migrations.AddField(
            model_name='offenceevent',
            name='to_check',
            field=models.BooleanField(default=False, verbose_name="range to be checked in the law's text"),
        ),
        migrations.AlterField(
            model_name='offence',
            name='valid_until',
            field=models.DateField(blank=True, help_text='The first day of the next version.', null=True, verbose_name='in force until'),
        ),
        migrations.AlterField(
            model_name='offenceevent',
            name='valid_until',
            field=models.DateField(blank=True, help_text='The first day of the next version.', null=True, verbose_name='in force until'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_offenceevent" ("article", "code", "id", "label", "label_ar", "label_fr", "law", "max_years", "min_years", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terrorism", "to_check", "valid_from", "valid_until") VALUES (NEW."article", NEW."code", NEW."id", NEW."label", NEW."label_ar", NEW."label_fr", NEW."law", NEW."max_years", NEW."min_years", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."terrorism", NEW."to_check", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='131c9b6fbcfd01ae5343521ddf1b8f25447e6de4', operation='INSERT', pgid='pgtrigger_insert_insert_6adfe', table='inmates_offence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_offenceevent" ("article", "code", "id", "label", "label_ar", "label_fr", "law", "max_years", "min_years", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terrorism", "to_check", "valid_from", "valid_until") VALUES (NEW."article", NEW."code", NEW."id", NEW."label", NEW."label_ar", NEW."label_fr", NEW."law", NEW."max_years", NEW."min_years", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."terrorism", NEW."to_check", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='1e55357faab83a5eda13359e5b848728b8f457ac', operation='UPDATE', pgid='pgtrigger_update_update_9776f', table='inmates_offence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_offenceevent" ("article", "code", "id", "label", "label_ar", "label_fr", "law", "max_years", "min_years", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terrorism", "to_check", "valid_from", "valid_until") VALUES (OLD."article", OLD."code", OLD."id", OLD."label", OLD."label_ar", OLD."label_fr", OLD."law", OLD."max_years", OLD."min_years", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."terrorism", OLD."to_check", OLD."valid_from", OLD."valid_until"); RETURN NULL;', hash='f7e13f5c3e456defb5eaab33a48118123de30379', operation='DELETE', pgid='pgtrigger_delete_delete_1d316', table='inmates_offence', when='AFTER')),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='offence',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='offence_has_a_code'),
        ),
        migrations.AddConstraint(
            model_name='offence',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='offence_version_lasts_a_day', violation_error_message='The end lies before the start.'),
        ),
        migrations.AddConstraint(
            model_name='offence',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), function='DATERANGE'), '&&')], name='offence_one_version_a_day', violation_error_message='Another version of this article is in force on some of these days.'),
        ),
    ]
