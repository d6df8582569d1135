"""Days that an escape took from a sentence."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0020_day_of_the_acts'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='TimeAtLarge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='first day')),
                ('day_after_last', models.DateField(verbose_name='day after the last')),
                ('inmate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='times_at_large', to='inmates.inmate')),
            ],
            options={
                'verbose_name': 'time at large',
                'verbose_name_plural': 'times at large',
                'ordering': ['first_day', 'id'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='TimeAtLargeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('first_day', models.DateField(verbose_name='first day')),
                ('day_after_last', models.DateField(verbose_name='day after the last')),
                ('inmate', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.inmate')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='inmates.timeatlarge')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='timeatlarge',
            constraint=models.CheckConstraint(condition=models.Q(('day_after_last__gt', models.F('first_day'))), name='at_large_for_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeatlarge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_timeatlargeevent" ("day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."day_after_last", NEW."first_day", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='38fc6cb8cd512fbd69bbf1cd15b7819130ee596f', operation='INSERT', pgid='pgtrigger_insert_insert_e79f1', table='inmates_timeatlarge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeatlarge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_timeatlargeevent" ("day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."day_after_last", NEW."first_day", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='935c5426e66a72b110cd99290f78bc5e6479300d', operation='UPDATE', pgid='pgtrigger_update_update_ff159', table='inmates_timeatlarge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeatlarge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_timeatlargeevent" ("day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."day_after_last", OLD."first_day", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='7c83e791c7a92636c446abda95d665f8191b0fd1', operation='DELETE', pgid='pgtrigger_delete_delete_ffbda', table='inmates_timeatlarge', when='AFTER')),
        ),
    ]
