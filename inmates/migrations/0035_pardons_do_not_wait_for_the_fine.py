"""A pardon of prison and fine takes effect before the fine is recorded; that of a prosecution can be taken back."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0034_acts_taken_back'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='pardon',
            name='pardon_immutable',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pardon',
            name='pardon_of_a_fine_names_it',
        ),
        migrations.AlterField(
            model_name='pardon',
            name='of_fine',
            field=models.ForeignKey(blank=True, help_text='A pardon of a fine alone is verified against it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pardons', to='inmates.fine', verbose_name='which fine'),
        ),
        migrations.AlterField(
            model_name='pardon',
            name='state',
            field=models.CharField(choices=[('recorded', 'Awaiting verification'), ('verified', 'Verified'), ('rejected', 'Not confirmed by the instrument'), ('superseded', 'Superseded'), ('taken_back', 'Verified by mistake, taken back')], default='recorded', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='pardonevent',
            name='of_fine',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='A pardon of a fine alone is verified against it.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.fine', verbose_name='which fine'),
        ),
        migrations.AlterField(
            model_name='pardonevent',
            name='state',
            field=models.CharField(choices=[('recorded', 'Awaiting verification'), ('verified', 'Verified'), ('rejected', 'Not confirmed by the instrument'), ('superseded', 'Superseded'), ('taken_back', 'Verified by mistake, taken back')], default='recorded', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='task',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('earlier_custody', 'Earlier custody: say whether it counts as remand'), ('no_title', 'Held without a title: release, or record what holds'), ('release_scan', 'Attach the scan of the release order'), ('term_not_final', 'Pronounced term ends, judgment not final'), ('fine_missing', 'A pardon waits for the fine'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('earlier_custody', 'Earlier custody: say whether it counts as remand'), ('no_title', 'Held without a title: release, or record what holds'), ('release_scan', 'Attach the scan of the release order'), ('term_not_final', 'Pronounced term ends, judgment not final'), ('fine_missing', 'A pardon waits for the fine'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pardon',
            trigger=pgtrigger.compiler.Trigger(name='pardon_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'DELETE' THEN\n                        RAISE EXCEPTION 'pardon: a recorded pardon is never deleted' USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF OLD.state <> 'recorded' AND NOT (\n                        OLD.state = 'verified' AND NEW.state = 'superseded' AND NEW.superseded_by_id IS NOT NULL\n                        AND to_jsonb(NEW) - 'state' - 'superseded_by_id' = to_jsonb(OLD) - 'state' - 'superseded_by_id'\n                    ) AND NOT (\n                        OLD.prison = 'prosecution'\n                        AND (OLD.state, NEW.state) IN (('verified', 'taken_back'), ('taken_back', 'verified'))\n                        AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state'\n                    ) AND NOT (\n                        OLD.state = 'verified' AND OLD.of_fine_id IS NULL AND NEW.of_fine_id IS NOT NULL\n                        AND to_jsonb(NEW) - 'of_fine_id' = to_jsonb(OLD) - 'of_fine_id'\n                    ) AND NOT (\n                        to_jsonb(NEW) - 'inmate_id' = to_jsonb(OLD) - 'inmate_id' AND EXISTS (\n                            SELECT 1 FROM inmates_inmate WHERE id = OLD.inmate_id AND merged_into_id = NEW.inmate_id)\n                    ) AND to_jsonb(NEW) <> to_jsonb(OLD) THEN\n                        RAISE EXCEPTION 'pardon: a verified pardon is superseded, never changed'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='44ebf888020e0433e177ec59e84e9bb7ef14e80f', operation='UPDATE OR DELETE', pgid='pgtrigger_pardon_immutable_c3082', table='inmates_pardon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pardon',
            trigger=pgtrigger.compiler.Trigger(name='pardon_of_a_fine_names_it', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'verified\' AND NOT (NEW."fine" = \'kept\'))', func="\n                    IF TG_OP = 'UPDATE' THEN\n                        IF OLD.state <> 'recorded' AND NEW.of_fine_id IS NOT DISTINCT FROM OLD.of_fine_id THEN\n                            RETURN NEW;\n                        END IF;\n                    END IF;\n                    IF NEW.of_fine_id IS NULL AND NEW.prison <> 'kept' THEN\n                        RETURN NEW;  -- what it says of the prison term does not wait for the fine\n                    END IF;\n                    IF NOT EXISTS (\n                        SELECT 1 FROM inmates_fine JOIN inmates_case ON inmates_case.id = inmates_fine.case_id\n                        WHERE inmates_fine.id = NEW.of_fine_id AND inmates_case.inmate_id = NEW.inmate_id\n                    ) THEN\n                        RAISE EXCEPTION 'pardon: of a fine, it is verified against a fine of this person'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='50454525e3817ae4824593ba4728c59e1cc6beda', operation='INSERT OR UPDATE OF "state", "fine", "of_fine_id"', pgid='pgtrigger_pardon_of_a_fine_names_it_5cae8', table='inmates_pardon', when='BEFORE')),
        ),
    ]
