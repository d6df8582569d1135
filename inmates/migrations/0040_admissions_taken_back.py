"""An admission entered for the wrong person is annulled with its places, legal statuses and numbers."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import inmates.custody.models.stays
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('facilities', '0001_initial'),
        ('inmates', '0039_pardons_taken_back'),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name='legalstatusperiod',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='legalstatusperiod',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='legalstatusperiod',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='placement',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='placement',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='placement',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='registrationnumber',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='registrationnumber',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='registrationnumber',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='admission',
            name='admission_one_open',
        ),
        migrations.RemoveConstraint(
            model_name='admission',
            name='admission_no_overlap',
        ),
        migrations.RemoveConstraint(
            model_name='legalstatusperiod',
            name='legal_status_one_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='placement',
            name='placement_one_place_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='registrationnumber',
            name='registration_number_once_per_prison',
        ),
        migrations.AddField(
            model_name='admission',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='admissionevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='legalstatusperiod',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='legalstatusperiodevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='placement',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='placementevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='registrationnumber',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='registrationnumberevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('release_taken_back', 'Release entered by mistake, taken back'), ('admission_undone', 'Admission entered for the wrong person, taken back'), ('sentence_ended', 'Sentence not final ended by a decision outside an appeal'), ('released_on_road', 'Released on the road between two prisons'), ('release_corrected', 'A correction moves the day on which somebody was to be released'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('release_taken_back', 'Release entered by mistake, taken back'), ('admission_undone', 'Admission entered for the wrong person, taken back'), ('sentence_ended', 'Sentence not final ended by a decision outside an appeal'), ('released_on_road', 'Released on the road between two prisons'), ('release_corrected', 'A correction moves the day on which somebody was to be released'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='admission',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_admissionevent" ("admitted_at", "admitted_by_id", "annulled_at", "facility_id", "ground", "id", "identity_check", "inmate_id", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "property_return", "release_document_id", "release_file", "release_reference", "released_at", "released_by_id", "uuid") VALUES (NEW."admitted_at", NEW."admitted_by_id", NEW."annulled_at", NEW."facility_id", NEW."ground", NEW."id", NEW."identity_check", NEW."inmate_id", NEW."order_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."property_return", NEW."release_document_id", NEW."release_file", NEW."release_reference", NEW."released_at", NEW."released_by_id", NEW."uuid"); RETURN NULL;', hash='df3da2acabdea6beb1660a58274aac0a5ac46cbc', operation='INSERT', pgid='pgtrigger_insert_insert_5c803', table='inmates_admission', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='admission',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_admissionevent" ("admitted_at", "admitted_by_id", "annulled_at", "facility_id", "ground", "id", "identity_check", "inmate_id", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "property_return", "release_document_id", "release_file", "release_reference", "released_at", "released_by_id", "uuid") VALUES (NEW."admitted_at", NEW."admitted_by_id", NEW."annulled_at", NEW."facility_id", NEW."ground", NEW."id", NEW."identity_check", NEW."inmate_id", NEW."order_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."property_return", NEW."release_document_id", NEW."release_file", NEW."release_reference", NEW."released_at", NEW."released_by_id", NEW."uuid"); RETURN NULL;', hash='c6ae2f1da395df7b1c9d37c196e548672468a11f', operation='UPDATE', pgid='pgtrigger_update_update_e9eb1', table='inmates_admission', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='admission',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_admissionevent" ("admitted_at", "admitted_by_id", "annulled_at", "facility_id", "ground", "id", "identity_check", "inmate_id", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "property_return", "release_document_id", "release_file", "release_reference", "released_at", "released_by_id", "uuid") VALUES (OLD."admitted_at", OLD."admitted_by_id", OLD."annulled_at", OLD."facility_id", OLD."ground", OLD."id", OLD."identity_check", OLD."inmate_id", OLD."order_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."property_return", OLD."release_document_id", OLD."release_file", OLD."release_reference", OLD."released_at", OLD."released_by_id", OLD."uuid"); RETURN NULL;', hash='def2ed9631a504c837b2cc7003e03d2f46aa9a9b', operation='DELETE', pgid='pgtrigger_delete_delete_320f1', table='inmates_admission', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalstatusperiod',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_legalstatusperiodevent" ("admission_id", "annulled_at", "ends_on", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "status") VALUES (NEW."admission_id", NEW."annulled_at", NEW."ends_on", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."status"); RETURN NULL;', hash='e29f3ac14d9795290879485a64f5b9eedafbd4b2', operation='INSERT', pgid='pgtrigger_insert_insert_2bd1e', table='inmates_legalstatusperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalstatusperiod',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_legalstatusperiodevent" ("admission_id", "annulled_at", "ends_on", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "status") VALUES (NEW."admission_id", NEW."annulled_at", NEW."ends_on", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."status"); RETURN NULL;', hash='4d1af46f88aeb0be1aaca1d3903443dbb2e3497e', operation='UPDATE', pgid='pgtrigger_update_update_911d5', table='inmates_legalstatusperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalstatusperiod',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_legalstatusperiodevent" ("admission_id", "annulled_at", "ends_on", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "status") VALUES (OLD."admission_id", OLD."annulled_at", OLD."ends_on", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."status"); RETURN NULL;', hash='1f8bfbf6c2f6c68b0192294c92e56a7dc7788137', operation='DELETE', pgid='pgtrigger_delete_delete_8d99b', table='inmates_legalstatusperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_placementevent" ("admission_id", "annulled_at", "during", "exception_reason", "exception_until", "exceptions", "facility_id", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_by_id", "reason", "unit_id") VALUES (NEW."admission_id", NEW."annulled_at", NEW."during", NEW."exception_reason", NEW."exception_until", NEW."exceptions", NEW."facility_id", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placed_by_id", NEW."reason", NEW."unit_id"); RETURN NULL;', hash='3a955a7e719799f38e5e4b07baccb3e61f5e101e', operation='INSERT', pgid='pgtrigger_insert_insert_09b91', table='inmates_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_placementevent" ("admission_id", "annulled_at", "during", "exception_reason", "exception_until", "exceptions", "facility_id", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_by_id", "reason", "unit_id") VALUES (NEW."admission_id", NEW."annulled_at", NEW."during", NEW."exception_reason", NEW."exception_until", NEW."exceptions", NEW."facility_id", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placed_by_id", NEW."reason", NEW."unit_id"); RETURN NULL;', hash='7c6838626f510ecdaccc2e79e59b9036536d03d9', operation='UPDATE', pgid='pgtrigger_update_update_23111', table='inmates_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_placementevent" ("admission_id", "annulled_at", "during", "exception_reason", "exception_until", "exceptions", "facility_id", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_by_id", "reason", "unit_id") VALUES (OLD."admission_id", OLD."annulled_at", OLD."during", OLD."exception_reason", OLD."exception_until", OLD."exceptions", OLD."facility_id", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placed_by_id", OLD."reason", OLD."unit_id"); RETURN NULL;', hash='46785f6880d668a3db9d3d32a98c5b06fa42327c', operation='DELETE', pgid='pgtrigger_delete_delete_9244d', table='inmates_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registrationnumber',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_registrationnumberevent" ("admission_id", "annulled_at", "facility_id", "given_on", "id", "inmate_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."admission_id", NEW."annulled_at", NEW."facility_id", NEW."given_on", NEW."id", NEW."inmate_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='a62c21817f8773d9ed91dc90fe2ea7be61fa0c3a', operation='INSERT', pgid='pgtrigger_insert_insert_d92c9', table='inmates_registrationnumber', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registrationnumber',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_registrationnumberevent" ("admission_id", "annulled_at", "facility_id", "given_on", "id", "inmate_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."admission_id", NEW."annulled_at", NEW."facility_id", NEW."given_on", NEW."id", NEW."inmate_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='38ffee20f546cbec9677def67306aea6e0ec13af', operation='UPDATE', pgid='pgtrigger_update_update_c7ba3', table='inmates_registrationnumber', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registrationnumber',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_registrationnumberevent" ("admission_id", "annulled_at", "facility_id", "given_on", "id", "inmate_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."admission_id", OLD."annulled_at", OLD."facility_id", OLD."given_on", OLD."id", OLD."inmate_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='3ff95b0848978ee052ae68b4153c3b2567869662', operation='DELETE', pgid='pgtrigger_delete_delete_48eaa', table='inmates_registrationnumber', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_at', None), ('released_at', None)), fields=('inmate',), name='admission_one_open'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('annulled_at', None)), expressions=[('inmate', '='), (inmates.custody.models.stays.TsTzRange('admitted_at', 'released_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='admission_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='legalstatusperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('annulled_at', None)), expressions=[('inmate', '='), (inmates.custody.models.stays.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='legal_status_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('annulled_at', None)), expressions=[('inmate', '='), ('during', '&&')], name='placement_one_place_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(('annulled_at', None), ('during__upper_inf', False), _connector='OR'), name='placement_annulled_runs_no_longer'),
        ),
        migrations.AddConstraint(
            model_name='registrationnumber',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_at', None)), fields=('facility', 'number'), name='registration_number_once_per_prison'),
        ),
    ]
