"""Columns that will stand encrypted take a text of any length."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("musalaha", "0011_rows_stay_as_signed")]

    operations = [
        migrations.AlterField(
            model_name='attendance',
            name='engagement',
            field=models.TextField(blank=True, max_length=200, verbose_name='engagement note'),
        ),
        migrations.AlterField(
            model_name='attendanceevent',
            name='engagement',
            field=models.TextField(blank=True, max_length=200, verbose_name='engagement note'),
        ),
        migrations.AlterField(
            model_name='followup',
            name='support',
            field=models.TextField(blank=True, max_length=300, verbose_name='support given'),
        ),
        migrations.AlterField(
            model_name='followupevent',
            name='support',
            field=models.TextField(blank=True, max_length=300, verbose_name='support given'),
        ),
    ]
