"""Orders that a ruling had ended say which; what was written of it then, in the writer's language, stays as written."""

from django.db import migrations

WRITTEN = ("Quashed and sent back: {}", "Annulation avec renvoi : {}", "إلغاء مع الإحالة: {}")


def forwards(apps, schema_editor):
    """The orders of the case that the ruling lifted on its day, by the words that were stored."""
    orders = apps.get_model("inmates", "DetentionOrder")
    for appeal in apps.get_model("inmates", "CourtAppeal").objects.filter(outcome="sent_back").iterator():
        written = [words.format(appeal.decision) for words in WRITTEN]
        ended = orders._base_manager.filter(
            case_id=appeal.case_id, lifted_on=appeal.decided_on, lifted_reason__in=written
        )
        ended.update(ended_by=appeal)


class Migration(migrations.Migration):

    dependencies = [("inmates", "0048_orders_ended_by_a_ruling")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
