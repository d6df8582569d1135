import audit.operations
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0002_sealing'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_ar', models.CharField(max_length=120, verbose_name='name in Arabic')),
                ('name_fr', models.CharField(max_length=120, verbose_name='name in French')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
            ],
            options={
                'verbose_name': 'regional directorate',
                'verbose_name_plural': 'regional directorates',
                'ordering': ['name_fr'],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facilities_regionevent" ("code", "id", "name_ar", "name_fr", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name_ar", NEW."name_fr", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='abc8dbd0ceb9c526096a22b5553c154507c14fee', operation='INSERT', pgid='pgtrigger_insert_insert_e15a6', table='facilities_region', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "facilities_regionevent" ("code", "id", "name_ar", "name_fr", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name_ar", NEW."name_fr", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='5c8a4e0c901c4c27a0f5fad1c455c03cb234786a', operation='UPDATE', pgid='pgtrigger_update_update_8f47a', table='facilities_region', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facilities_regionevent" ("code", "id", "name_ar", "name_fr", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."name_ar", OLD."name_fr", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='5c90c7f037c31996b53ab66253c06f452befeb20', operation='DELETE', pgid='pgtrigger_delete_delete_e173a', table='facilities_region', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Facility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_ar', models.CharField(max_length=120, verbose_name='name in Arabic')),
                ('name_fr', models.CharField(max_length=120, verbose_name='name in French')),
                ('code', models.SlugField(help_text='Used in addresses, for example sale-2', max_length=40, unique=True, verbose_name='code')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('kind', models.CharField(choices=[('local', 'Local prison'), ('central', 'Central prison')], default='local', max_length=10, verbose_name='kind')),
                ('holds_men', models.BooleanField(default=True, verbose_name='holds men')),
                ('holds_women', models.BooleanField(default=False, verbose_name='holds women')),
                ('opened_on', models.DateField(blank=True, null=True, verbose_name='opened on')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facilities', to='facilities.region', verbose_name='regional directorate')),
            ],
            options={
                'verbose_name': 'prison',
                'verbose_name_plural': 'prisons',
                'ordering': ['name_fr'],
                'constraints': [models.CheckConstraint(condition=models.Q(('holds_men', True), ('holds_women', True), _connector='OR'), name='facility_holds_somebody'), models.CheckConstraint(condition=models.Q(('closed_on', None), ('opened_on', None), ('closed_on__gt', models.F('opened_on')), _connector='OR'), name='facility_closed_after_opened')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facilities_facilityevent" ("city", "closed_on", "code", "holds_men", "holds_women", "id", "kind", "name_ar", "name_fr", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (NEW."city", NEW."closed_on", NEW."code", NEW."holds_men", NEW."holds_women", NEW."id", NEW."kind", NEW."name_ar", NEW."name_fr", NEW."opened_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id"); RETURN NULL;', hash='bf54f944cc5a1ce2b73f718f463b524eeeb5302b', operation='INSERT', pgid='pgtrigger_insert_insert_cccf6', table='facilities_facility', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "facilities_facilityevent" ("city", "closed_on", "code", "holds_men", "holds_women", "id", "kind", "name_ar", "name_fr", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (NEW."city", NEW."closed_on", NEW."code", NEW."holds_men", NEW."holds_women", NEW."id", NEW."kind", NEW."name_ar", NEW."name_fr", NEW."opened_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id"); RETURN NULL;', hash='90936c54e61ffb73a97a02ea3d6099a6b0baa5ac', operation='UPDATE', pgid='pgtrigger_update_update_0d9d6', table='facilities_facility', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facilities_facilityevent" ("city", "closed_on", "code", "holds_men", "holds_women", "id", "kind", "name_ar", "name_fr", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (OLD."city", OLD."closed_on", OLD."code", OLD."holds_men", OLD."holds_women", OLD."id", OLD."kind", OLD."name_ar", OLD."name_fr", OLD."opened_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id"); RETURN NULL;', hash='a61239201fc277f7c0e3d951f340b5ebbb1cac84', operation='DELETE', pgid='pgtrigger_delete_delete_1f9a9', table='facilities_facility', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Regime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'Tier 1, most dangerous'), (2, 'Tier 2, reconcilable'), (3, 'Tier 3, lower risk')], unique=True, verbose_name='tier')),
                ('hours_out_of_cell', models.DecimalField(decimal_places=1, max_digits=4, validators=[django.core.validators.MaxValueValidator(24)], verbose_name='hours out of cell a day')),
                ('hours_contact', models.DecimalField(decimal_places=1, max_digits=4, validators=[django.core.validators.MaxValueValidator(24)], verbose_name='hours of meaningful contact a day')),
                ('visits_per_month', models.PositiveSmallIntegerField(verbose_name='family visits a month')),
                ('visit_minutes', models.PositiveSmallIntegerField(verbose_name='minutes a visit')),
                ('calls_per_week', models.PositiveSmallIntegerField(verbose_name='calls a week')),
                ('call_minutes', models.PositiveSmallIntegerField(verbose_name='minutes a call')),
                ('association', models.CharField(blank=True, max_length=200, verbose_name='association')),
                ('work_and_education', models.CharField(blank=True, max_length=200, verbose_name='work and education')),
                ('review_interval_days', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1)], verbose_name='days between reviews')),
            ],
            options={
                'verbose_name': 'regime',
                'verbose_name_plural': 'regimes',
                'ordering': ['tier'],
                'constraints': [models.CheckConstraint(condition=models.Q(('tier__in', [1, 2, 3])), name='regime_of_a_known_tier'), models.CheckConstraint(condition=models.Q(('hours_contact__gt', 2)), name='regime_is_never_solitary', violation_error_message="22 hours or more a day without meaningful contact is solitary confinement; it can never be a tier's regime."), models.CheckConstraint(condition=models.Q(('hours_contact__lte', 24), ('hours_out_of_cell__lte', 24)), name='regime_day_has_24_hours'), models.CheckConstraint(condition=models.Q(('visits_per_month__gte', 1)), name='regime_keeps_family_contact', violation_error_message='Family contact is never removed.'), models.CheckConstraint(condition=models.Q(('review_interval_days__gte', 1)), name='regime_review_interval')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facilities_regimeevent" ("association", "call_minutes", "calls_per_week", "hours_contact", "hours_out_of_cell", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_interval_days", "tier", "visit_minutes", "visits_per_month", "work_and_education") VALUES (NEW."association", NEW."call_minutes", NEW."calls_per_week", NEW."hours_contact", NEW."hours_out_of_cell", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_interval_days", NEW."tier", NEW."visit_minutes", NEW."visits_per_month", NEW."work_and_education"); RETURN NULL;', hash='293683a5321d36eb3de5e8936f092ea4f549177d', operation='INSERT', pgid='pgtrigger_insert_insert_d11ac', table='facilities_regime', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "facilities_regimeevent" ("association", "call_minutes", "calls_per_week", "hours_contact", "hours_out_of_cell", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_interval_days", "tier", "visit_minutes", "visits_per_month", "work_and_education") VALUES (NEW."association", NEW."call_minutes", NEW."calls_per_week", NEW."hours_contact", NEW."hours_out_of_cell", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_interval_days", NEW."tier", NEW."visit_minutes", NEW."visits_per_month", NEW."work_and_education"); RETURN NULL;', hash='0d0d336170d68df70159dfc80f9391b8b1b48891', operation='UPDATE', pgid='pgtrigger_update_update_542cf', table='facilities_regime', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facilities_regimeevent" ("association", "call_minutes", "calls_per_week", "hours_contact", "hours_out_of_cell", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_interval_days", "tier", "visit_minutes", "visits_per_month", "work_and_education") VALUES (OLD."association", OLD."call_minutes", OLD."calls_per_week", OLD."hours_contact", OLD."hours_out_of_cell", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_interval_days", OLD."tier", OLD."visit_minutes", OLD."visits_per_month", OLD."work_and_education"); RETURN NULL;', hash='81229b4e87c762aaec05d7b1e49951e9f774dc02', operation='DELETE', pgid='pgtrigger_delete_delete_82b10', table='facilities_regime', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RegimeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'Tier 1, most dangerous'), (2, 'Tier 2, reconcilable'), (3, 'Tier 3, lower risk')], verbose_name='tier')),
                ('hours_out_of_cell', models.DecimalField(decimal_places=1, max_digits=4, validators=[django.core.validators.MaxValueValidator(24)], verbose_name='hours out of cell a day')),
                ('hours_contact', models.DecimalField(decimal_places=1, max_digits=4, validators=[django.core.validators.MaxValueValidator(24)], verbose_name='hours of meaningful contact a day')),
                ('visits_per_month', models.PositiveSmallIntegerField(verbose_name='family visits a month')),
                ('visit_minutes', models.PositiveSmallIntegerField(verbose_name='minutes a visit')),
                ('calls_per_week', models.PositiveSmallIntegerField(verbose_name='calls a week')),
                ('call_minutes', models.PositiveSmallIntegerField(verbose_name='minutes a call')),
                ('association', models.CharField(blank=True, max_length=200, verbose_name='association')),
                ('work_and_education', models.CharField(blank=True, max_length=200, verbose_name='work and education')),
                ('review_interval_days', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1)], verbose_name='days between reviews')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='facilities.regime')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RegionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name_ar', models.CharField(max_length=120, verbose_name='name in Arabic')),
                ('name_fr', models.CharField(max_length=120, verbose_name='name in French')),
                ('code', models.SlugField(db_index=False, max_length=40, verbose_name='code')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='facilities.region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('sex', models.CharField(choices=[('M', 'Male'), ('F', 'Female')], default='M', max_length=1, verbose_name='sex')),
                ('purpose', models.CharField(choices=[('tier', 'Tier wing'), ('remand', 'Remand'), ('programme', 'Programme'), ('separation', 'Separation'), ('reception', 'Reception'), ('medical', 'Medical')], default='tier', max_length=12, verbose_name='purpose')),
                ('tiers', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='1, 2, 3; 0 for people not yet classified', size=None, verbose_name='tiers taken')),
                ('takes_untried', models.BooleanField(default=True, verbose_name='takes the untried')),
                ('takes_convicted', models.BooleanField(default=True, verbose_name='takes the convicted')),
                ('certified_capacity', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='certified capacity')),
                ('working_capacity', models.PositiveIntegerField(verbose_name='working capacity')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='facilities.facility', verbose_name='prison')),
            ],
            options={
                'verbose_name': 'unit',
                'verbose_name_plural': 'units',
                'ordering': ['facility', 'name'],
                'constraints': [models.UniqueConstraint(fields=('facility', 'name'), name='unit_name_once_per_prison'), models.CheckConstraint(condition=models.Q(('working_capacity__lte', models.F('certified_capacity'))), name='unit_working_within_certified'), models.CheckConstraint(condition=models.Q(('tiers__contained_by', [0, 1, 2, 3]), models.Q(('tiers', []), _negated=True)), name='unit_tiers_known'), models.CheckConstraint(condition=models.Q(('takes_untried', True), ('takes_convicted', True), _connector='OR'), name='unit_takes_somebody')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facilities_unitevent" ("certified_capacity", "closed_on", "facility_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sex", "takes_convicted", "takes_untried", "tiers", "working_capacity") VALUES (NEW."certified_capacity", NEW."closed_on", NEW."facility_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."sex", NEW."takes_convicted", NEW."takes_untried", NEW."tiers", NEW."working_capacity"); RETURN NULL;', hash='93cbec10ca5d414c806f7bed67a8d7fbd131ff21', operation='INSERT', pgid='pgtrigger_insert_insert_9a050', table='facilities_unit', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "facilities_unitevent" ("certified_capacity", "closed_on", "facility_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sex", "takes_convicted", "takes_untried", "tiers", "working_capacity") VALUES (NEW."certified_capacity", NEW."closed_on", NEW."facility_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."sex", NEW."takes_convicted", NEW."takes_untried", NEW."tiers", NEW."working_capacity"); RETURN NULL;', hash='1993448774890255c365da33948e4e05938a6454', operation='UPDATE', pgid='pgtrigger_update_update_2329a', table='facilities_unit', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "facilities_unitevent" ("certified_capacity", "closed_on", "facility_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sex", "takes_convicted", "takes_untried", "tiers", "working_capacity") VALUES (OLD."certified_capacity", OLD."closed_on", OLD."facility_id", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."sex", OLD."takes_convicted", OLD."takes_untried", OLD."tiers", OLD."working_capacity"); RETURN NULL;', hash='19a265b1aeb4676c760fe513692da6e51c3fae37', operation='DELETE', pgid='pgtrigger_delete_delete_d2225', table='facilities_unit', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='UnitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('sex', models.CharField(choices=[('M', 'Male'), ('F', 'Female')], default='M', max_length=1, verbose_name='sex')),
                ('purpose', models.CharField(choices=[('tier', 'Tier wing'), ('remand', 'Remand'), ('programme', 'Programme'), ('separation', 'Separation'), ('reception', 'Reception'), ('medical', 'Medical')], default='tier', max_length=12, verbose_name='purpose')),
                ('tiers', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='1, 2, 3; 0 for people not yet classified', size=None, verbose_name='tiers taken')),
                ('takes_untried', models.BooleanField(default=True, verbose_name='takes the untried')),
                ('takes_convicted', models.BooleanField(default=True, verbose_name='takes the convicted')),
                ('certified_capacity', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='certified capacity')),
                ('working_capacity', models.PositiveIntegerField(verbose_name='working capacity')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('facility', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='facilities.facility', verbose_name='prison')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='facilities.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FacilityEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name_ar', models.CharField(max_length=120, verbose_name='name in Arabic')),
                ('name_fr', models.CharField(max_length=120, verbose_name='name in French')),
                ('code', models.SlugField(db_index=False, help_text='Used in addresses, for example sale-2', max_length=40, verbose_name='code')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('kind', models.CharField(choices=[('local', 'Local prison'), ('central', 'Central prison')], default='local', max_length=10, verbose_name='kind')),
                ('holds_men', models.BooleanField(default=True, verbose_name='holds men')),
                ('holds_women', models.BooleanField(default=False, verbose_name='holds women')),
                ('opened_on', models.DateField(blank=True, null=True, verbose_name='opened on')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='facilities.facility')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='facilities.region', verbose_name='regional directorate')),
            ],
            options={
                'abstract': False,
            },
        ),
        audit.operations.InstallTriggers(
        ),
    ]
