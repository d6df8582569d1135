"""Scans of requests to join and of withdrawals."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('musalaha', '0006_record_checks'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='enrolment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='enrolment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='enrolment',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='application',
            name='request_document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='applicationevent',
            name='request_document',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='enrolmentevent',
            name='document',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_applicationevent" ("asked_on", "channel", "checked_on", "closed_on", "cohort_id", "consent_language", "consent_version", "decided_by_id", "decided_on", "decision_reason", "dictated", "document_id", "eligibility", "exception_answer", "exception_asked_on", "exception_by_id", "exception_on", "exception_reason", "exception_request", "facility_id", "finish_outside", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "request_document_id", "signed", "state", "statement", "uuid", "witness") VALUES (NEW."asked_on", NEW."channel", NEW."checked_on", NEW."closed_on", NEW."cohort_id", NEW."consent_language", NEW."consent_version", NEW."decided_by_id", NEW."decided_on", NEW."decision_reason", NEW."dictated", NEW."document_id", NEW."eligibility", NEW."exception_answer", NEW."exception_asked_on", NEW."exception_by_id", NEW."exception_on", NEW."exception_reason", NEW."exception_request", NEW."facility_id", NEW."finish_outside", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."request_document_id", NEW."signed", NEW."state", NEW."statement", NEW."uuid", NEW."witness"); RETURN NULL;', hash='91aca86820be1d81dc1e0788f446031f22ebb593', operation='INSERT', pgid='pgtrigger_insert_insert_47507', table='musalaha_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "musalaha_applicationevent" ("asked_on", "channel", "checked_on", "closed_on", "cohort_id", "consent_language", "consent_version", "decided_by_id", "decided_on", "decision_reason", "dictated", "document_id", "eligibility", "exception_answer", "exception_asked_on", "exception_by_id", "exception_on", "exception_reason", "exception_request", "facility_id", "finish_outside", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "request_document_id", "signed", "state", "statement", "uuid", "witness") VALUES (NEW."asked_on", NEW."channel", NEW."checked_on", NEW."closed_on", NEW."cohort_id", NEW."consent_language", NEW."consent_version", NEW."decided_by_id", NEW."decided_on", NEW."decision_reason", NEW."dictated", NEW."document_id", NEW."eligibility", NEW."exception_answer", NEW."exception_asked_on", NEW."exception_by_id", NEW."exception_on", NEW."exception_reason", NEW."exception_request", NEW."facility_id", NEW."finish_outside", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."request_document_id", NEW."signed", NEW."state", NEW."statement", NEW."uuid", NEW."witness"); RETURN NULL;', hash='fc3010570414927dbce8902c377d2eefa1281645', operation='UPDATE', pgid='pgtrigger_update_update_d9cd0', table='musalaha_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_applicationevent" ("asked_on", "channel", "checked_on", "closed_on", "cohort_id", "consent_language", "consent_version", "decided_by_id", "decided_on", "decision_reason", "dictated", "document_id", "eligibility", "exception_answer", "exception_asked_on", "exception_by_id", "exception_on", "exception_reason", "exception_request", "facility_id", "finish_outside", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "request_document_id", "signed", "state", "statement", "uuid", "witness") VALUES (OLD."asked_on", OLD."channel", OLD."checked_on", OLD."closed_on", OLD."cohort_id", OLD."consent_language", OLD."consent_version", OLD."decided_by_id", OLD."decided_on", OLD."decision_reason", OLD."dictated", OLD."document_id", OLD."eligibility", OLD."exception_answer", OLD."exception_asked_on", OLD."exception_by_id", OLD."exception_on", OLD."exception_reason", OLD."exception_request", OLD."facility_id", OLD."finish_outside", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."request_document_id", OLD."signed", OLD."state", OLD."statement", OLD."uuid", OLD."witness"); RETURN NULL;', hash='cde324148510a1fb0b51729483907566edccabc0', operation='DELETE', pgid='pgtrigger_delete_delete_3dbc0', table='musalaha_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enrolment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_enrolmentevent" ("application_id", "cohort_id", "document_id", "earlier_unit_id", "ended_on", "finishes_outside", "id", "inmate_id", "outcome", "outcome_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removal_appeal_answer", "removal_appeal_answered_by_id", "removal_appealed_on", "removal_code", "removal_confirmed_by_id", "removal_proposed_by_id", "removal_reason", "started_on") VALUES (NEW."application_id", NEW."cohort_id", NEW."document_id", NEW."earlier_unit_id", NEW."ended_on", NEW."finishes_outside", NEW."id", NEW."inmate_id", NEW."outcome", NEW."outcome_reason", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."removal_appeal_answer", NEW."removal_appeal_answered_by_id", NEW."removal_appealed_on", NEW."removal_code", NEW."removal_confirmed_by_id", NEW."removal_proposed_by_id", NEW."removal_reason", NEW."started_on"); RETURN NULL;', hash='25cd376d31ffdf41389b8753d59af8e751006664', operation='INSERT', pgid='pgtrigger_insert_insert_3e9d9', table='musalaha_enrolment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enrolment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "musalaha_enrolmentevent" ("application_id", "cohort_id", "document_id", "earlier_unit_id", "ended_on", "finishes_outside", "id", "inmate_id", "outcome", "outcome_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removal_appeal_answer", "removal_appeal_answered_by_id", "removal_appealed_on", "removal_code", "removal_confirmed_by_id", "removal_proposed_by_id", "removal_reason", "started_on") VALUES (NEW."application_id", NEW."cohort_id", NEW."document_id", NEW."earlier_unit_id", NEW."ended_on", NEW."finishes_outside", NEW."id", NEW."inmate_id", NEW."outcome", NEW."outcome_reason", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."removal_appeal_answer", NEW."removal_appeal_answered_by_id", NEW."removal_appealed_on", NEW."removal_code", NEW."removal_confirmed_by_id", NEW."removal_proposed_by_id", NEW."removal_reason", NEW."started_on"); RETURN NULL;', hash='3efbe96d6a48af91d55d0915f342f7bcf4a5208b', operation='UPDATE', pgid='pgtrigger_update_update_5ba44', table='musalaha_enrolment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enrolment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_enrolmentevent" ("application_id", "cohort_id", "document_id", "earlier_unit_id", "ended_on", "finishes_outside", "id", "inmate_id", "outcome", "outcome_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removal_appeal_answer", "removal_appeal_answered_by_id", "removal_appealed_on", "removal_code", "removal_confirmed_by_id", "removal_proposed_by_id", "removal_reason", "started_on") VALUES (OLD."application_id", OLD."cohort_id", OLD."document_id", OLD."earlier_unit_id", OLD."ended_on", OLD."finishes_outside", OLD."id", OLD."inmate_id", OLD."outcome", OLD."outcome_reason", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."removal_appeal_answer", OLD."removal_appeal_answered_by_id", OLD."removal_appealed_on", OLD."removal_code", OLD."removal_confirmed_by_id", OLD."removal_proposed_by_id", OLD."removal_reason", OLD."started_on"); RETURN NULL;', hash='dc0e8f190e4eb5c501fb9a77c61f9abeb2bab544', operation='DELETE', pgid='pgtrigger_delete_delete_5cdf3', table='musalaha_enrolment', when='AFTER')),
        ),
    ]
