"""Contacts planned after a release that was entered by mistake are annulled with it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0034_acts_taken_back'),
        ('musalaha', '0007_scans_of_requests_and_withdrawals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='followup',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='followup',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='followup',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='followup',
            name='follow_up_once',
        ),
        migrations.AddField(
            model_name='followup',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='followupevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followup',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_followupevent" ("admission_id", "annulled_at", "contact", "done_on", "due_on", "housing", "id", "inmate_id", "lost", "months", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "support", "training", "work") VALUES (NEW."admission_id", NEW."annulled_at", NEW."contact", NEW."done_on", NEW."due_on", NEW."housing", NEW."id", NEW."inmate_id", NEW."lost", NEW."months", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."support", NEW."training", NEW."work"); RETURN NULL;', hash='917b7137736f4fa8f2346149fb26b28c7c023b0b', operation='INSERT', pgid='pgtrigger_insert_insert_1c63c', table='musalaha_followup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followup',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "musalaha_followupevent" ("admission_id", "annulled_at", "contact", "done_on", "due_on", "housing", "id", "inmate_id", "lost", "months", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "support", "training", "work") VALUES (NEW."admission_id", NEW."annulled_at", NEW."contact", NEW."done_on", NEW."due_on", NEW."housing", NEW."id", NEW."inmate_id", NEW."lost", NEW."months", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."support", NEW."training", NEW."work"); RETURN NULL;', hash='9938e74a37564f7c607f782e8efec9cce6e0a53d', operation='UPDATE', pgid='pgtrigger_update_update_3b206', table='musalaha_followup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followup',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "musalaha_followupevent" ("admission_id", "annulled_at", "contact", "done_on", "due_on", "housing", "id", "inmate_id", "lost", "months", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "support", "training", "work") VALUES (OLD."admission_id", OLD."annulled_at", OLD."contact", OLD."done_on", OLD."due_on", OLD."housing", OLD."id", OLD."inmate_id", OLD."lost", OLD."months", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."support", OLD."training", OLD."work"); RETURN NULL;', hash='7d6c54efd160985298ce039fc927fb543d53576d', operation='DELETE', pgid='pgtrigger_delete_delete_d1ca7', table='musalaha_followup', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_at', None)), fields=('admission', 'months'), name='follow_up_once'),
        ),
    ]
