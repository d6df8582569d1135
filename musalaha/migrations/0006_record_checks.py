"""Checks of the criminal record; reconvictions that were entered for the wrong person."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0014_corrections'),
        ('musalaha', '0005_a_session_has_a_subject'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('annulled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('checked_on', models.DateField(verbose_name='read on')),
                ('reference', models.CharField(max_length=120, verbose_name='reference of the extract')),
            ],
            options={
                'verbose_name': 'check of the criminal record',
                'verbose_name_plural': 'checks of the criminal record',
                'ordering': ['checked_on'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RecordCheckEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('annulled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('checked_on', models.DateField(verbose_name='read on')),
                ('reference', models.CharField(max_length=120, verbose_name='reference of the extract')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reconviction',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reconviction',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reconviction',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='reconviction',
            name='reconviction_once',
        ),
        migrations.AddField(
            model_name='reconviction',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='reconvictionevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reconviction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_reconvictionevent" ("act_on", "admission_id", "annulled_at", "final_on", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "source", "terrorism") VALUES (NEW."act_on", NEW."admission_id", NEW."annulled_at", NEW."final_on", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."source", NEW."terrorism"); RETURN NULL;', hash='39b2a1175bbee287b239a16ff69001bc6a103d1e', operation='INSERT', pgid='pgtrigger_insert_insert_993e2', table='musalaha_reconviction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reconviction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "musalaha_reconvictionevent" ("act_on", "admission_id", "annulled_at", "final_on", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "source", "terrorism") VALUES (NEW."act_on", NEW."admission_id", NEW."annulled_at", NEW."final_on", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."source", NEW."terrorism"); RETURN NULL;', hash='a404ba56c056b5353e3e855ddd6ad2be7a8da714', operation='UPDATE', pgid='pgtrigger_update_update_a207e', table='musalaha_reconviction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reconviction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_reconvictionevent" ("act_on", "admission_id", "annulled_at", "final_on", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "source", "terrorism") VALUES (OLD."act_on", OLD."admission_id", OLD."annulled_at", OLD."final_on", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."source", OLD."terrorism"); RETURN NULL;', hash='2be423b87c2f19b806fbe49ef8d7da5bfa1c22d0', operation='DELETE', pgid='pgtrigger_delete_delete_8b904', table='musalaha_reconviction', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reconviction',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_at', None)), fields=('inmate', 'act_on', 'source'), name='reconviction_once'),
        ),
        migrations.AddField(
            model_name='recordcheck',
            name='admission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='record_checks', to='inmates.admission'),
        ),
        migrations.AddField(
            model_name='recordcheck',
            name='inmate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='record_checks', to='inmates.inmate'),
        ),
        migrations.AddField(
            model_name='recordcheck',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='recordcheckevent',
            name='admission',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.admission'),
        ),
        migrations.AddField(
            model_name='recordcheckevent',
            name='inmate',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.inmate'),
        ),
        migrations.AddField(
            model_name='recordcheckevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='recordcheckevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='musalaha.recordcheck'),
        ),
        migrations.AddField(
            model_name='recordcheckevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='recordcheck',
            constraint=models.CheckConstraint(condition=models.Q(('reference', ''), _negated=True), name='record_check_has_a_reference'),
        ),
        migrations.AddConstraint(
            model_name='recordcheck',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_at', None)), fields=('admission', 'checked_on'), name='record_check_once_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordcheck',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_recordcheckevent" ("admission_id", "annulled_at", "checked_on", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "reference") VALUES (NEW."admission_id", NEW."annulled_at", NEW."checked_on", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."reference"); RETURN NULL;', hash='553283190805d714cc5007fedee9756c8c959f89', operation='INSERT', pgid='pgtrigger_insert_insert_08ec5', table='musalaha_recordcheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordcheck',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "musalaha_recordcheckevent" ("admission_id", "annulled_at", "checked_on", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "reference") VALUES (NEW."admission_id", NEW."annulled_at", NEW."checked_on", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."reference"); RETURN NULL;', hash='84652868e8e82867cd41cd2a75f3074cd0501cf6', operation='UPDATE', pgid='pgtrigger_update_update_a0446', table='musalaha_recordcheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordcheck',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_recordcheckevent" ("admission_id", "annulled_at", "checked_on", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "reference") VALUES (OLD."admission_id", OLD."annulled_at", OLD."checked_on", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."reference"); RETURN NULL;', hash='662d094032a1d62fca65b9a248e9d7a46f41b61f', operation='DELETE', pgid='pgtrigger_delete_delete_caf6c', table='musalaha_recordcheck', when='AFTER')),
        ),
    ]
