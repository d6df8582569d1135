"""Each judgment of a case has a declaration of appeal of its own, under one number of the register."""

import django.contrib.postgres.constraints
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_files_stay_as_stored'),
        ('facilities', '0003_regimes_said_in_arabic'),
        ('inmates', '0053_retrials_of_one_count'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='courtappeal',
            name='court_appeal_one_open',
        ),
        migrations.RemoveConstraint(
            model_name='courtappeal',
            name='court_appeal_number_once_a_prison',
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_at', None), ('outcome', '')), fields=('case', 'kind', 'judgment'), name='court_appeal_one_open', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), ('annulled_at', None)), expressions=[('facility', '='), ('kind', '='), ('reference', '='), ('case', '<>')], name='court_appeal_number_once_a_prison'),
        ),
    ]
