"""Fines with the day of their judgment and what was paid of them; a pardon of a fine names it."""

import config.clock
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0025_scans_of_court_papers'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FinePayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount in dirhams')),
                ('paid_on', models.DateField(verbose_name='paid on')),
                ('receipt', models.CharField(max_length=80, verbose_name='receipt')),
                ('recorded_at', models.DateTimeField(default=config.clock.now)),
            ],
            options={
                'verbose_name': 'payment of a fine',
                'verbose_name_plural': 'payments of fines',
                'ordering': ['paid_on', 'id'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FinePaymentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount in dirhams')),
                ('paid_on', models.DateField(verbose_name='paid on')),
                ('receipt', models.CharField(max_length=80, verbose_name='receipt')),
                ('recorded_at', models.DateTimeField(default=config.clock.now)),
            ],
            options={
                'abstract': False,
            },
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
            model_name='pardon',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pardon',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pardon',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='fine',
            name='imposed_on',
            field=models.DateField(blank=True, null=True, verbose_name='day of the judgment'),
        ),
        migrations.AddField(
            model_name='fineevent',
            name='imposed_on',
            field=models.DateField(blank=True, null=True, verbose_name='day of the judgment'),
        ),
        migrations.AddField(
            model_name='pardon',
            name='of_fine',
            field=models.ForeignKey(blank=True, help_text='A pardon that touches a fine is verified against it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pardons', to='inmates.fine', verbose_name='which fine'),
        ),
        migrations.AddField(
            model_name='pardonevent',
            name='of_fine',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='A pardon that touches a fine is verified against it.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.fine', verbose_name='which fine'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fine',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_fineevent" ("amount", "annulled_at", "case_id", "id", "imposed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remaining") VALUES (NEW."amount", NEW."annulled_at", NEW."case_id", NEW."id", NEW."imposed_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."remaining"); RETURN NULL;', hash='95d85c0ccaed584ba41407a10f9400860afc5ab6', operation='INSERT', pgid='pgtrigger_insert_insert_2efec', table='inmates_fine', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fine',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_fineevent" ("amount", "annulled_at", "case_id", "id", "imposed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remaining") VALUES (NEW."amount", NEW."annulled_at", NEW."case_id", NEW."id", NEW."imposed_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."remaining"); RETURN NULL;', hash='818e8c82f7f91bf218dfe7566eef64e7842a8ea1', operation='UPDATE', pgid='pgtrigger_update_update_aa8e5', table='inmates_fine', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fine',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_fineevent" ("amount", "annulled_at", "case_id", "id", "imposed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remaining") VALUES (OLD."amount", OLD."annulled_at", OLD."case_id", OLD."id", OLD."imposed_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remaining"); RETURN NULL;', hash='99ade286971da43a2750bcfa847847244a84c6dd', operation='DELETE', pgid='pgtrigger_delete_delete_eb5ea', table='inmates_fine', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pardon',
            trigger=pgtrigger.compiler.Trigger(name='pardon_of_a_fine_names_it', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'verified\' AND NOT (NEW."fine" = \'kept\'))', func="\n                    IF TG_OP = 'UPDATE' AND OLD.state <> 'recorded' THEN\n                        RETURN NEW;\n                    END IF;\n                    IF NOT EXISTS (\n                        SELECT 1 FROM inmates_fine JOIN inmates_case ON inmates_case.id = inmates_fine.case_id\n                        WHERE inmates_fine.id = NEW.of_fine_id AND inmates_case.inmate_id = NEW.inmate_id\n                    ) THEN\n                        RAISE EXCEPTION 'pardon: of a fine, it is verified against a fine of this person'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='8c16b7c6898b21794cbd37bd63003dcc054aaba0', operation='INSERT OR UPDATE OF "state", "fine", "of_fine_id"', pgid='pgtrigger_pardon_of_a_fine_names_it_5cae8', table='inmates_pardon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pardon',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_pardonevent" ("case_id", "condition", "corrects_id", "counted_from", "days", "fine", "fine_reduced_to", "id", "inmate_id", "instrument_id", "months", "of_fine_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prison", "recorded_at", "recorded_by_id", "rejected_reason", "requester", "sentence_id", "state", "superseded_by_id", "uuid", "verified_at", "verified_by_id", "years") VALUES (NEW."case_id", NEW."condition", NEW."corrects_id", NEW."counted_from", NEW."days", NEW."fine", NEW."fine_reduced_to", NEW."id", NEW."inmate_id", NEW."instrument_id", NEW."months", NEW."of_fine_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prison", NEW."recorded_at", NEW."recorded_by_id", NEW."rejected_reason", NEW."requester", NEW."sentence_id", NEW."state", NEW."superseded_by_id", NEW."uuid", NEW."verified_at", NEW."verified_by_id", NEW."years"); RETURN NULL;', hash='e830e6393660e10f1becbc545216ad0b4bd9b4e1', operation='INSERT', pgid='pgtrigger_insert_insert_f221f', table='inmates_pardon', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pardon',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_pardonevent" ("case_id", "condition", "corrects_id", "counted_from", "days", "fine", "fine_reduced_to", "id", "inmate_id", "instrument_id", "months", "of_fine_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prison", "recorded_at", "recorded_by_id", "rejected_reason", "requester", "sentence_id", "state", "superseded_by_id", "uuid", "verified_at", "verified_by_id", "years") VALUES (NEW."case_id", NEW."condition", NEW."corrects_id", NEW."counted_from", NEW."days", NEW."fine", NEW."fine_reduced_to", NEW."id", NEW."inmate_id", NEW."instrument_id", NEW."months", NEW."of_fine_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prison", NEW."recorded_at", NEW."recorded_by_id", NEW."rejected_reason", NEW."requester", NEW."sentence_id", NEW."state", NEW."superseded_by_id", NEW."uuid", NEW."verified_at", NEW."verified_by_id", NEW."years"); RETURN NULL;', hash='5fa77fe3134f1409f99194f57571b5529095939f', operation='UPDATE', pgid='pgtrigger_update_update_e9b03', table='inmates_pardon', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pardon',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_pardonevent" ("case_id", "condition", "corrects_id", "counted_from", "days", "fine", "fine_reduced_to", "id", "inmate_id", "instrument_id", "months", "of_fine_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prison", "recorded_at", "recorded_by_id", "rejected_reason", "requester", "sentence_id", "state", "superseded_by_id", "uuid", "verified_at", "verified_by_id", "years") VALUES (OLD."case_id", OLD."condition", OLD."corrects_id", OLD."counted_from", OLD."days", OLD."fine", OLD."fine_reduced_to", OLD."id", OLD."inmate_id", OLD."instrument_id", OLD."months", OLD."of_fine_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prison", OLD."recorded_at", OLD."recorded_by_id", OLD."rejected_reason", OLD."requester", OLD."sentence_id", OLD."state", OLD."superseded_by_id", OLD."uuid", OLD."verified_at", OLD."verified_by_id", OLD."years"); RETURN NULL;', hash='8e36a80dd3683076a426f6cfd46b721cda57f160', operation='DELETE', pgid='pgtrigger_delete_delete_d900c', table='inmates_pardon', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='pardon',
            constraint=models.CheckConstraint(condition=models.Q(('of_fine', None), models.Q(('fine', 'kept'), _negated=True), _connector='OR'), name='pardon_names_only_a_fine_it_touches'),
        ),
        migrations.AddField(
            model_name='finepayment',
            name='fine',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='inmates.fine'),
        ),
        migrations.AddField(
            model_name='finepayment',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='finepaymentevent',
            name='fine',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.fine'),
        ),
        migrations.AddField(
            model_name='finepaymentevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='finepaymentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='inmates.finepayment'),
        ),
        migrations.AddField(
            model_name='finepaymentevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='finepayment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='fine_payment_is_some_money'),
        ),
        migrations.AddConstraint(
            model_name='finepayment',
            constraint=models.CheckConstraint(condition=models.Q(('receipt', ''), _negated=True), name='fine_payment_has_a_receipt'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finepayment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_finepaymentevent" ("amount", "fine_id", "id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt", "recorded_at", "recorded_by_id") VALUES (NEW."amount", NEW."fine_id", NEW."id", NEW."paid_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."receipt", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;', hash='bb4785473cf9d780a56bc046c61fd16905ad10aa', operation='INSERT', pgid='pgtrigger_insert_insert_b43b0', table='inmates_finepayment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finepayment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_finepaymentevent" ("amount", "fine_id", "id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt", "recorded_at", "recorded_by_id") VALUES (NEW."amount", NEW."fine_id", NEW."id", NEW."paid_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."receipt", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;', hash='1c089fcf63ab3d7fda17ed45e78b4173dad419eb', operation='UPDATE', pgid='pgtrigger_update_update_df152', table='inmates_finepayment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finepayment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_finepaymentevent" ("amount", "fine_id", "id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt", "recorded_at", "recorded_by_id") VALUES (OLD."amount", OLD."fine_id", OLD."id", OLD."paid_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."receipt", OLD."recorded_at", OLD."recorded_by_id"); RETURN NULL;', hash='98f5e9e0bd13e21a801c8859c530941fcc590e05', operation='DELETE', pgid='pgtrigger_delete_delete_7665d', table='inmates_finepayment', when='AFTER')),
        ),
    ]
