"""A session has a subject: written by somebody, or its number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('musalaha', '0004_old_answers_told_apart'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), ('number__isnull', False), _connector='OR'), name='session_has_a_subject'),
        ),
    ]
