"""Of a count one sentence stands, annulled ones left out: the right one may be entered after a wrong one."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0023_history_of_sentences_whole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='sentence',
            name='sentence_one_stands_a_count',
        ),
        migrations.AddConstraint(
            model_name='sentence',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_at', None), ('quashed_on', None), ('replaced_on', None)), fields=('case', 'count'), name='sentence_one_stands_a_count'),
        ),
    ]
