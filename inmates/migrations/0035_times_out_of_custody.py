"""Days out of custody say why: escape, liberty between two stays, transfer abroad, or a term that was served."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inmates", "0034_decisions_that_end_a_case"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="timeatlarge",
            options={
                "default_permissions": (),
                "ordering": ["first_day", "id"],
                "verbose_name": "time out of custody",
                "verbose_name_plural": "times out of custody",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="timeatlarge",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="timeatlarge",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="timeatlarge",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="timeatlarge",
            name="at_large_for_a_day",
        ),
        migrations.AddField(
            model_name="timeatlarge",
            name="reason",
            field=models.CharField(
                choices=[
                    ("escape", "Escape"),
                    ("liberty", "At liberty"),
                    ("abroad", "Transferred abroad"),
                    ("served", "Term served"),
                ],
                default="escape",
                max_length=8,
                verbose_name="reason",
            ),
        ),
        migrations.AddField(
            model_name="timeatlargeevent",
            name="reason",
            field=models.CharField(
                choices=[
                    ("escape", "Escape"),
                    ("liberty", "At liberty"),
                    ("abroad", "Transferred abroad"),
                    ("served", "Term served"),
                ],
                default="escape",
                max_length=8,
                verbose_name="reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="timeatlarge",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "inmates_timeatlargeevent" ("day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."day_after_last", NEW."first_day", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                    hash="f09047a377a6ebf19e28d2ea1662c068efd6156b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e79f1",
                    table="inmates_timeatlarge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="timeatlarge",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "inmates_timeatlargeevent" ("day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."day_after_last", NEW."first_day", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                    hash="33473e8f45e1a078ec82a75a1af6c883091fa5d2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ff159",
                    table="inmates_timeatlarge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="timeatlarge",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "inmates_timeatlargeevent" ("day_after_last", "first_day", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."day_after_last", OLD."first_day", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;',
                    hash="705e9c8c813e3bb94007741fa1fda27bcb8e4cf0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ffbda",
                    table="inmates_timeatlarge",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="timeatlarge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("day_after_last__gt", models.F("first_day")),
                    models.Q(("day_after_last__gte", models.F("first_day")), ("reason", "served")),
                    _connector="OR",
                ),
                name="at_large_for_a_day",
            ),
        ),
    ]
