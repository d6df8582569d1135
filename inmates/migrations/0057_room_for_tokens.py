"""Columns that will stand encrypted take a text of any length; an identity card number has a digest beside it."""

import core.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_history_rewritten"), ("inmates", "0056_days_that_a_reason_is_of")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='inmate',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inmate',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='inmate',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='inmate',
            name='inmate_cin_normalised',
        ),
        migrations.RemoveConstraint(
            model_name='tierdecision',
            name='decision_has_reasons',
        ),
        migrations.AddField(
            model_name='inmate',
            name='cin_digest',
            field=core.fields.DigestField(editable=False, max_length=64, null=True, of='cin', unique=True),
        ),
        migrations.AddField(
            model_name='inmateevent',
            name='cin_digest',
            field=core.fields.DigestField(editable=False, max_length=64, null=True, of='cin'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='rating',
            field=models.TextField(choices=[('not_known', 'Not known'), ('none', 'None seen'), ('some', 'Some'), ('marked', 'Marked')], default='not_known', max_length=10, verbose_name='rating'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='source',
            field=models.TextField(blank=True, max_length=160, verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='findingevent',
            name='rating',
            field=models.TextField(choices=[('not_known', 'Not known'), ('none', 'None seen'), ('some', 'Some'), ('marked', 'Marked')], default='not_known', max_length=10, verbose_name='rating'),
        ),
        migrations.AlterField(
            model_name='findingevent',
            name='source',
            field=models.TextField(blank=True, max_length=160, verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='inmate',
            name='cin',
            field=models.TextField(blank=True, max_length=10, null=True, unique=True, verbose_name='national ID card (CIN)'),
        ),
        migrations.AlterField(
            model_name='inmateevent',
            name='cin',
            field=models.TextField(blank=True, max_length=10, null=True, verbose_name='national ID card (CIN)'),
        ),
        migrations.AlterField(
            model_name='savedsearch',
            name='text',
            field=models.TextField(max_length=200),
        ),
        migrations.AlterField(
            model_name='separationbar',
            name='source',
            field=models.TextField(max_length=160, verbose_name='doctor or paper'),
        ),
        migrations.AlterField(
            model_name='separationbarevent',
            name='source',
            field=models.TextField(max_length=160, verbose_name='doctor or paper'),
        ),
        migrations.AlterField(
            model_name='separationday',
            name='health_visit_by',
            field=models.TextField(blank=True, max_length=120, verbose_name='health visit by'),
        ),
        migrations.AlterField(
            model_name='separationday',
            name='note',
            field=models.TextField(blank=True, max_length=300, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='separationdayevent',
            name='health_visit_by',
            field=models.TextField(blank=True, max_length=120, verbose_name='health visit by'),
        ),
        migrations.AlterField(
            model_name='separationdayevent',
            name='note',
            field=models.TextField(blank=True, max_length=300, verbose_name='note'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inmate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_inmateevent" ("abc_class", "admitted_on", "birth_date", "birth_precision", "birthplace", "cin", "cin_digest", "created_at", "facility_id", "family_name_ar", "family_name_latin", "given_name_ar", "given_name_latin", "group_role", "id", "is_returnee", "languages", "legal_status", "merged_into_id", "nationality", "next_review_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo_id", "registration_number", "release_basis", "release_on", "second_nationality", "sex", "sort_key", "status", "tier", "tier_since", "unit_id", "uuid", "version") VALUES (NEW."abc_class", NEW."admitted_on", NEW."birth_date", NEW."birth_precision", NEW."birthplace", NEW."cin", NEW."cin_digest", NEW."created_at", NEW."facility_id", NEW."family_name_ar", NEW."family_name_latin", NEW."given_name_ar", NEW."given_name_latin", NEW."group_role", NEW."id", NEW."is_returnee", NEW."languages", NEW."legal_status", NEW."merged_into_id", NEW."nationality", NEW."next_review_on", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."photo_id", NEW."registration_number", NEW."release_basis", NEW."release_on", NEW."second_nationality", NEW."sex", NEW."sort_key", NEW."status", NEW."tier", NEW."tier_since", NEW."unit_id", NEW."uuid", NEW."version"); RETURN NULL;', hash='6e7a1f7f54de3f6bfca470f60282b69b7bb0e01e', operation='INSERT', pgid='pgtrigger_insert_insert_05e15', table='inmates_inmate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inmate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_inmateevent" ("abc_class", "admitted_on", "birth_date", "birth_precision", "birthplace", "cin", "cin_digest", "created_at", "facility_id", "family_name_ar", "family_name_latin", "given_name_ar", "given_name_latin", "group_role", "id", "is_returnee", "languages", "legal_status", "merged_into_id", "nationality", "next_review_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo_id", "registration_number", "release_basis", "release_on", "second_nationality", "sex", "sort_key", "status", "tier", "tier_since", "unit_id", "uuid", "version") VALUES (NEW."abc_class", NEW."admitted_on", NEW."birth_date", NEW."birth_precision", NEW."birthplace", NEW."cin", NEW."cin_digest", NEW."created_at", NEW."facility_id", NEW."family_name_ar", NEW."family_name_latin", NEW."given_name_ar", NEW."given_name_latin", NEW."group_role", NEW."id", NEW."is_returnee", NEW."languages", NEW."legal_status", NEW."merged_into_id", NEW."nationality", NEW."next_review_on", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."photo_id", NEW."registration_number", NEW."release_basis", NEW."release_on", NEW."second_nationality", NEW."sex", NEW."sort_key", NEW."status", NEW."tier", NEW."tier_since", NEW."unit_id", NEW."uuid", NEW."version"); RETURN NULL;', hash='ec679d853150f32966b7aedbb79fd1d10c915594', operation='UPDATE', pgid='pgtrigger_update_update_3bede', table='inmates_inmate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inmate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_inmateevent" ("abc_class", "admitted_on", "birth_date", "birth_precision", "birthplace", "cin", "cin_digest", "created_at", "facility_id", "family_name_ar", "family_name_latin", "given_name_ar", "given_name_latin", "group_role", "id", "is_returnee", "languages", "legal_status", "merged_into_id", "nationality", "next_review_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo_id", "registration_number", "release_basis", "release_on", "second_nationality", "sex", "sort_key", "status", "tier", "tier_since", "unit_id", "uuid", "version") VALUES (OLD."abc_class", OLD."admitted_on", OLD."birth_date", OLD."birth_precision", OLD."birthplace", OLD."cin", OLD."cin_digest", OLD."created_at", OLD."facility_id", OLD."family_name_ar", OLD."family_name_latin", OLD."given_name_ar", OLD."given_name_latin", OLD."group_role", OLD."id", OLD."is_returnee", OLD."languages", OLD."legal_status", OLD."merged_into_id", OLD."nationality", OLD."next_review_on", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."photo_id", OLD."registration_number", OLD."release_basis", OLD."release_on", OLD."second_nationality", OLD."sex", OLD."sort_key", OLD."status", OLD."tier", OLD."tier_since", OLD."unit_id", OLD."uuid", OLD."version"); RETURN NULL;', hash='c3e77e3eacc003614dcf2e20447b679764b94eef', operation='DELETE', pgid='pgtrigger_delete_delete_68bca', table='inmates_inmate', when='AFTER')),
        ),
    ]
