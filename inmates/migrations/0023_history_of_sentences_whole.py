"""Row history of sentences with every column; every kind of alert and task."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0022_earlier_custody'),
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
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='task',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('earlier_custody', 'Earlier custody: say whether it counts as remand'), ('no_title', 'Held without a title: release, or record what holds'), ('release_scan', 'Attach the scan of the release order'), ('term_not_final', 'Pronounced term ends, judgment not final'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('earlier_custody', 'Earlier custody: say whether it counts as remand'), ('no_title', 'Held without a title: release, or record what holds'), ('release_scan', 'Attach the scan of the release order'), ('term_not_final', 'Pronounced term ends, judgment not final'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "earlier_custody", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (NEW."acts_on", NEW."annulled_at", NEW."case_id", NEW."count", NEW."days", NEW."earlier_custody", NEW."final_on", NEW."final_reference", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."uuid", NEW."years"); RETURN NULL;', hash='b73ee2479bb2f87b80523b1543236d2e834a399e', operation='INSERT', pgid='pgtrigger_insert_insert_36637', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "earlier_custody", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (NEW."acts_on", NEW."annulled_at", NEW."case_id", NEW."count", NEW."days", NEW."earlier_custody", NEW."final_on", NEW."final_reference", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."uuid", NEW."years"); RETURN NULL;', hash='c3daa175e4215170e34f66135c8d5db34a19ce1d', operation='UPDATE', pgid='pgtrigger_update_update_7e96c', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "earlier_custody", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (OLD."acts_on", OLD."annulled_at", OLD."case_id", OLD."count", OLD."days", OLD."earlier_custody", OLD."final_on", OLD."final_reference", OLD."id", OLD."inmate_id", OLD."kind", OLD."months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pronounced_on", OLD."quashed_on", OLD."range_acknowledged_by_id", OLD."relation", OLD."relation_decision", OLD."replaced_on", OLD."replaces_id", OLD."starts_on", OLD."uuid", OLD."years"); RETURN NULL;', hash='3de8970a67e13082f478f5ac065af4a9986c9391', operation='DELETE', pgid='pgtrigger_delete_delete_cbb89', table='inmates_sentence', when='AFTER')),
        ),
    ]
