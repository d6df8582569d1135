"""An act entered by mistake is taken back: what a correction writes in other records, and rows that may be annulled."""

import django.core.serializers.json
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0033_papers_issued_are_named'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='correction',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='finepayment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='finepayment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='finepayment',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='nocommunication',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='nocommunication',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='nocommunication',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='outing',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='outing',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='outing',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='timeatlarge',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='timeatlarge',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='timeatlarge',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='outing',
            name='outing_one_at_a_time',
        ),
        migrations.AddField(
            model_name='correction',
            name='others',
            field=models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AddField(
            model_name='correctionevent',
            name='others',
            field=models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AddField(
            model_name='finepayment',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='finepaymentevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='nocommunication',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='nocommunicationevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='outing',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='outingevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='timeatlarge',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='timeatlargeevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('release_taken_back', 'Release entered by mistake, taken back'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('release_taken_back', 'Release entered by mistake, taken back'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='kind',
            field=models.CharField(choices=[('change', 'Correction'), ('annulment', 'Entered for the wrong person'), ('taken_back', 'Taking back of an act entered by mistake')], default='change', max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='correctionevent',
            name='kind',
            field=models.CharField(choices=[('change', 'Correction'), ('annulment', 'Entered for the wrong person'), ('taken_back', 'Taking back of an act entered by mistake')], default='change', max_length=10, verbose_name='kind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_correctionevent" ("basis_after", "basis_before", "changes", "confirmed_at", "confirmed_by_id", "decided_at", "decided_by_id", "decision_paper", "facility_id", "id", "inmate_id", "kind", "made_at", "made_by_id", "moves", "others", "paper", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "refusal", "release_after", "release_before", "state", "subject", "uuid", "why") VALUES (NEW."basis_after", NEW."basis_before", NEW."changes", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_paper", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."moves", NEW."others", NEW."paper", NEW."papers", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."record", NEW."refusal", NEW."release_after", NEW."release_before", NEW."state", NEW."subject", NEW."uuid", NEW."why"); RETURN NULL;', hash='238f165130d70abf12df060fe83bca321cefe280', operation='INSERT', pgid='pgtrigger_insert_insert_4d8c1', table='inmates_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_correctionevent" ("basis_after", "basis_before", "changes", "confirmed_at", "confirmed_by_id", "decided_at", "decided_by_id", "decision_paper", "facility_id", "id", "inmate_id", "kind", "made_at", "made_by_id", "moves", "others", "paper", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "refusal", "release_after", "release_before", "state", "subject", "uuid", "why") VALUES (NEW."basis_after", NEW."basis_before", NEW."changes", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_paper", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."moves", NEW."others", NEW."paper", NEW."papers", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."record", NEW."refusal", NEW."release_after", NEW."release_before", NEW."state", NEW."subject", NEW."uuid", NEW."why"); RETURN NULL;', hash='7bd5ac6f07a181624303d05f02ad4666cc892526', operation='UPDATE', pgid='pgtrigger_update_update_0eddd', table='inmates_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_correctionevent" ("basis_after", "basis_before", "changes", "confirmed_at", "confirmed_by_id", "decided_at", "decided_by_id", "decision_paper", "facility_id", "id", "inmate_id", "kind", "made_at", "made_by_id", "moves", "others", "paper", "papers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record", "refusal", "release_after", "release_before", "state", "subject", "uuid", "why") VALUES (OLD."basis_after", OLD."basis_before", OLD."changes", OLD."confirmed_at", OLD."confirmed_by_id", OLD."decided_at", OLD."decided_by_id", OLD."decision_paper", OLD."facility_id", OLD."id", OLD."inmate_id", OLD."kind", OLD."made_at", OLD."made_by_id", OLD."moves", OLD."others", OLD."paper", OLD."papers", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."record", OLD."refusal", OLD."release_after", OLD."release_before", OLD."state", OLD."subject", OLD."uuid", OLD."why"); RETURN NULL;', hash='e1021a652d97af3265f589a42afe5b9d791a9c21', operation='DELETE', pgid='pgtrigger_delete_delete_f6401', table='inmates_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finepayment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_finepaymentevent" ("amount", "annulled_at", "fine_id", "id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt", "recorded_at", "recorded_by_id") VALUES (NEW."amount", NEW."annulled_at", NEW."fine_id", NEW."id", NEW."paid_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."receipt", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;', hash='416f606e28ed9bd7526ee491acc418ecd33bff19', operation='INSERT', pgid='pgtrigger_insert_insert_b43b0', table='inmates_finepayment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finepayment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_finepaymentevent" ("amount", "annulled_at", "fine_id", "id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt", "recorded_at", "recorded_by_id") VALUES (NEW."amount", NEW."annulled_at", NEW."fine_id", NEW."id", NEW."paid_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."receipt", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;', hash='9a4326a495c3aba9e20fe6de9da6c74407d36ce7', operation='UPDATE', pgid='pgtrigger_update_update_df152', table='inmates_finepayment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finepayment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_finepaymentevent" ("amount", "annulled_at", "fine_id", "id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt", "recorded_at", "recorded_by_id") VALUES (OLD."amount", OLD."annulled_at", OLD."fine_id", OLD."id", OLD."paid_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."receipt", OLD."recorded_at", OLD."recorded_by_id"); RETURN NULL;', hash='dcf87bb4d23a6d1a78124b3bc627e83a6aa3a3b5', operation='DELETE', pgid='pgtrigger_delete_delete_7665d', table='inmates_finepayment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nocommunication',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_nocommunicationevent" ("annulled_at", "authority", "document_id", "id", "inmate_id", "lifted_by_id", "lifted_on", "lifted_reference", "named", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "recorded_by_id", "reference", "starts_on", "until") VALUES (NEW."annulled_at", NEW."authority", NEW."document_id", NEW."id", NEW."inmate_id", NEW."lifted_by_id", NEW."lifted_on", NEW."lifted_reference", NEW."named", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reach", NEW."recorded_by_id", NEW."reference", NEW."starts_on", NEW."until"); RETURN NULL;', hash='5283e7fb2a435b281592330b4484cba5ec9e713f', operation='INSERT', pgid='pgtrigger_insert_insert_6ad74', table='inmates_nocommunication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nocommunication',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_nocommunicationevent" ("annulled_at", "authority", "document_id", "id", "inmate_id", "lifted_by_id", "lifted_on", "lifted_reference", "named", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "recorded_by_id", "reference", "starts_on", "until") VALUES (NEW."annulled_at", NEW."authority", NEW."document_id", NEW."id", NEW."inmate_id", NEW."lifted_by_id", NEW."lifted_on", NEW."lifted_reference", NEW."named", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reach", NEW."recorded_by_id", NEW."reference", NEW."starts_on", NEW."until"); RETURN NULL;', hash='e8b07030eaf77068e527f494970e0b4edec8247e', operation='UPDATE', pgid='pgtrigger_update_update_ea6c6', table='inmates_nocommunication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nocommunication',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_nocommunicationevent" ("annulled_at", "authority", "document_id", "id", "inmate_id", "lifted_by_id", "lifted_on", "lifted_reference", "named", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "recorded_by_id", "reference", "starts_on", "until") VALUES (OLD."annulled_at", OLD."authority", OLD."document_id", OLD."id", OLD."inmate_id", OLD."lifted_by_id", OLD."lifted_on", OLD."lifted_reference", OLD."named", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reach", OLD."recorded_by_id", OLD."reference", OLD."starts_on", OLD."until"); RETURN NULL;', hash='bebabd4cda7f312bdf595595370ba242821ad648', operation='DELETE', pgid='pgtrigger_delete_delete_21274', table='inmates_nocommunication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outing',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_outingevent" ("admission_id", "annulled_at", "back_at", "cancelled_reason", "case_id", "destination_id", "due_back_at", "facility_id", "id", "inmate_id", "kind", "left_at", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_on", "recorded_by_id") VALUES (NEW."admission_id", NEW."annulled_at", NEW."back_at", NEW."cancelled_reason", NEW."case_id", NEW."destination_id", NEW."due_back_at", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."left_at", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."planned_on", NEW."recorded_by_id"); RETURN NULL;', hash='beae06ad6db6d39eca780d75ad5e1f55c69007e4', operation='INSERT', pgid='pgtrigger_insert_insert_5e4d5', table='inmates_outing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outing',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_outingevent" ("admission_id", "annulled_at", "back_at", "cancelled_reason", "case_id", "destination_id", "due_back_at", "facility_id", "id", "inmate_id", "kind", "left_at", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_on", "recorded_by_id") VALUES (NEW."admission_id", NEW."annulled_at", NEW."back_at", NEW."cancelled_reason", NEW."case_id", NEW."destination_id", NEW."due_back_at", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."left_at", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."planned_on", NEW."recorded_by_id"); RETURN NULL;', hash='ae46dcca8349851db6a63fd2cf806412442e4c21', operation='UPDATE', pgid='pgtrigger_update_update_ca4fe', table='inmates_outing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outing',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_outingevent" ("admission_id", "annulled_at", "back_at", "cancelled_reason", "case_id", "destination_id", "due_back_at", "facility_id", "id", "inmate_id", "kind", "left_at", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_on", "recorded_by_id") VALUES (OLD."admission_id", OLD."annulled_at", OLD."back_at", OLD."cancelled_reason", OLD."case_id", OLD."destination_id", OLD."due_back_at", OLD."facility_id", OLD."id", OLD."inmate_id", OLD."kind", OLD."left_at", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."planned_on", OLD."recorded_by_id"); RETURN NULL;', hash='282667e8f8fadd3de9007fec60a9d2f4e929c1fd', operation='DELETE', pgid='pgtrigger_delete_delete_e3edd', table='inmates_outing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeatlarge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_timeatlargeevent" ("annulled_at", "day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."annulled_at", NEW."day_after_last", NEW."first_day", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='2244744ec2c28aa9214c091000e8347143a34d02', operation='INSERT', pgid='pgtrigger_insert_insert_e79f1', table='inmates_timeatlarge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeatlarge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_timeatlargeevent" ("annulled_at", "day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."annulled_at", NEW."day_after_last", NEW."first_day", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='b15363a21467082d722cb97442beba51abd82845', operation='UPDATE', pgid='pgtrigger_update_update_ff159', table='inmates_timeatlarge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeatlarge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_timeatlargeevent" ("annulled_at", "day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."annulled_at", OLD."day_after_last", OLD."first_day", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='6f4e43d14296e08432aa2ffdb200155b18a4edf1', operation='DELETE', pgid='pgtrigger_delete_delete_ffbda', table='inmates_timeatlarge', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='outing',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_at', None), ('back_at', None), ('left_at__isnull', False)), fields=('inmate',), name='outing_one_at_a_time'),
        ),
    ]
