"""Grounds of release, the paper and its scan, what was checked at the door; alerts and tasks that follow."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('facilities', '0001_initial'),
        ('inmates', '0011_no_task_or_alert_without_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='admission',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='admission',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='admission',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='admission',
            name='identity_check',
            field=models.CharField(blank=True, max_length=200, verbose_name='how identity was checked'),
        ),
        migrations.AddField(
            model_name='admission',
            name='property_return',
            field=models.CharField(blank=True, max_length=200, verbose_name='property returned'),
        ),
        migrations.AddField(
            model_name='admission',
            name='release_document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='scan of the release paper'),
        ),
        migrations.AddField(
            model_name='admission',
            name='release_file',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='admissionevent',
            name='identity_check',
            field=models.CharField(blank=True, max_length=200, verbose_name='how identity was checked'),
        ),
        migrations.AddField(
            model_name='admissionevent',
            name='property_return',
            field=models.CharField(blank=True, max_length=200, verbose_name='property returned'),
        ),
        migrations.AddField(
            model_name='admissionevent',
            name='release_document',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile', verbose_name='scan of the release paper'),
        ),
        migrations.AddField(
            model_name='admissionevent',
            name='release_file',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='admission',
            name='ground',
            field=models.CharField(blank=True, choices=[('term_served', 'Term served'), ('pardon', 'Royal pardon'), ('acquittal', 'Acquittal'), ('dismissed', 'Charges dismissed'), ('no_prison', 'Suspended or fine-only judgment'), ('provisional', 'Provisional release'), ('conditional', 'Conditional release'), ('judicial', 'Release ordered by a judge in writing'), ('civil_ended', 'Civil imprisonment ended'), ('order_ended', 'Detention order ended'), ('abroad', 'Transfer abroad'), ('death', 'Death')], max_length=12, verbose_name='ground of release'),
        ),
        migrations.AlterField(
            model_name='admissionevent',
            name='ground',
            field=models.CharField(blank=True, choices=[('term_served', 'Term served'), ('pardon', 'Royal pardon'), ('acquittal', 'Acquittal'), ('dismissed', 'Charges dismissed'), ('no_prison', 'Suspended or fine-only judgment'), ('provisional', 'Provisional release'), ('conditional', 'Conditional release'), ('judicial', 'Release ordered by a judge in writing'), ('civil_ended', 'Civil imprisonment ended'), ('order_ended', 'Detention order ended'), ('abroad', 'Transfer abroad'), ('death', 'Death')], max_length=12, verbose_name='ground of release'),
        ),
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('keep_apart', 'Two people who must not meet were put together')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('keep_apart', 'Two people who must not meet were put together')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='task',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('no_title', 'Held without a title: release, or record what holds'), ('release_scan', 'Attach the scan of the release order'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('no_title', 'Held without a title: release, or record what holds'), ('release_scan', 'Attach the scan of the release order'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='admission',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_admissionevent" ("admitted_at", "admitted_by_id", "facility_id", "ground", "id", "identity_check", "inmate_id", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "property_return", "release_document_id", "release_file", "release_reference", "released_at", "released_by_id", "uuid") VALUES (NEW."admitted_at", NEW."admitted_by_id", NEW."facility_id", NEW."ground", NEW."id", NEW."identity_check", NEW."inmate_id", NEW."order_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."property_return", NEW."release_document_id", NEW."release_file", NEW."release_reference", NEW."released_at", NEW."released_by_id", NEW."uuid"); RETURN NULL;', hash='41d00f0d10622f34b204b902b88089c38e6c0e1d', operation='INSERT', pgid='pgtrigger_insert_insert_5c803', table='inmates_admission', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='admission',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_admissionevent" ("admitted_at", "admitted_by_id", "facility_id", "ground", "id", "identity_check", "inmate_id", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "property_return", "release_document_id", "release_file", "release_reference", "released_at", "released_by_id", "uuid") VALUES (NEW."admitted_at", NEW."admitted_by_id", NEW."facility_id", NEW."ground", NEW."id", NEW."identity_check", NEW."inmate_id", NEW."order_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."property_return", NEW."release_document_id", NEW."release_file", NEW."release_reference", NEW."released_at", NEW."released_by_id", NEW."uuid"); RETURN NULL;', hash='65683243b6eba43c1024202bb01563ee57bddea6', operation='UPDATE', pgid='pgtrigger_update_update_e9eb1', table='inmates_admission', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='admission',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_admissionevent" ("admitted_at", "admitted_by_id", "facility_id", "ground", "id", "identity_check", "inmate_id", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "property_return", "release_document_id", "release_file", "release_reference", "released_at", "released_by_id", "uuid") VALUES (OLD."admitted_at", OLD."admitted_by_id", OLD."facility_id", OLD."ground", OLD."id", OLD."identity_check", OLD."inmate_id", OLD."order_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."property_return", OLD."release_document_id", OLD."release_file", OLD."release_reference", OLD."released_at", OLD."released_by_id", OLD."uuid"); RETURN NULL;', hash='6aee15a150973d4ba8358b4ae0faace03fafa5bb', operation='DELETE', pgid='pgtrigger_delete_delete_320f1', table='inmates_admission', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', 'judicial'), _negated=True), models.Q(('release_reference', ''), _negated=True), _connector='OR'), name='admission_judge_orders_in_writing'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.CheckConstraint(condition=models.Q(('released_at__isnull', False), models.Q(('identity_check', ''), ('property_return', ''), ('release_document', None), ('release_file__isnull', True)), _connector='OR'), name='admission_door_only_at_release'),
        ),
    ]
