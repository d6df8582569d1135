import django.contrib.postgres.operations
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        django.contrib.postgres.operations.TrigramExtension(
        ),
        django.contrib.postgres.operations.UnaccentExtension(
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                ('event_id', models.BigIntegerField(unique=True)),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'seal',
                'verbose_name_plural': 'seals',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='at')),
                ('on', models.DateField(editable=False, verbose_name='service day')),
                ('actor_id', models.BigIntegerField(editable=False, null=True, verbose_name='user number')),
                ('actor_name', models.CharField(blank=True, editable=False, max_length=150, verbose_name='user')),
                ('verb', models.CharField(editable=False, max_length=60, verbose_name='what')),
                ('inmate_id', models.BigIntegerField(editable=False, null=True, verbose_name='inmate')),
                ('facility_id', models.BigIntegerField(editable=False, null=True, verbose_name='prison')),
                ('object_type', models.CharField(blank=True, editable=False, max_length=60, verbose_name='kind of record')),
                ('object_id', models.CharField(blank=True, editable=False, max_length=40, verbose_name='record')),
                ('detail', models.JSONField(default=dict, editable=False, verbose_name='detail')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'trail',
                'permissions': [('view_trail', 'Can read the trail')],
                'default_permissions': (),
                'indexes': [models.Index(fields=['inmate_id', '-id'], name='event_by_inmate'), models.Index(fields=['actor_id', '-id'], name='event_by_actor'), models.Index(fields=['facility_id', '-id'], name='event_by_facility'), models.Index(fields=['verb', '-id'], name='event_by_verb')],
            },
        ),
    ]
