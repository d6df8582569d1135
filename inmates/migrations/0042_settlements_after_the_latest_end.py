"""A settled date after the latest end by the rules waits for the prosecutor's written answer."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0041_reductions_wait_for_a_second_person'),
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
            name='answer',
            field=models.CharField(blank=True, max_length=120, verbose_name="the prosecutor's written answer"),
        ),
        migrations.AddField(
            model_name='settlementevent',
            name='answer',
            field=models.CharField(blank=True, max_length=120, verbose_name="the prosecutor's written answer"),
        ),
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('settled_late', 'Settled for a day after the latest end by the rules'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('release_taken_back', 'Release entered by mistake, taken back'), ('admission_undone', 'Admission entered for the wrong person, taken back'), ('sentence_ended', 'Sentence not final ended by a decision outside an appeal'), ('released_on_road', 'Released on the road between two prisons'), ('release_corrected', 'A correction moves the day on which somebody was to be released'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('presumed_past', 'Held past the presumed end: the prosecutor must answer'), ('settled_late', 'Settled for a day after the latest end by the rules'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('release_unproven', 'No scan of the release order after a day'), ('release_taken_back', 'Release entered by mistake, taken back'), ('admission_undone', 'Admission entered for the wrong person, taken back'), ('sentence_ended', 'Sentence not final ended by a decision outside an appeal'), ('released_on_road', 'Released on the road between two prisons'), ('release_corrected', 'A correction moves the day on which somebody was to be released'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_settlementevent" ("answer", "ended_at", "ended_why", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "release_on", "settled_at", "settled_by_id", "source") VALUES (NEW."answer", NEW."ended_at", NEW."ended_why", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."release_on", NEW."settled_at", NEW."settled_by_id", NEW."source"); RETURN NULL;', hash='f6ecbac2b73adf39f2721b292edbfc317dd122e2', operation='INSERT', pgid='pgtrigger_insert_insert_96a3d', table='inmates_settlement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_settlementevent" ("answer", "ended_at", "ended_why", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "release_on", "settled_at", "settled_by_id", "source") VALUES (NEW."answer", NEW."ended_at", NEW."ended_why", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."release_on", NEW."settled_at", NEW."settled_by_id", NEW."source"); RETURN NULL;', hash='e69b7eb1afbaf8779f08f832b8567b0a0cd63b97', operation='UPDATE', pgid='pgtrigger_update_update_e489a', table='inmates_settlement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_settlementevent" ("answer", "ended_at", "ended_why", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "release_on", "settled_at", "settled_by_id", "source") VALUES (OLD."answer", OLD."ended_at", OLD."ended_why", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reasons", OLD."release_on", OLD."settled_at", OLD."settled_by_id", OLD."source"); RETURN NULL;', hash='0b853e091307ab5e81c7c1c6132a41ecb6b70af9', operation='DELETE', pgid='pgtrigger_delete_delete_09fed', table='inmates_settlement', when='AFTER')),
        ),
    ]
