"""No plain text stands any longer where requests, notes and opinions do."""

import core.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("musalaha", "0013_encrypt")]

    operations = [
        migrations.AlterField(
            model_name='application',
            name='statement',
            field=core.fields.EncryptedTextField(verbose_name="statement, in the inmate's words"),
        ),
        migrations.AlterField(
            model_name='applicationevent',
            name='statement',
            field=core.fields.EncryptedTextField(verbose_name="statement, in the inmate's words"),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='engagement',
            field=core.fields.EncryptedTextField(blank=True, max_length=200, verbose_name='engagement note'),
        ),
        migrations.AlterField(
            model_name='attendanceevent',
            name='engagement',
            field=core.fields.EncryptedTextField(blank=True, max_length=200, verbose_name='engagement note'),
        ),
        migrations.AlterField(
            model_name='followup',
            name='note',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='followup',
            name='support',
            field=core.fields.EncryptedTextField(blank=True, max_length=300, verbose_name='support given'),
        ),
        migrations.AlterField(
            model_name='followupevent',
            name='note',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='followupevent',
            name='support',
            field=core.fields.EncryptedTextField(blank=True, max_length=300, verbose_name='support given'),
        ),
        migrations.AlterField(
            model_name='pardonfile',
            name='opinion',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='opinion'),
        ),
        migrations.AlterField(
            model_name='pardonfileevent',
            name='opinion',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='opinion'),
        ),
        migrations.AlterField(
            model_name='progressnote',
            name='text',
            field=core.fields.EncryptedTextField(verbose_name='text'),
        ),
        migrations.AlterField(
            model_name='progressnoteevent',
            name='text',
            field=core.fields.EncryptedTextField(verbose_name='text'),
        ),
    ]
