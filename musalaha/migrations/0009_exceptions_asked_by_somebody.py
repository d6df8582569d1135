"""Who asked for an exception for somebody in tier 1: whoever grants it is somebody else."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_files_stay_as_stored'),
        ('facilities', '0001_initial'),
        ('inmates', '0045_rows_stay_as_signed'),
        ('musalaha', '0008_follow_ups_annulled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.AddField(
            model_name='application',
            name='exception_asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='applicationevent',
            name='exception_asked_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_applicationevent" ("asked_on", "channel", "checked_on", "closed_on", "cohort_id", "consent_language", "consent_version", "decided_by_id", "decided_on", "decision_reason", "dictated", "document_id", "eligibility", "exception_answer", "exception_asked_by_id", "exception_asked_on", "exception_by_id", "exception_on", "exception_reason", "exception_request", "facility_id", "finish_outside", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "request_document_id", "signed", "state", "statement", "uuid", "witness") VALUES (NEW."asked_on", NEW."channel", NEW."checked_on", NEW."closed_on", NEW."cohort_id", NEW."consent_language", NEW."consent_version", NEW."decided_by_id", NEW."decided_on", NEW."decision_reason", NEW."dictated", NEW."document_id", NEW."eligibility", NEW."exception_answer", NEW."exception_asked_by_id", NEW."exception_asked_on", NEW."exception_by_id", NEW."exception_on", NEW."exception_reason", NEW."exception_request", NEW."facility_id", NEW."finish_outside", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."request_document_id", NEW."signed", NEW."state", NEW."statement", NEW."uuid", NEW."witness"); RETURN NULL;', hash='43e75d72e603c9d44e68f3c40894d661b5a24aa9', operation='INSERT', pgid='pgtrigger_insert_insert_47507', table='musalaha_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "musalaha_applicationevent" ("asked_on", "channel", "checked_on", "closed_on", "cohort_id", "consent_language", "consent_version", "decided_by_id", "decided_on", "decision_reason", "dictated", "document_id", "eligibility", "exception_answer", "exception_asked_by_id", "exception_asked_on", "exception_by_id", "exception_on", "exception_reason", "exception_request", "facility_id", "finish_outside", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "request_document_id", "signed", "state", "statement", "uuid", "witness") VALUES (NEW."asked_on", NEW."channel", NEW."checked_on", NEW."closed_on", NEW."cohort_id", NEW."consent_language", NEW."consent_version", NEW."decided_by_id", NEW."decided_on", NEW."decision_reason", NEW."dictated", NEW."document_id", NEW."eligibility", NEW."exception_answer", NEW."exception_asked_by_id", NEW."exception_asked_on", NEW."exception_by_id", NEW."exception_on", NEW."exception_reason", NEW."exception_request", NEW."facility_id", NEW."finish_outside", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."request_document_id", NEW."signed", NEW."state", NEW."statement", NEW."uuid", NEW."witness"); RETURN NULL;', hash='319be2c9373214b0dc7b155255c14f3c3b71ea27', operation='UPDATE', pgid='pgtrigger_update_update_d9cd0', table='musalaha_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_applicationevent" ("asked_on", "channel", "checked_on", "closed_on", "cohort_id", "consent_language", "consent_version", "decided_by_id", "decided_on", "decision_reason", "dictated", "document_id", "eligibility", "exception_answer", "exception_asked_by_id", "exception_asked_on", "exception_by_id", "exception_on", "exception_reason", "exception_request", "facility_id", "finish_outside", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "request_document_id", "signed", "state", "statement", "uuid", "witness") VALUES (OLD."asked_on", OLD."channel", OLD."checked_on", OLD."closed_on", OLD."cohort_id", OLD."consent_language", OLD."consent_version", OLD."decided_by_id", OLD."decided_on", OLD."decision_reason", OLD."dictated", OLD."document_id", OLD."eligibility", OLD."exception_answer", OLD."exception_asked_by_id", OLD."exception_asked_on", OLD."exception_by_id", OLD."exception_on", OLD."exception_reason", OLD."exception_request", OLD."facility_id", OLD."finish_outside", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."request_document_id", OLD."signed", OLD."state", OLD."statement", OLD."uuid", OLD."witness"); RETURN NULL;', hash='96704ae0a36d8b9dcb2781e0b96c6ed065db2d58', operation='DELETE', pgid='pgtrigger_delete_delete_3dbc0', table='musalaha_application', when='AFTER')),
        ),
    ]
