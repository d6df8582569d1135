"""A task or an alert says something: a code, or a note."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0010_old_sentences_told_apart'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('said', []), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='alert_says_something'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('said', []), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='task_says_something'),
        ),
    ]
