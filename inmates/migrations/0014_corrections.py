"""Corrections, and rows that were entered for the wrong person."""

import config.clock
import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0001_initial'),
        ('inmates', '0013_no_communication'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('change', 'Correction'), ('annulment', 'Entered for the wrong person')], default='change', max_length=10, verbose_name='kind')),
                ('subject', models.CharField(max_length=30, verbose_name='what')),
                ('record', models.BigIntegerField()),
                ('changes', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('why', models.CharField(max_length=300, verbose_name='why')),
                ('paper', models.CharField(max_length=120, verbose_name='on what paper')),
                ('moves', models.JSONField(default=list)),
                ('release_before', models.DateField(null=True)),
                ('release_after', models.DateField(null=True)),
                ('basis_before', models.CharField(blank=True, max_length=12)),
                ('basis_after', models.CharField(blank=True, max_length=12)),
                ('papers', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('proposed', 'Waits for a second person'), ('decided', 'In effect on paper, to be confirmed'), ('done', 'In effect'), ('refused', 'Not confirmed')], default='proposed', max_length=10, verbose_name='state')),
                ('made_at', models.DateTimeField(default=config.clock.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_paper', models.CharField(blank=True, max_length=120, verbose_name='paper of the decision')),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('refusal', models.CharField(blank=True, max_length=300, verbose_name='why not')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ['-id'],
                'permissions': [('confirm_correction', 'Can confirm a correction that moves a release date or the ground of a tier'), ('decide_correction', 'Can let a correction take effect on paper on the day of a release')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CorrectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(choices=[('change', 'Correction'), ('annulment', 'Entered for the wrong person')], default='change', max_length=10, verbose_name='kind')),
                ('subject', models.CharField(max_length=30, verbose_name='what')),
                ('record', models.BigIntegerField()),
                ('changes', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('why', models.CharField(max_length=300, verbose_name='why')),
                ('paper', models.CharField(max_length=120, verbose_name='on what paper')),
                ('moves', models.JSONField(default=list)),
                ('release_before', models.DateField(null=True)),
                ('release_after', models.DateField(null=True)),
                ('basis_before', models.CharField(blank=True, max_length=12)),
                ('basis_after', models.CharField(blank=True, max_length=12)),
                ('papers', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('proposed', 'Waits for a second person'), ('decided', 'In effect on paper, to be confirmed'), ('done', 'In effect'), ('refused', 'Not confirmed')], default='proposed', max_length=10, verbose_name='state')),
                ('made_at', models.DateTimeField(default=config.clock.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_paper', models.CharField(blank=True, max_length=120, verbose_name='paper of the decision')),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('refusal', models.CharField(blank=True, max_length=300, verbose_name='why not')),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name='detentionorder',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='detentionorder',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='detentionorder',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fine',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fine',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fine',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='incidentperson',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='incidentperson',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='incidentperson',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='remandperiod',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='remandperiod',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='remandperiod',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='incidentperson',
            name='incident_person_once',
        ),
        migrations.AddField(
            model_name='contact',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='detentionorder',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='detentionorderevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='fine',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='fineevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='incidentperson',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='incidentpersonevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='remandperiod',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='remandperiodevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='sentence',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together')], max_length=18, verbose_name='alert'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_contactevent" ("annulled_at", "despite_id", "facility_id", "id", "inmate_id", "kind", "minutes", "on", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "relation") VALUES (NEW."annulled_at", NEW."despite_id", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."minutes", NEW."on", NEW."person", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."relation"); RETURN NULL;', hash='a1639c46f04afe1db46bba61bd2a585c94f909e8', operation='INSERT', pgid='pgtrigger_insert_insert_41412', table='inmates_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_contactevent" ("annulled_at", "despite_id", "facility_id", "id", "inmate_id", "kind", "minutes", "on", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "relation") VALUES (NEW."annulled_at", NEW."despite_id", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."minutes", NEW."on", NEW."person", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."relation"); RETURN NULL;', hash='5e9c64cdb5c357cbef0f0c0c1e8b874117b1bf66', operation='UPDATE', pgid='pgtrigger_update_update_8b095', table='inmates_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_contactevent" ("annulled_at", "despite_id", "facility_id", "id", "inmate_id", "kind", "minutes", "on", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "relation") VALUES (OLD."annulled_at", OLD."despite_id", OLD."facility_id", OLD."id", OLD."inmate_id", OLD."kind", OLD."minutes", OLD."on", OLD."person", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."relation"); RETURN NULL;', hash='dfd822d919a475994684a78c2c3d78533cb64ed1', operation='DELETE', pgid='pgtrigger_delete_delete_9adbc', table='inmates_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='detentionorder',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_detentionorderevent" ("annulled_at", "authority", "case_id", "document_id", "expires_on", "id", "inmate_id", "issued_on", "kind", "lifted_on", "lifted_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provisional", "reference") VALUES (NEW."annulled_at", NEW."authority", NEW."case_id", NEW."document_id", NEW."expires_on", NEW."id", NEW."inmate_id", NEW."issued_on", NEW."kind", NEW."lifted_on", NEW."lifted_reason", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provisional", NEW."reference"); RETURN NULL;', hash='483108d0b88bf07a25c09ad702eb462171eece74', operation='INSERT', pgid='pgtrigger_insert_insert_f1928', table='inmates_detentionorder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='detentionorder',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_detentionorderevent" ("annulled_at", "authority", "case_id", "document_id", "expires_on", "id", "inmate_id", "issued_on", "kind", "lifted_on", "lifted_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provisional", "reference") VALUES (NEW."annulled_at", NEW."authority", NEW."case_id", NEW."document_id", NEW."expires_on", NEW."id", NEW."inmate_id", NEW."issued_on", NEW."kind", NEW."lifted_on", NEW."lifted_reason", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provisional", NEW."reference"); RETURN NULL;', hash='b6c8b359b89720dcaa16b559face480bb69b0e8d', operation='UPDATE', pgid='pgtrigger_update_update_0dda4', table='inmates_detentionorder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='detentionorder',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_detentionorderevent" ("annulled_at", "authority", "case_id", "document_id", "expires_on", "id", "inmate_id", "issued_on", "kind", "lifted_on", "lifted_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provisional", "reference") VALUES (OLD."annulled_at", OLD."authority", OLD."case_id", OLD."document_id", OLD."expires_on", OLD."id", OLD."inmate_id", OLD."issued_on", OLD."kind", OLD."lifted_on", OLD."lifted_reason", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provisional", OLD."reference"); RETURN NULL;', hash='843a2b6b1ab0d53e46ffe2935ab1c9ebd79f6093', operation='DELETE', pgid='pgtrigger_delete_delete_8032e', table='inmates_detentionorder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fine',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_fineevent" ("amount", "annulled_at", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remaining") VALUES (NEW."amount", NEW."annulled_at", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."remaining"); RETURN NULL;', hash='867213dee4c3114473401b1933e731d579ad9450', operation='INSERT', pgid='pgtrigger_insert_insert_2efec', table='inmates_fine', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fine',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_fineevent" ("amount", "annulled_at", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remaining") VALUES (NEW."amount", NEW."annulled_at", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."remaining"); RETURN NULL;', hash='a1ea0688e3908021c5c8dbdabc61ec8323ff4106', operation='UPDATE', pgid='pgtrigger_update_update_aa8e5', table='inmates_fine', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fine',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_fineevent" ("amount", "annulled_at", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remaining") VALUES (OLD."amount", OLD."annulled_at", OLD."case_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remaining"); RETURN NULL;', hash='48d2a83643d9bacdf7c513713f9726ec26c11b5d', operation='DELETE', pgid='pgtrigger_delete_delete_eb5ea', table='inmates_fine', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentperson',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_incidentpersonevent" ("annulled_at", "appeal_decided_by_id", "appeal_outcome", "appealed_on", "decided_by_id", "decided_on", "id", "incident_id", "inmate_id", "outcome", "outcome_reason", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."annulled_at", NEW."appeal_decided_by_id", NEW."appeal_outcome", NEW."appealed_on", NEW."decided_by_id", NEW."decided_on", NEW."id", NEW."incident_id", NEW."inmate_id", NEW."outcome", NEW."outcome_reason", NEW."part", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='e0852272e55c82a9689efe0cb742aed9b89b0a92', operation='INSERT', pgid='pgtrigger_insert_insert_0ece9', table='inmates_incidentperson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentperson',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_incidentpersonevent" ("annulled_at", "appeal_decided_by_id", "appeal_outcome", "appealed_on", "decided_by_id", "decided_on", "id", "incident_id", "inmate_id", "outcome", "outcome_reason", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."annulled_at", NEW."appeal_decided_by_id", NEW."appeal_outcome", NEW."appealed_on", NEW."decided_by_id", NEW."decided_on", NEW."id", NEW."incident_id", NEW."inmate_id", NEW."outcome", NEW."outcome_reason", NEW."part", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='ef7e14e40244412130784e4007f9443432ddf958', operation='UPDATE', pgid='pgtrigger_update_update_c90f2', table='inmates_incidentperson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentperson',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_incidentpersonevent" ("annulled_at", "appeal_decided_by_id", "appeal_outcome", "appealed_on", "decided_by_id", "decided_on", "id", "incident_id", "inmate_id", "outcome", "outcome_reason", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."annulled_at", OLD."appeal_decided_by_id", OLD."appeal_outcome", OLD."appealed_on", OLD."decided_by_id", OLD."decided_on", OLD."id", OLD."incident_id", OLD."inmate_id", OLD."outcome", OLD."outcome_reason", OLD."part", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='e1c2b09c09a3126dfef3389e27ca9af826e334d4', operation='DELETE', pgid='pgtrigger_delete_delete_f2ea9', table='inmates_incidentperson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remandperiod',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_remandperiodevent" ("annulled_at", "day_after_last", "first_day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sentence_id") VALUES (NEW."annulled_at", NEW."day_after_last", NEW."first_day", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sentence_id"); RETURN NULL;', hash='11380ee50a730eb5b5e435aab0995989cf1ad8be', operation='INSERT', pgid='pgtrigger_insert_insert_2853d', table='inmates_remandperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remandperiod',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_remandperiodevent" ("annulled_at", "day_after_last", "first_day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sentence_id") VALUES (NEW."annulled_at", NEW."day_after_last", NEW."first_day", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sentence_id"); RETURN NULL;', hash='f313cb38c3085bdd72970d0a138b031b5b88f76f', operation='UPDATE', pgid='pgtrigger_update_update_c94e8', table='inmates_remandperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remandperiod',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_remandperiodevent" ("annulled_at", "day_after_last", "first_day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sentence_id") VALUES (OLD."annulled_at", OLD."day_after_last", OLD."first_day", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sentence_id"); RETURN NULL;', hash='b28844c7b7933a26c9d3bbc1e9706905f2071e4c', operation='DELETE', pgid='pgtrigger_delete_delete_ae563', table='inmates_remandperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("annulled_at", "appealed_on", "case_id", "days", "final_on", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "starts_on", "uuid", "years") VALUES (NEW."annulled_at", NEW."appealed_on", NEW."case_id", NEW."days", NEW."final_on", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."starts_on", NEW."uuid", NEW."years"); RETURN NULL;', hash='bb4ffd4665a3646ba6441bd74b2847e0e44fa6d4', operation='INSERT', pgid='pgtrigger_insert_insert_36637', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_sentenceevent" ("annulled_at", "appealed_on", "case_id", "days", "final_on", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "starts_on", "uuid", "years") VALUES (NEW."annulled_at", NEW."appealed_on", NEW."case_id", NEW."days", NEW."final_on", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."starts_on", NEW."uuid", NEW."years"); RETURN NULL;', hash='4e2bcef451d551ce2471a739f8227d93a2a00de0', operation='UPDATE', pgid='pgtrigger_update_update_7e96c', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("annulled_at", "appealed_on", "case_id", "days", "final_on", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "starts_on", "uuid", "years") VALUES (OLD."annulled_at", OLD."appealed_on", OLD."case_id", OLD."days", OLD."final_on", OLD."id", OLD."inmate_id", OLD."kind", OLD."months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pronounced_on", OLD."quashed_on", OLD."range_acknowledged_by_id", OLD."relation", OLD."relation_decision", OLD."starts_on", OLD."uuid", OLD."years"); RETURN NULL;', hash='35f68ff62fec8c8db969f30b4845af2de6eef416', operation='DELETE', pgid='pgtrigger_delete_delete_cbb89', table='inmates_sentence', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='incidentperson',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_at', None)), fields=('incident', 'inmate'), name='incident_person_once'),
        ),
        migrations.AddField(
            model_name='correction',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='facility',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.facility'),
        ),
        migrations.AddField(
            model_name='correction',
            name='inmate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='inmates.inmate'),
        ),
        migrations.AddField(
            model_name='correction',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correctionevent',
            name='confirmed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correctionevent',
            name='decided_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correctionevent',
            name='facility',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='facilities.facility'),
        ),
        migrations.AddField(
            model_name='correctionevent',
            name='inmate',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.inmate'),
        ),
        migrations.AddField(
            model_name='correctionevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correctionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='correctionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='inmates.correction'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(condition=models.Q(('state__in', ['proposed', 'decided'])), fields=['state'], name='correction_waiting'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'decided'])), fields=('subject', 'record'), name='correction_one_open_a_record'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('paper', ''), _negated=True)), name='correction_says_why_and_on_what_paper'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(models.Q(('confirmed_by', models.F('made_by')), _negated=True), models.Q(('decided_by', None), models.Q(('confirmed_by', models.F('decided_by')), _negated=True), _connector='OR')), _connector='OR'), name='correction_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('moves', []), ('confirmed_by__isnull', False), _connector='OR'), name='correction_that_moves_is_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decision_paper', ''), _negated=True), _connector='OR'), name='correction_decided_on_paper'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='correction_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='correction_decided_by_and_when'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='correction_confirmed_by_and_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_correctionevent" ("basis_after", "basis_before", "changes", "confirmed_at", "confirmed_by_id", "decided_at", "decided_by_id", "decision_paper", "facility_id", "id", "inmate_id", "kind", "made_at", "made_by_id", "moves", "paper", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "refusal", "release_after", "release_before", "state", "subject", "uuid", "why") VALUES (NEW."basis_after", NEW."basis_before", NEW."changes", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_paper", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."moves", NEW."paper", NEW."papers", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."record", NEW."refusal", NEW."release_after", NEW."release_before", NEW."state", NEW."subject", NEW."uuid", NEW."why"); RETURN NULL;', hash='b05eb45d7aaf6d472f0b1a852cf8cc70c9f2c185', operation='INSERT', pgid='pgtrigger_insert_insert_4d8c1', table='inmates_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_correctionevent" ("basis_after", "basis_before", "changes", "confirmed_at", "confirmed_by_id", "decided_at", "decided_by_id", "decision_paper", "facility_id", "id", "inmate_id", "kind", "made_at", "made_by_id", "moves", "paper", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "refusal", "release_after", "release_before", "state", "subject", "uuid", "why") VALUES (NEW."basis_after", NEW."basis_before", NEW."changes", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_paper", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."moves", NEW."paper", NEW."papers", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."record", NEW."refusal", NEW."release_after", NEW."release_before", NEW."state", NEW."subject", NEW."uuid", NEW."why"); RETURN NULL;', hash='9c417ebc18b69797cc931d0963b4af76e8fef90a', operation='UPDATE', pgid='pgtrigger_update_update_0eddd', table='inmates_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_correctionevent" ("basis_after", "basis_before", "changes", "confirmed_at", "confirmed_by_id", "decided_at", "decided_by_id", "decision_paper", "facility_id", "id", "inmate_id", "kind", "made_at", "made_by_id", "moves", "paper", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "refusal", "release_after", "release_before", "state", "subject", "uuid", "why") VALUES (OLD."basis_after", OLD."basis_before", OLD."changes", OLD."confirmed_at", OLD."confirmed_by_id", OLD."decided_at", OLD."decided_by_id", OLD."decision_paper", OLD."facility_id", OLD."id", OLD."inmate_id", OLD."kind", OLD."made_at", OLD."made_by_id", OLD."moves", OLD."paper", OLD."papers", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."record", OLD."refusal", OLD."release_after", OLD."release_before", OLD."state", OLD."subject", OLD."uuid", OLD."why"); RETURN NULL;', hash='93270ce903096d8b27ddb5963956300586214259', operation='DELETE', pgid='pgtrigger_delete_delete_f6401', table='inmates_correction', when='AFTER')),
        ),
    ]
