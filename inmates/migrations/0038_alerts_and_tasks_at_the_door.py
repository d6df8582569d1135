"""Alerts and tasks that follow a release, or the end of a case."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inmates", "0037_times_out_of_custody"),
    ]

    operations = [
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('release_taken_back', 'Release entered by mistake, taken back'), ('sentence_ended', 'Sentence not final ended by a decision outside an appeal'), ('released_on_road', 'Released on the road between two prisons'), ('release_corrected', 'A correction moves the day on which somebody was to be released'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('release_taken_back', 'Release entered by mistake, taken back'), ('sentence_ended', 'Sentence not final ended by a decision outside an appeal'), ('released_on_road', 'Released on the road between two prisons'), ('release_corrected', 'A correction moves the day on which somebody was to be released'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='task',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('earlier_custody', 'Earlier custody: say whether it counts as remand'), ('no_title', 'Held without a title: release, or record what holds'), ('release_scan', 'Attach the scan of the release order'), ('court_scan', 'Attach the scan of the decision that ended a case'), ('court_answer', "Record the court's answer to an appeal still open"), ('term_not_final', 'Pronounced term ends, judgment not final'), ('fine_missing', 'A pardon waits for the fine'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('earlier_custody', 'Earlier custody: say whether it counts as remand'), ('no_title', 'Held without a title: release, or record what holds'), ('release_scan', 'Attach the scan of the release order'), ('court_scan', 'Attach the scan of the decision that ended a case'), ('court_answer', "Record the court's answer to an appeal still open"), ('term_not_final', 'Pronounced term ends, judgment not final'), ('fine_missing', 'A pardon waits for the fine'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeatlarge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_timeatlargeevent" ("annulled_at", "day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."annulled_at", NEW."day_after_last", NEW."first_day", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;', hash='014cabccc7950f89b4004b2d34d34a8c5f809691', operation='INSERT', pgid='pgtrigger_insert_insert_e79f1', table='inmates_timeatlarge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeatlarge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_timeatlargeevent" ("annulled_at", "day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."annulled_at", NEW."day_after_last", NEW."first_day", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;', hash='694b2b76e02a9b5867aa44828651d08eeb6b2e89', operation='UPDATE', pgid='pgtrigger_update_update_ff159', table='inmates_timeatlarge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeatlarge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_timeatlargeevent" ("annulled_at", "day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."annulled_at", OLD."day_after_last", OLD."first_day", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;', hash='6a671db77336265799fd268c83b7c0850877f42c', operation='DELETE', pgid='pgtrigger_delete_delete_ffbda', table='inmates_timeatlarge', when='AFTER')),
        ),
    ]
