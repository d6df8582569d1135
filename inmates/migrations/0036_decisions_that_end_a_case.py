"""A case keeps the reference of the decision that ended it; a ruling may put a suspended term or a fine in the place of prison."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inmates", "0035_pardons_do_not_wait_for_the_fine"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="case",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="case",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="case",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="case",
            name="closing_reference",
            field=models.CharField(blank=True, max_length=120, verbose_name="decision that ended it"),
        ),
        migrations.AddField(
            model_name="caseevent",
            name="closing_reference",
            field=models.CharField(blank=True, max_length=120, verbose_name="decision that ended it"),
        ),
        migrations.AlterField(
            model_name="courtappeal",
            name="decision",
            field=models.CharField(blank=True, max_length=120, verbose_name="reference of the ruling"),
        ),
        migrations.AlterField(
            model_name="courtappeal",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("confirmed", "Judgment confirmed"),
                    ("changed", "New term"),
                    ("quashed", "Acquitted, nothing stands"),
                    ("sent_back", "Quashed and sent back for retrial"),
                    ("no_prison", "Suspended term or fine only"),
                    ("dropped", "Withdrawn or inadmissible"),
                ],
                max_length=10,
                verbose_name="outcome",
            ),
        ),
        migrations.AlterField(
            model_name="courtappealevent",
            name="decision",
            field=models.CharField(blank=True, max_length=120, verbose_name="reference of the ruling"),
        ),
        migrations.AlterField(
            model_name="courtappealevent",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("confirmed", "Judgment confirmed"),
                    ("changed", "New term"),
                    ("quashed", "Acquitted, nothing stands"),
                    ("sent_back", "Quashed and sent back for retrial"),
                    ("no_prison", "Suspended term or fine only"),
                    ("dropped", "Withdrawn or inadmissible"),
                ],
                max_length=10,
                verbose_name="outcome",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "inmates_caseevent" ("annulled_at", "closed_on", "closing_reference", "court", "document_id", "id", "inmate_id", "number", "on_remand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."annulled_at", NEW."closed_on", NEW."closing_reference", NEW."court", NEW."document_id", NEW."id", NEW."inmate_id", NEW."number", NEW."on_remand", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state"); RETURN NULL;',
                    hash="c32b20f3adbd526026c67b1df925287fd533169c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_036a4",
                    table="inmates_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "inmates_caseevent" ("annulled_at", "closed_on", "closing_reference", "court", "document_id", "id", "inmate_id", "number", "on_remand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."annulled_at", NEW."closed_on", NEW."closing_reference", NEW."court", NEW."document_id", NEW."id", NEW."inmate_id", NEW."number", NEW."on_remand", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state"); RETURN NULL;',
                    hash="afb471595d3e1b042241b56b22ae6aab55eeeb12",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e4481",
                    table="inmates_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "inmates_caseevent" ("annulled_at", "closed_on", "closing_reference", "court", "document_id", "id", "inmate_id", "number", "on_remand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."annulled_at", OLD."closed_on", OLD."closing_reference", OLD."court", OLD."document_id", OLD."id", OLD."inmate_id", OLD."number", OLD."on_remand", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state"); RETURN NULL;',
                    hash="946c8998bd6418ff5b4b0394e0693ee4c57c1634",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_114f1",
                    table="inmates_case",
                    when="AFTER",
                ),
            ),
        ),
    ]
