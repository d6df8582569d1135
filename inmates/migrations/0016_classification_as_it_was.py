"""First decisions wait for their notice; proposals say on what they rest; reviews keep what each tier meant; triggers are closed."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0001_initial'),
        ('inmates', '0015_separation_in_an_emergency'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='review',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='review',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='review',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reviewtrigger',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reviewtrigger',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reviewtrigger',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='assessment',
            name='nothing_known',
            field=models.BooleanField(default=False, editable=False, verbose_name='every domain rated as not known'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='rests_on',
            field=models.TextField(blank=True, verbose_name='on what the proposal rests'),
        ),
        migrations.AddField(
            model_name='assessmentevent',
            name='nothing_known',
            field=models.BooleanField(default=False, editable=False, verbose_name='every domain rated as not known'),
        ),
        migrations.AddField(
            model_name='assessmentevent',
            name='rests_on',
            field=models.TextField(blank=True, verbose_name='on what the proposal rests'),
        ),
        migrations.AddField(
            model_name='review',
            name='effects_then',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='reviewevent',
            name='effects_then',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='reviewtrigger',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewtrigger',
            name='closed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='reviewtriggerevent',
            name='closed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewtriggerevent',
            name='closed_on',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='tool_version',
            field=models.CharField(default='2', max_length=10, verbose_name='version of the tool'),
        ),
        migrations.AlterField(
            model_name='assessmentevent',
            name='tool_version',
            field=models.CharField(default='2', max_length=10, verbose_name='version of the tool'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='established',
            field=models.BooleanField(default=False, help_text='By a final conviction or by conduct in custody, not by a charge or an interview alone.', verbose_name='established'),
        ),
        migrations.AlterField(
            model_name='findingevent',
            name='established',
            field=models.BooleanField(default=False, help_text='By a final conviction or by conduct in custody, not by a charge or an interview alone.', verbose_name='established'),
        ),
        migrations.AlterField(
            model_name='tierdecision',
            name='emergency',
            field=models.TextField(blank=True, help_text='Why the tier must take effect before the notice.', verbose_name='written emergency'),
        ),
        migrations.AlterField(
            model_name='tierdecisionevent',
            name='emergency',
            field=models.TextField(blank=True, help_text='Why the tier must take effect before the notice.', verbose_name='written emergency'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_assessmentevent" ("admission_id", "assessor_id", "cause", "difference_reason", "ended_at", "ended_reason", "id", "inmate_id", "nothing_known", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_tier", "qualification", "reasons", "rests_on", "saved_at", "saved_in", "started_at", "submitted_at", "suggested_tier", "suggestion", "tool_version", "uuid") VALUES (NEW."admission_id", NEW."assessor_id", NEW."cause", NEW."difference_reason", NEW."ended_at", NEW."ended_reason", NEW."id", NEW."inmate_id", NEW."nothing_known", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_tier", NEW."qualification", NEW."reasons", NEW."rests_on", NEW."saved_at", NEW."saved_in", NEW."started_at", NEW."submitted_at", NEW."suggested_tier", NEW."suggestion", NEW."tool_version", NEW."uuid"); RETURN NULL;', hash='8a673e4589f5d36901592e2b1665492da5194320', operation='INSERT', pgid='pgtrigger_insert_insert_7634e', table='inmates_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_assessmentevent" ("admission_id", "assessor_id", "cause", "difference_reason", "ended_at", "ended_reason", "id", "inmate_id", "nothing_known", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_tier", "qualification", "reasons", "rests_on", "saved_at", "saved_in", "started_at", "submitted_at", "suggested_tier", "suggestion", "tool_version", "uuid") VALUES (NEW."admission_id", NEW."assessor_id", NEW."cause", NEW."difference_reason", NEW."ended_at", NEW."ended_reason", NEW."id", NEW."inmate_id", NEW."nothing_known", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_tier", NEW."qualification", NEW."reasons", NEW."rests_on", NEW."saved_at", NEW."saved_in", NEW."started_at", NEW."submitted_at", NEW."suggested_tier", NEW."suggestion", NEW."tool_version", NEW."uuid"); RETURN NULL;', hash='9931eed2eb52d71aa72ed6a1c237574f4c1b8264', operation='UPDATE', pgid='pgtrigger_update_update_20d86', table='inmates_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_assessmentevent" ("admission_id", "assessor_id", "cause", "difference_reason", "ended_at", "ended_reason", "id", "inmate_id", "nothing_known", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_tier", "qualification", "reasons", "rests_on", "saved_at", "saved_in", "started_at", "submitted_at", "suggested_tier", "suggestion", "tool_version", "uuid") VALUES (OLD."admission_id", OLD."assessor_id", OLD."cause", OLD."difference_reason", OLD."ended_at", OLD."ended_reason", OLD."id", OLD."inmate_id", OLD."nothing_known", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_tier", OLD."qualification", OLD."reasons", OLD."rests_on", OLD."saved_at", OLD."saved_in", OLD."started_at", OLD."submitted_at", OLD."suggested_tier", OLD."suggestion", OLD."tool_version", OLD."uuid"); RETURN NULL;', hash='ccd084f90ed7529ed4a08456f48faf905750ce6e', operation='DELETE', pgid='pgtrigger_delete_delete_24a7c', table='inmates_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_reviewevent" ("answer", "assessment_id", "assessor_id", "cancelled_by_id", "cancelled_reason", "decided_at", "decided_by_id", "effects_then", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questions", "returned_by_id", "state", "submitted_at", "uuid") VALUES (NEW."answer", NEW."assessment_id", NEW."assessor_id", NEW."cancelled_by_id", NEW."cancelled_reason", NEW."decided_at", NEW."decided_by_id", NEW."effects_then", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."questions", NEW."returned_by_id", NEW."state", NEW."submitted_at", NEW."uuid"); RETURN NULL;', hash='27bd6bd5922ca3c4b5fd3f1d2c96521a51e5f804', operation='INSERT', pgid='pgtrigger_insert_insert_5a628', table='inmates_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_reviewevent" ("answer", "assessment_id", "assessor_id", "cancelled_by_id", "cancelled_reason", "decided_at", "decided_by_id", "effects_then", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questions", "returned_by_id", "state", "submitted_at", "uuid") VALUES (NEW."answer", NEW."assessment_id", NEW."assessor_id", NEW."cancelled_by_id", NEW."cancelled_reason", NEW."decided_at", NEW."decided_by_id", NEW."effects_then", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."questions", NEW."returned_by_id", NEW."state", NEW."submitted_at", NEW."uuid"); RETURN NULL;', hash='c215588cac436bde19e9177faca5a2df434f8505', operation='UPDATE', pgid='pgtrigger_update_update_3683d', table='inmates_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_reviewevent" ("answer", "assessment_id", "assessor_id", "cancelled_by_id", "cancelled_reason", "decided_at", "decided_by_id", "effects_then", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questions", "returned_by_id", "state", "submitted_at", "uuid") VALUES (OLD."answer", OLD."assessment_id", OLD."assessor_id", OLD."cancelled_by_id", OLD."cancelled_reason", OLD."decided_at", OLD."decided_by_id", OLD."effects_then", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."questions", OLD."returned_by_id", OLD."state", OLD."submitted_at", OLD."uuid"); RETURN NULL;', hash='48e465bd86a25a648af2366cb4522bdb6aa5c42c', operation='DELETE', pgid='pgtrigger_delete_delete_a74b0', table='inmates_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewtrigger',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_reviewtriggerevent" ("answered_by_id", "cause", "closed_by_id", "closed_on", "due_on", "happened_on", "id", "incident_id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."answered_by_id", NEW."cause", NEW."closed_by_id", NEW."closed_on", NEW."due_on", NEW."happened_on", NEW."id", NEW."incident_id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='63a968d5ad17f638b2f61284b16393c85aa19293', operation='INSERT', pgid='pgtrigger_insert_insert_c0337', table='inmates_reviewtrigger', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewtrigger',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_reviewtriggerevent" ("answered_by_id", "cause", "closed_by_id", "closed_on", "due_on", "happened_on", "id", "incident_id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."answered_by_id", NEW."cause", NEW."closed_by_id", NEW."closed_on", NEW."due_on", NEW."happened_on", NEW."id", NEW."incident_id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='639e4d5ff9227942d1243f61eaad4d56f97ca689', operation='UPDATE', pgid='pgtrigger_update_update_481f0', table='inmates_reviewtrigger', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewtrigger',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_reviewtriggerevent" ("answered_by_id", "cause", "closed_by_id", "closed_on", "due_on", "happened_on", "id", "incident_id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."answered_by_id", OLD."cause", OLD."closed_by_id", OLD."closed_on", OLD."due_on", OLD."happened_on", OLD."id", OLD."incident_id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='b3e1e60008a01c0d020884da10f1db13ba8e4077', operation='DELETE', pgid='pgtrigger_delete_delete_95135', table='inmates_reviewtrigger', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_at', None), ('nothing_known', False), ('proposed_tier', 2), models.Q(('rests_on', ''), _negated=True), _connector='OR'), name='assessment_of_nothing_known_says_on_what'),
        ),
        migrations.AddConstraint(
            model_name='reviewtrigger',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', None), ('closed_on', None), _connector='OR'), name='trigger_answered_or_closed'),
        ),
        migrations.AddConstraint(
            model_name='reviewtrigger',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('closed_on__isnull', True)), models.Q(('closed_by__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='trigger_closed_by_and_when'),
        ),
    ]
