"""English readers know these as non-association and temporary absence; nothing stored changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0006_classification_and_people_stamps_in_pairs'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='keepapart',
            options={'default_permissions': (), 'verbose_name': 'non-association', 'verbose_name_plural': 'non-associations'},
        ),
        migrations.AlterModelOptions(
            name='keepapartgroup',
            options={'default_permissions': (), 'verbose_name': 'non-association group', 'verbose_name_plural': 'non-association groups'},
        ),
        migrations.AlterModelOptions(
            name='outing',
            options={'default_permissions': (), 'verbose_name': 'temporary absence', 'verbose_name_plural': 'temporary absences'},
        ),
        migrations.AlterField(
            model_name='transfer',
            name='refusal',
            field=models.CharField(blank=True, choices=[('no_place', 'No place'), ('keep_apart', 'Non-association'), ('no_unit', 'No unit fits'), ('court_date', 'Court date'), ('medical', 'Medical reasons'), ('no_longer_needed', 'No longer needed'), ('released', 'Released in the meantime')], max_length=16, verbose_name='why refused or cancelled'),
        ),
        migrations.AlterField(
            model_name='transferevent',
            name='refusal',
            field=models.CharField(blank=True, choices=[('no_place', 'No place'), ('keep_apart', 'Non-association'), ('no_unit', 'No unit fits'), ('court_date', 'Court date'), ('medical', 'Medical reasons'), ('no_longer_needed', 'No longer needed'), ('released', 'Released in the meantime')], max_length=16, verbose_name='why refused or cancelled'),
        ),
    ]
