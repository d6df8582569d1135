"""A settlement says why it ended; alerts and a task for custody without a title."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0007_words_for_english_readers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='settlement',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='settlement',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='settlement',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='settlement',
            name='ended_why',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='settlementevent',
            name='ended_why',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('release_date', 'Release date to be settled'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('keep_apart', 'Two people who must not meet were put together')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('release_date', 'Release date to be settled'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('keep_apart', 'Two people who must not meet were put together')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='task',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('no_title', 'Held without a title: release, or record what holds'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('no_title', 'Held without a title: release, or record what holds'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_settlementevent" ("ended_at", "ended_why", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "release_on", "settled_at", "settled_by_id", "source") VALUES (NEW."ended_at", NEW."ended_why", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."release_on", NEW."settled_at", NEW."settled_by_id", NEW."source"); RETURN NULL;', hash='22f9bacbf61361d12a63aaa8f0e1341930c3aa85', operation='INSERT', pgid='pgtrigger_insert_insert_96a3d', table='inmates_settlement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_settlementevent" ("ended_at", "ended_why", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "release_on", "settled_at", "settled_by_id", "source") VALUES (NEW."ended_at", NEW."ended_why", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."release_on", NEW."settled_at", NEW."settled_by_id", NEW."source"); RETURN NULL;', hash='bebcfd36a9be6ee6afc23c760b4496a4f58bd98c', operation='UPDATE', pgid='pgtrigger_update_update_e489a', table='inmates_settlement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_settlementevent" ("ended_at", "ended_why", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "release_on", "settled_at", "settled_by_id", "source") VALUES (OLD."ended_at", OLD."ended_why", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reasons", OLD."release_on", OLD."settled_at", OLD."settled_by_id", OLD."source"); RETURN NULL;', hash='599da0e65a4a1e3fd2ce598a665bac887d3dd94b', operation='DELETE', pgid='pgtrigger_delete_delete_09fed', table='inmates_settlement', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', False), ('ended_why', ''), _connector='OR'), name='settlement_in_force_has_no_end'),
        ),
    ]
