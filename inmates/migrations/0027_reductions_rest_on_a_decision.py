"""What shortens a term without a pardon names the decision it rests on, and may be corrected or annulled."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def name_the_paper(apps, schema_editor):
    """No act wrote such a row before; one written by hand says that its paper is not known."""
    adjustments = apps.get_model("inmates", "Adjustment").objects
    adjustments.filter(reference="").exclude(source="pardon").update(reference="?")


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0026_fines_named_and_paid'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='adjustment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='adjustment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='adjustment',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='adjustment',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='adjustment',
            name='reference',
            field=models.CharField(blank=True, max_length=120, verbose_name='reference of the decision'),
        ),
        migrations.AddField(
            model_name='adjustmentevent',
            name='annulled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='adjustmentevent',
            name='reference',
            field=models.CharField(blank=True, max_length=120, verbose_name='reference of the decision'),
        ),
        migrations.AlterField(
            model_name='adjustment',
            name='source',
            field=models.CharField(choices=[('pardon', 'Royal pardon'), ('automatic', 'Automatic reduction (Law 03-23)'), ('correction', "Correction by a court's decision")], max_length=10, verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='adjustmentevent',
            name='source',
            field=models.CharField(choices=[('pardon', 'Royal pardon'), ('automatic', 'Automatic reduction (Law 03-23)'), ('correction', "Correction by a court's decision")], max_length=10, verbose_name='source'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_adjustmentevent" ("annulled_at", "counted_from", "days", "decided_on", "entered_at", "entered_by_id", "id", "kind", "months", "pardon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "sentence_id", "source", "superseded_at", "superseded_reason", "years") VALUES (NEW."annulled_at", NEW."counted_from", NEW."days", NEW."decided_on", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."kind", NEW."months", NEW."pardon_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."reference", NEW."sentence_id", NEW."source", NEW."superseded_at", NEW."superseded_reason", NEW."years"); RETURN NULL;', hash='7f330e95dd584716d3acea8a5c025264b7327691', operation='INSERT', pgid='pgtrigger_insert_insert_727bb', table='inmates_adjustment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_adjustmentevent" ("annulled_at", "counted_from", "days", "decided_on", "entered_at", "entered_by_id", "id", "kind", "months", "pardon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "sentence_id", "source", "superseded_at", "superseded_reason", "years") VALUES (NEW."annulled_at", NEW."counted_from", NEW."days", NEW."decided_on", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."kind", NEW."months", NEW."pardon_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."reference", NEW."sentence_id", NEW."source", NEW."superseded_at", NEW."superseded_reason", NEW."years"); RETURN NULL;', hash='d27e385da15437852fa997f2fdd06fc35e0384e6', operation='UPDATE', pgid='pgtrigger_update_update_0913f', table='inmates_adjustment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_adjustmentevent" ("annulled_at", "counted_from", "days", "decided_on", "entered_at", "entered_by_id", "id", "kind", "months", "pardon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "sentence_id", "source", "superseded_at", "superseded_reason", "years") VALUES (OLD."annulled_at", OLD."counted_from", OLD."days", OLD."decided_on", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."kind", OLD."months", OLD."pardon_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."reference", OLD."sentence_id", OLD."source", OLD."superseded_at", OLD."superseded_reason", OLD."years"); RETURN NULL;', hash='15421f8472bf05dd8b748e9c4db6793a6a4509cd', operation='DELETE', pgid='pgtrigger_delete_delete_44289', table='inmates_adjustment', when='AFTER')),
        ),
        migrations.RunPython(name_the_paper, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='adjustment',
            constraint=models.CheckConstraint(condition=models.Q(('source', 'pardon'), models.Q(('reference', ''), _negated=True), _connector='OR'), name='adjustment_rests_on_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='adjustment',
            constraint=models.CheckConstraint(condition=models.Q(('source', 'pardon'), ('kind', 'reduction'), _connector='OR'), name='adjustment_only_a_pardon_does_more_than_reduce'),
        ),
        migrations.AddConstraint(
            model_name='adjustment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['reduction', 'commutation']), _negated=True), ('years__gt', 0), ('months__gt', 0), ('days__gt', 0), _connector='OR'), name='adjustment_states_its_term'),
        ),
    ]
