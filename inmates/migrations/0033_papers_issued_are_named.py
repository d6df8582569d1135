"""A correction names the papers issued before it; older rows keep how many there were."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0032_transfers_underway_name_the_prison'),
    ]

    operations = [
        migrations.AlterField(
            model_name='correction',
            name='papers',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='correctionevent',
            name='papers',
            field=models.JSONField(default=list),
        ),
    ]
