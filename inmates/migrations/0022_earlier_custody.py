"""Why earlier custody was left out of the remand of a sentence; a task where nobody has said."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0021_time_at_large'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='sentence',
            name='earlier_custody',
            field=models.CharField(blank=True, max_length=300, verbose_name='why earlier custody was left out'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='earlier_custody',
            field=models.CharField(blank=True, max_length=300, verbose_name='why earlier custody was left out'),
        ),
        migrations.AlterField(
            model_name='task',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('earlier_custody', 'Earlier custody: say whether it counts as remand'), ('no_title', 'Held without a title: release, or record what holds'), ('term_not_final', 'Pronounced term ends, judgment not final'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('earlier_custody', 'Earlier custody: say whether it counts as remand'), ('no_title', 'Held without a title: release, or record what holds'), ('term_not_final', 'Pronounced term ends, judgment not final'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("acts_on", "case_id", "count", "days", "earlier_custody", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (NEW."acts_on", NEW."case_id", NEW."count", NEW."days", NEW."earlier_custody", NEW."final_on", NEW."final_reference", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."uuid", NEW."years"); RETURN NULL;', hash='1ec96c3e4ded800e227801aac349e3f742aee1cd', operation='INSERT', pgid='pgtrigger_insert_insert_36637', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_sentenceevent" ("acts_on", "case_id", "count", "days", "earlier_custody", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (NEW."acts_on", NEW."case_id", NEW."count", NEW."days", NEW."earlier_custody", NEW."final_on", NEW."final_reference", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."uuid", NEW."years"); RETURN NULL;', hash='3224a3da5e3872032f78aa5953b7fc11f40ec20d', operation='UPDATE', pgid='pgtrigger_update_update_7e96c', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("acts_on", "case_id", "count", "days", "earlier_custody", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (OLD."acts_on", OLD."case_id", OLD."count", OLD."days", OLD."earlier_custody", OLD."final_on", OLD."final_reference", OLD."id", OLD."inmate_id", OLD."kind", OLD."months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pronounced_on", OLD."quashed_on", OLD."range_acknowledged_by_id", OLD."relation", OLD."relation_decision", OLD."replaced_on", OLD."replaces_id", OLD."starts_on", OLD."uuid", OLD."years"); RETURN NULL;', hash='16520fb5a54242c25c5fc8b5e71f92dea1d46b93', operation='DELETE', pgid='pgtrigger_delete_delete_cbb89', table='inmates_sentence', when='AFTER')),
        ),
    ]
