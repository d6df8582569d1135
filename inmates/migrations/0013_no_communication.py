"""A judge's order of no communication, and contacts that went against one."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('facilities', '0001_initial'),
        ('inmates', '0012_releases_keep_their_paper'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NoCommunication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(max_length=120, verbose_name='issued by')),
                ('reference', models.CharField(max_length=80, verbose_name='reference')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('until', models.DateField(verbose_name='until')),
                ('reach', models.CharField(choices=[('everybody', 'Everybody but counsel'), ('named', 'Those named')], max_length=9, verbose_name='with whom')),
                ('named', models.CharField(blank=True, max_length=300, verbose_name='their names')),
                ('lifted_on', models.DateField(blank=True, null=True, verbose_name='lifted on')),
                ('lifted_reference', models.CharField(blank=True, max_length=120, verbose_name='by which decision')),
            ],
            options={
                'verbose_name': 'order of no communication',
                'verbose_name_plural': 'orders of no communication',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='NoCommunicationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('authority', models.CharField(max_length=120, verbose_name='issued by')),
                ('reference', models.CharField(max_length=80, verbose_name='reference')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('until', models.DateField(verbose_name='until')),
                ('reach', models.CharField(choices=[('everybody', 'Everybody but counsel'), ('named', 'Those named')], max_length=9, verbose_name='with whom')),
                ('named', models.CharField(blank=True, max_length=300, verbose_name='their names')),
                ('lifted_on', models.DateField(blank=True, null=True, verbose_name='lifted on')),
                ('lifted_reference', models.CharField(blank=True, max_length=120, verbose_name='by which decision')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='delete_delete',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_contactevent" ("despite_id", "facility_id", "id", "inmate_id", "kind", "minutes", "on", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "relation") VALUES (NEW."despite_id", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."minutes", NEW."on", NEW."person", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."relation"); RETURN NULL;', hash='87cff533d2418f1ecc670e567ad8d5379c3e1401', operation='INSERT', pgid='pgtrigger_insert_insert_41412', table='inmates_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_contactevent" ("despite_id", "facility_id", "id", "inmate_id", "kind", "minutes", "on", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "relation") VALUES (NEW."despite_id", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."minutes", NEW."on", NEW."person", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."relation"); RETURN NULL;', hash='a4aca55726c1e4586b7e8e562fdc177327c865c6', operation='UPDATE', pgid='pgtrigger_update_update_8b095', table='inmates_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_contactevent" ("despite_id", "facility_id", "id", "inmate_id", "kind", "minutes", "on", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "relation") VALUES (OLD."despite_id", OLD."facility_id", OLD."id", OLD."inmate_id", OLD."kind", OLD."minutes", OLD."on", OLD."person", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."relation"); RETURN NULL;', hash='404cf427caf80d4d9c2c0a63cdace831378a10ec', operation='DELETE', pgid='pgtrigger_delete_delete_9adbc', table='inmates_contact', when='AFTER')),
        ),
        migrations.AddField(
            model_name='nocommunication',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='nocommunication',
            name='inmate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='no_communications', to='inmates.inmate'),
        ),
        migrations.AddField(
            model_name='nocommunication',
            name='lifted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='nocommunication',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contact',
            name='despite',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='inmates.nocommunication'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='despite',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.nocommunication'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('despite', None), ('kind__in', ['visit', 'call']), _connector='OR'), name='contact_order_never_against_counsel'),
        ),
        migrations.AddField(
            model_name='nocommunicationevent',
            name='document',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='nocommunicationevent',
            name='inmate',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.inmate'),
        ),
        migrations.AddField(
            model_name='nocommunicationevent',
            name='lifted_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='nocommunicationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='nocommunicationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='inmates.nocommunication'),
        ),
        migrations.AddField(
            model_name='nocommunicationevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='nocommunication',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('starts_on'))), name='no_communication_not_reversed'),
        ),
        migrations.AddConstraint(
            model_name='nocommunication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('authority', ''), _negated=True), models.Q(('reference', ''), _negated=True)), name='no_communication_names_its_paper'),
        ),
        migrations.AddConstraint(
            model_name='nocommunication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('named', ''), ('reach', 'everybody')), models.Q(('reach', 'named'), models.Q(('named', ''), _negated=True)), _connector='OR'), name='no_communication_says_with_whom'),
        ),
        migrations.AddConstraint(
            model_name='nocommunication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_on', None), ('lifted_reference', '')), models.Q(('lifted_on__isnull', False), models.Q(('lifted_reference', ''), _negated=True)), _connector='OR'), name='no_communication_lifted_by_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='nocommunication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_by__isnull', True), ('lifted_on__isnull', True)), models.Q(('lifted_by__isnull', False), ('lifted_on__isnull', False)), _connector='OR'), name='no_communication_lifted_by_and_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nocommunication',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_nocommunicationevent" ("authority", "document_id", "id", "inmate_id", "lifted_by_id", "lifted_on", "lifted_reference", "named", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "recorded_by_id", "reference", "starts_on", "until") VALUES (NEW."authority", NEW."document_id", NEW."id", NEW."inmate_id", NEW."lifted_by_id", NEW."lifted_on", NEW."lifted_reference", NEW."named", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reach", NEW."recorded_by_id", NEW."reference", NEW."starts_on", NEW."until"); RETURN NULL;', hash='ef3daa9698e31b27c12dbee2272e5019242f7a15', operation='INSERT', pgid='pgtrigger_insert_insert_6ad74', table='inmates_nocommunication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nocommunication',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_nocommunicationevent" ("authority", "document_id", "id", "inmate_id", "lifted_by_id", "lifted_on", "lifted_reference", "named", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "recorded_by_id", "reference", "starts_on", "until") VALUES (NEW."authority", NEW."document_id", NEW."id", NEW."inmate_id", NEW."lifted_by_id", NEW."lifted_on", NEW."lifted_reference", NEW."named", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reach", NEW."recorded_by_id", NEW."reference", NEW."starts_on", NEW."until"); RETURN NULL;', hash='0883e7da342277da609469fb3a49045520d90555', operation='UPDATE', pgid='pgtrigger_update_update_ea6c6', table='inmates_nocommunication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nocommunication',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_nocommunicationevent" ("authority", "document_id", "id", "inmate_id", "lifted_by_id", "lifted_on", "lifted_reference", "named", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "recorded_by_id", "reference", "starts_on", "until") VALUES (OLD."authority", OLD."document_id", OLD."id", OLD."inmate_id", OLD."lifted_by_id", OLD."lifted_on", OLD."lifted_reference", OLD."named", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reach", OLD."recorded_by_id", OLD."reference", OLD."starts_on", OLD."until"); RETURN NULL;', hash='89f07d0938118d43e07daaadd4d27fb013eef825', operation='DELETE', pgid='pgtrigger_delete_delete_21274', table='inmates_nocommunication', when='AFTER')),
        ),
    ]
