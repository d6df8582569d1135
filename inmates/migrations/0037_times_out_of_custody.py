"""Days out of custody say why: escape, liberty between two stays, transfer abroad, or a term that was served."""

import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inmates", "0036_decisions_that_end_a_case"),
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
