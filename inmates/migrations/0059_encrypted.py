"""No plain text stands any longer where health, beliefs and identity card numbers do; numbers are unique by their digest."""

import core.fields
import django.core.serializers.json
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inmates", "0058_encrypt")]

    operations = [
        migrations.AlterModelOptions(
            name='inmate',
            options={'default_permissions': (), 'permissions': [('view_record', "Can see people's records"), ('view_classification', 'Can see assessments and tier decisions'), ('view_sensitive', 'Can see what assessments found (beliefs, conduct)'), ('view_health', 'Can see health data'), ('view_cin', 'Can see identity card numbers'), ('open_in_emergency', 'Can open a record of another prison in an emergency'), ('supervise_emergency', 'Can acknowledge records opened in an emergency'), ('admit', 'Can admit people'), ('edit_identity', 'Can edit identity'), ('import_register', 'Can import registers'), ('export_list', 'Can export lists'), ('propose_merge', 'Can propose to merge two records'), ('approve_merge', 'Can approve a merge'), ('manage_sentences', 'Can enter cases and sentences'), ('settle_release_date', 'Can settle a release date with reasons'), ('record_pardon', 'Can record pardons'), ('verify_pardon', 'Can verify pardons'), ('place', 'Can place and move people inside a prison'), ('release', 'Can release people'), ('record_outing', 'Can record outings'), ('record_contact', 'Can record visits and calls'), ('record_incident', 'Can record incidents'), ('decide_discipline', 'Can decide disciplinary outcomes'), ('count_roll', 'Can record roll counts'), ('sign_roll', 'Can sign roll counts'), ('propose_transfer', 'Can propose transfers'), ('approve_transfer', 'Can approve transfers out'), ('accept_transfer', 'Can accept transfers in'), ('order_transfer', 'Can order national transfers'), ('manage_keep_apart', 'Can record keep-apart duties'), ('authorise_separation', 'Can authorise separation'), ('record_separation', 'Can record the facts of separation'), ('assess', 'Can assess'), ('decide_review', 'Can decide a tier review'), ('postpone_review', 'Can postpone a review'), ('serve_notice', 'Can serve notices'), ('record_appeal', "Can record an inmate's appeal"), ('decide_appeal', 'Can decide an appeal'), ('settle_task', 'Can settle tasks'), ('view_statistics', 'Can see the statistics')], 'verbose_name': 'inmate', 'verbose_name_plural': 'inmates'},
        ),
        migrations.AlterField(
            model_name='appeal',
            name='grounds',
            field=core.fields.EncryptedTextField(verbose_name="grounds, in the inmate's words"),
        ),
        migrations.AlterField(
            model_name='appeal',
            name='reasons',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='reasons of the answer'),
        ),
        migrations.AlterField(
            model_name='appealevent',
            name='grounds',
            field=core.fields.EncryptedTextField(verbose_name="grounds, in the inmate's words"),
        ),
        migrations.AlterField(
            model_name='appealevent',
            name='reasons',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='reasons of the answer'),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='difference_reason',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='why other than suggested'),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='reasons',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='reasons for the proposal'),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='rests_on',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='on what the proposal rests'),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='suggestion',
            field=core.fields.EncryptedJSONField(default=list, editable=False, verbose_name='what led to the suggestion'),
        ),
        migrations.AlterField(
            model_name='assessmentevent',
            name='difference_reason',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='why other than suggested'),
        ),
        migrations.AlterField(
            model_name='assessmentevent',
            name='reasons',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='reasons for the proposal'),
        ),
        migrations.AlterField(
            model_name='assessmentevent',
            name='rests_on',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='on what the proposal rests'),
        ),
        migrations.AlterField(
            model_name='assessmentevent',
            name='suggestion',
            field=core.fields.EncryptedJSONField(default=list, editable=False, verbose_name='what led to the suggestion'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='changes',
            field=core.fields.PartlyEncryptedJSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AlterField(
            model_name='correction',
            name='others',
            field=core.fields.PartlyEncryptedJSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AlterField(
            model_name='correctionevent',
            name='changes',
            field=core.fields.PartlyEncryptedJSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AlterField(
            model_name='correctionevent',
            name='others',
            field=core.fields.PartlyEncryptedJSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AlterField(
            model_name='finding',
            name='evidence',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='evidence'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='rating',
            field=core.fields.EncryptedTextField(choices=[('not_known', 'Not known'), ('none', 'None seen'), ('some', 'Some'), ('marked', 'Marked')], default='not_known', max_length=10, verbose_name='rating'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='source',
            field=core.fields.EncryptedTextField(blank=True, max_length=160, verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='findingevent',
            name='evidence',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='evidence'),
        ),
        migrations.AlterField(
            model_name='findingevent',
            name='rating',
            field=core.fields.EncryptedTextField(choices=[('not_known', 'Not known'), ('none', 'None seen'), ('some', 'Some'), ('marked', 'Marked')], default='not_known', max_length=10, verbose_name='rating'),
        ),
        migrations.AlterField(
            model_name='findingevent',
            name='source',
            field=core.fields.EncryptedTextField(blank=True, max_length=160, verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='report',
            field=core.fields.EncryptedJSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='incident',
            name='account',
            field=core.fields.EncryptedTextField(verbose_name='what happened'),
        ),
        migrations.AlterField(
            model_name='incident',
            name='measures',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='what was done'),
        ),
        migrations.AlterField(
            model_name='incidentevent',
            name='account',
            field=core.fields.EncryptedTextField(verbose_name='what happened'),
        ),
        migrations.AlterField(
            model_name='incidentevent',
            name='measures',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='what was done'),
        ),
        migrations.AlterField(
            model_name='inmate',
            name='cin',
            field=core.fields.EncryptedTextField(blank=True, max_length=10, null=True, validators=[django.core.validators.RegexValidator('^[A-Z]{1,2}[0-9]{5,8}\\Z', 'One or two letters and 5 to 8 digits.')], verbose_name='national ID card (CIN)'),
        ),
        migrations.AlterField(
            model_name='inmateevent',
            name='cin',
            field=core.fields.EncryptedTextField(blank=True, max_length=10, null=True, validators=[django.core.validators.RegexValidator('^[A-Z]{1,2}[0-9]{5,8}\\Z', 'One or two letters and 5 to 8 digits.')], verbose_name='national ID card (CIN)'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='withheld',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='what is withheld'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='withheld_reason',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='why it is withheld'),
        ),
        migrations.AlterField(
            model_name='noticeevent',
            name='withheld',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='what is withheld'),
        ),
        migrations.AlterField(
            model_name='noticeevent',
            name='withheld_reason',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='why it is withheld'),
        ),
        migrations.AlterField(
            model_name='review',
            name='answer',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='answer to the questions'),
        ),
        migrations.AlterField(
            model_name='review',
            name='questions',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='questions to the assessor'),
        ),
        migrations.AlterField(
            model_name='reviewevent',
            name='answer',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='answer to the questions'),
        ),
        migrations.AlterField(
            model_name='reviewevent',
            name='questions',
            field=core.fields.EncryptedTextField(blank=True, verbose_name='questions to the assessor'),
        ),
        migrations.AlterField(
            model_name='savedsearch',
            name='text',
            field=core.fields.EncryptedTextField(max_length=200),
        ),
        migrations.AlterField(
            model_name='separationbar',
            name='source',
            field=core.fields.EncryptedTextField(max_length=160, verbose_name='doctor or paper'),
        ),
        migrations.AlterField(
            model_name='separationbarevent',
            name='source',
            field=core.fields.EncryptedTextField(max_length=160, verbose_name='doctor or paper'),
        ),
        migrations.AlterField(
            model_name='separationday',
            name='health_visit_by',
            field=core.fields.EncryptedTextField(blank=True, max_length=120, verbose_name='health visit by'),
        ),
        migrations.AlterField(
            model_name='separationday',
            name='note',
            field=core.fields.EncryptedTextField(blank=True, max_length=300, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='separationdayevent',
            name='health_visit_by',
            field=core.fields.EncryptedTextField(blank=True, max_length=120, verbose_name='health visit by'),
        ),
        migrations.AlterField(
            model_name='separationdayevent',
            name='note',
            field=core.fields.EncryptedTextField(blank=True, max_length=300, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='tierdecision',
            name='emergency',
            field=core.fields.EncryptedTextField(blank=True, help_text='Why the tier must take effect before the notice.', verbose_name='written emergency'),
        ),
        migrations.AlterField(
            model_name='tierdecision',
            name='reasons',
            field=core.fields.EncryptedTextField(verbose_name='reasons'),
        ),
        migrations.AlterField(
            model_name='tierdecisionevent',
            name='emergency',
            field=core.fields.EncryptedTextField(blank=True, help_text='Why the tier must take effect before the notice.', verbose_name='written emergency'),
        ),
        migrations.AlterField(
            model_name='tierdecisionevent',
            name='reasons',
            field=core.fields.EncryptedTextField(verbose_name='reasons'),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='file_at_departure',
            field=core.fields.PartlyEncryptedJSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='transferevent',
            name='file_at_departure',
            field=core.fields.PartlyEncryptedJSONField(blank=True, default=dict),
        ),
        migrations.AddConstraint(
            model_name='inmate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cin', None), ('cin_digest', None)), models.Q(('cin__isnull', False), ('cin_digest__isnull', False), ('cin_digest__regex', '^[0-9a-f]{64}$'), models.Q(('cin', ''), _negated=True)), _connector='OR'), name='inmate_cin_with_its_digest'),
        ),
        migrations.AddConstraint(
            model_name='tierdecision',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='decision_has_reasons'),
        ),
    ]
