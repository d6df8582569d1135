"""A decision keeps the stay during which it was decided, so that it holds in no other (`classification/in_force.py`).

Rows of before: a review's decision belongs to the stay that was assessed, the answer to an appeal to the stay of the
decision appealed against, imported history to the stay begun by its day or, older than all, to the first one.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

FILL = f"""
UPDATE inmates_tierdecision d SET admission_id = s.admission_id
  FROM inmates_review r JOIN inmates_assessment s ON s.id = r.assessment_id
 WHERE r.id = d.review_id;
UPDATE inmates_tierdecision d SET admission_id = e.admission_id
  FROM inmates_appeal p JOIN inmates_tierdecision e ON e.id = p.decision_id
 WHERE p.new_decision_id = d.id AND d.review_id IS NULL;
UPDATE inmates_tierdecision d SET admission_id = (
       SELECT a.id FROM inmates_admission a CROSS JOIN LATERAL (
              SELECT (a.admitted_at AT TIME ZONE '{settings.TIME_ZONE}')::date <= d.decided_on AS begun) AS b
        WHERE a.inmate_id = d.inmate_id
        ORDER BY b.begun DESC, CASE WHEN b.begun THEN a.admitted_at END DESC, a.admitted_at LIMIT 1)
 WHERE d.admission_id IS NULL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0003_capacity'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='tierdecision',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='tierdecision',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='tierdecision',
            name='delete_delete',
        ),
        migrations.RemoveIndex(
            model_name='tierdecision',
            name='decision_by_inmate',
        ),
        migrations.AddField(
            model_name='tierdecision',
            name='admission',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tier_decisions', to='inmates.admission'),
        ),
        migrations.AddField(
            model_name='tierdecisionevent',
            name='admission',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.admission'),
        ),
        # The triggers that write the row history are away just now: nothing happened to anybody.
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='tierdecision',
            index=models.Index(fields=['admission', '-effective_on', '-id'], name='decision_by_stay'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tierdecision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_tierdecisionevent" ("admission_id", "assessor_id", "before", "decided_by_id", "decided_on", "effective_on", "emergency", "id", "inmate_id", "next_review_on", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "resumed_on", "review_id", "suspended_by_id", "suspended_on", "tier", "uuid") VALUES (NEW."admission_id", NEW."assessor_id", NEW."before", NEW."decided_by_id", NEW."decided_on", NEW."effective_on", NEW."emergency", NEW."id", NEW."inmate_id", NEW."next_review_on", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."resumed_on", NEW."review_id", NEW."suspended_by_id", NEW."suspended_on", NEW."tier", NEW."uuid"); RETURN NULL;', hash='a7a304279d09f5e5402faba0e0fab0e3b6818095', operation='INSERT', pgid='pgtrigger_insert_insert_4f153', table='inmates_tierdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tierdecision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_tierdecisionevent" ("admission_id", "assessor_id", "before", "decided_by_id", "decided_on", "effective_on", "emergency", "id", "inmate_id", "next_review_on", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "resumed_on", "review_id", "suspended_by_id", "suspended_on", "tier", "uuid") VALUES (NEW."admission_id", NEW."assessor_id", NEW."before", NEW."decided_by_id", NEW."decided_on", NEW."effective_on", NEW."emergency", NEW."id", NEW."inmate_id", NEW."next_review_on", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."resumed_on", NEW."review_id", NEW."suspended_by_id", NEW."suspended_on", NEW."tier", NEW."uuid"); RETURN NULL;', hash='42c3f41d4654503e8cf30ff7e64017b672a930f4', operation='UPDATE', pgid='pgtrigger_update_update_7878d', table='inmates_tierdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tierdecision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_tierdecisionevent" ("admission_id", "assessor_id", "before", "decided_by_id", "decided_on", "effective_on", "emergency", "id", "inmate_id", "next_review_on", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "resumed_on", "review_id", "suspended_by_id", "suspended_on", "tier", "uuid") VALUES (OLD."admission_id", OLD."assessor_id", OLD."before", OLD."decided_by_id", OLD."decided_on", OLD."effective_on", OLD."emergency", OLD."id", OLD."inmate_id", OLD."next_review_on", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reasons", OLD."resumed_on", OLD."review_id", OLD."suspended_by_id", OLD."suspended_on", OLD."tier", OLD."uuid"); RETURN NULL;', hash='faeca3502c4532c36db5395d3592475597dbdd1f', operation='DELETE', pgid='pgtrigger_delete_delete_a951a', table='inmates_tierdecision', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='tierdecision',
            constraint=models.CheckConstraint(condition=models.Q(('admission__isnull', False)), name='decision_within_a_stay'),
        ),
    ]
