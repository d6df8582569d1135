"""The prison that a transfer leads to stands with the absence itself, not as its name in one language."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0001_initial'),
        ('inmates', '0030_cases_annulled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='outing',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='outing',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='outing',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='outing',
            name='destination',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.facility', verbose_name='prison that the transfer leads to'),
        ),
        migrations.AddField(
            model_name='outingevent',
            name='destination',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='facilities.facility', verbose_name='prison that the transfer leads to'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outing',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_outingevent" ("admission_id", "back_at", "cancelled_reason", "case_id", "destination_id", "due_back_at", "facility_id", "id", "inmate_id", "kind", "left_at", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_on", "recorded_by_id") VALUES (NEW."admission_id", NEW."back_at", NEW."cancelled_reason", NEW."case_id", NEW."destination_id", NEW."due_back_at", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."left_at", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."planned_on", NEW."recorded_by_id"); RETURN NULL;', hash='e106d6877da53a31587a6f05f172ae937e1291d8', operation='INSERT', pgid='pgtrigger_insert_insert_5e4d5', table='inmates_outing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outing',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_outingevent" ("admission_id", "back_at", "cancelled_reason", "case_id", "destination_id", "due_back_at", "facility_id", "id", "inmate_id", "kind", "left_at", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_on", "recorded_by_id") VALUES (NEW."admission_id", NEW."back_at", NEW."cancelled_reason", NEW."case_id", NEW."destination_id", NEW."due_back_at", NEW."facility_id", NEW."id", NEW."inmate_id", NEW."kind", NEW."left_at", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."planned_on", NEW."recorded_by_id"); RETURN NULL;', hash='f632eb9ae319ee43b3412b127567ecaed7f7a1be', operation='UPDATE', pgid='pgtrigger_update_update_ca4fe', table='inmates_outing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outing',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_outingevent" ("admission_id", "back_at", "cancelled_reason", "case_id", "destination_id", "due_back_at", "facility_id", "id", "inmate_id", "kind", "left_at", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_on", "recorded_by_id") VALUES (OLD."admission_id", OLD."back_at", OLD."cancelled_reason", OLD."case_id", OLD."destination_id", OLD."due_back_at", OLD."facility_id", OLD."id", OLD."inmate_id", OLD."kind", OLD."left_at", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."planned_on", OLD."recorded_by_id"); RETURN NULL;', hash='2d0e394b39abe05c7701ecaebd78cea132e72ff1', operation='DELETE', pgid='pgtrigger_delete_delete_e3edd', table='inmates_outing', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='outing',
            constraint=models.CheckConstraint(condition=models.Q(('destination', None), models.Q(('kind', 'transfer'), ('place', '')), _connector='OR'), name='outing_place_or_prison'),
        ),
    ]
