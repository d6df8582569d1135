"""An emergency is a separation from its minute; what forbids a separation; alerts to places that the law forbids."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0001_initial'),
        ('inmates', '0014_corrections'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SeparationBar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('pregnant', 'Pregnant'), ('nursing', 'Nursing, or with her infant'), ('disability', 'A disability that separation would worsen')], max_length=10, verbose_name='ground')),
                ('source', models.CharField(max_length=160, verbose_name='doctor or paper')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
            ],
            options={
                'verbose_name': 'bar to separation',
                'verbose_name_plural': 'bars to separation',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SeparationBarEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ground', models.CharField(choices=[('pregnant', 'Pregnant'), ('nursing', 'Nursing, or with her infant'), ('disability', 'A disability that separation would worsen')], max_length=10, verbose_name='ground')),
                ('source', models.CharField(max_length=160, verbose_name='doctor or paper')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='separation',
            name='separation_at_most_15_days',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='separation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='separation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='separation',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='separation',
            name='emergency_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='emergency, from'),
        ),
        migrations.AddField(
            model_name='separation',
            name='emergency_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='separationevent',
            name='emergency_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='emergency, from'),
        ),
        migrations.AddField(
            model_name='separationevent',
            name='emergency_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('release_date', 'Release date to be settled'), ('release_disputed', 'Released on a written order against our record'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('correction', 'Correction that waits for a second person'), ('keep_apart', 'Two people who must not meet were put together'), ('minor_with_adults', 'A minor is held beside adults'), ('barred_separation', 'Separated, although age or health forbids it'), ('not_authorised', 'In a separation unit without an authorisation'), ('emergency', 'Separated in an emergency: to be authorised or ended'), ('outsider_in_round', 'In a programme unit without taking part in its round')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='separation',
            name='authorised_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='separationevent',
            name='authorised_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='separation',
            trigger=pgtrigger.compiler.Trigger(name='separation_at_most_15_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE total integer; earliest date; earlier record;', func="\n                    IF NEW.authorised_by_id IS NULL THEN\n                        RETURN NEW;\n                    END IF;\n                    total := NEW.authorised_until - NEW.authorised_from + 1;\n                    earliest := NEW.authorised_from;\n                    LOOP\n                        SELECT s.began_on AS began, COALESCE(s.ended_on, s.authorised_until) AS ended INTO earlier\n                          FROM inmates_separation s\n                         WHERE s.inmate_id = NEW.inmate_id AND s.id IS DISTINCT FROM NEW.id AND s.began_on < earliest\n                           AND COALESCE(s.ended_on, s.authorised_until) >= earliest - 15\n                         ORDER BY s.began_on DESC LIMIT 1;\n                        EXIT WHEN NOT FOUND;\n                        total := total + LEAST(earlier.ended, earliest - 1) - earlier.began + 1;\n                        earliest := earlier.began;\n                    END LOOP;\n                    IF total > 15 THEN\n                        RAISE EXCEPTION 'separation: % days in a row, at most 15 may be authorised', total\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='2c5ba93cbb3b600ae0a7a3aa616041a3bfa6367b', operation='INSERT OR UPDATE OF "authorised_by_id", "authorised_from", "authorised_until"', pgid='pgtrigger_separation_at_most_15_days_7515f', table='inmates_separation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='separation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_separationevent" ("authorised_by_id", "authorised_from", "authorised_until", "began_on", "breach_alerted_on", "emergency_at", "emergency_by_id", "ended_by_id", "ended_on", "facility_id", "health_checked", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."authorised_by_id", NEW."authorised_from", NEW."authorised_until", NEW."began_on", NEW."breach_alerted_on", NEW."emergency_at", NEW."emergency_by_id", NEW."ended_by_id", NEW."ended_on", NEW."facility_id", NEW."health_checked", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;', hash='47916e7f5ea79c3345e1f291cc4e47ad55f0e0d9', operation='INSERT', pgid='pgtrigger_insert_insert_5a84b', table='inmates_separation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='separation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_separationevent" ("authorised_by_id", "authorised_from", "authorised_until", "began_on", "breach_alerted_on", "emergency_at", "emergency_by_id", "ended_by_id", "ended_on", "facility_id", "health_checked", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."authorised_by_id", NEW."authorised_from", NEW."authorised_until", NEW."began_on", NEW."breach_alerted_on", NEW."emergency_at", NEW."emergency_by_id", NEW."ended_by_id", NEW."ended_on", NEW."facility_id", NEW."health_checked", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;', hash='fafb260c141d5701c649c0f73138d14c702b6ed1', operation='UPDATE', pgid='pgtrigger_update_update_49b79', table='inmates_separation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='separation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_separationevent" ("authorised_by_id", "authorised_from", "authorised_until", "began_on", "breach_alerted_on", "emergency_at", "emergency_by_id", "ended_by_id", "ended_on", "facility_id", "health_checked", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."authorised_by_id", OLD."authorised_from", OLD."authorised_until", OLD."began_on", OLD."breach_alerted_on", OLD."emergency_at", OLD."emergency_by_id", OLD."ended_by_id", OLD."ended_on", OLD."facility_id", OLD."health_checked", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;', hash='9e0671dc8412f49aedb917b0a32695c7bfc3a7e2', operation='DELETE', pgid='pgtrigger_delete_delete_f02f5', table='inmates_separation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='separation',
            constraint=models.CheckConstraint(condition=models.Q(('authorised_by__isnull', False), ('emergency_by__isnull', False), _connector='OR'), name='separation_authorised_or_an_emergency'),
        ),
        migrations.AddConstraint(
            model_name='separation',
            constraint=models.CheckConstraint(condition=models.Q(('authorised_by', None), ('emergency_by', None), models.Q(('authorised_by', models.F('emergency_by')), _negated=True), _connector='OR'), name='separation_emergency_authorised_by_another'),
        ),
        migrations.AddConstraint(
            model_name='separation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('emergency_at__isnull', True), ('emergency_by__isnull', True)), models.Q(('emergency_at__isnull', False), ('emergency_by__isnull', False)), _connector='OR'), name='separation_emergency_by_and_when'),
        ),
        migrations.AddField(
            model_name='separationbar',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='separationbar',
            name='inmate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='separation_bars', to='inmates.inmate'),
        ),
        migrations.AddField(
            model_name='separationbar',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='separationbarevent',
            name='ended_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='separationbarevent',
            name='inmate',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.inmate'),
        ),
        migrations.AddField(
            model_name='separationbarevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='separationbarevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='inmates.separationbar'),
        ),
        migrations.AddField(
            model_name='separationbarevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='separationbar',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('inmate', 'ground'), name='separation_bar_once_open'),
        ),
        migrations.AddConstraint(
            model_name='separationbar',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='separation_bar_has_a_source'),
        ),
        migrations.AddConstraint(
            model_name='separationbar',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='separation_bar_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='separationbar',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ended_on__isnull', True)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False)), _connector='OR'), name='separation_bar_ended_by_and_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='separationbar',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_separationbarevent" ("ended_by_id", "ended_on", "ground", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "source", "starts_on") VALUES (NEW."ended_by_id", NEW."ended_on", NEW."ground", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."source", NEW."starts_on"); RETURN NULL;', hash='3a1b96e5a0b3f4092dc1e922f9cd234a5ca80408', operation='INSERT', pgid='pgtrigger_insert_insert_efbea', table='inmates_separationbar', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='separationbar',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_separationbarevent" ("ended_by_id", "ended_on", "ground", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "source", "starts_on") VALUES (NEW."ended_by_id", NEW."ended_on", NEW."ground", NEW."id", NEW."inmate_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."source", NEW."starts_on"); RETURN NULL;', hash='5b1d073857fb39a084fa22d254e292a2ad418bf9', operation='UPDATE', pgid='pgtrigger_update_update_658ef', table='inmates_separationbar', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='separationbar',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_separationbarevent" ("ended_by_id", "ended_on", "ground", "id", "inmate_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "source", "starts_on") VALUES (OLD."ended_by_id", OLD."ended_on", OLD."ground", OLD."id", OLD."inmate_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."source", OLD."starts_on"); RETURN NULL;', hash='655eda367f2eba62fee6c0025ab2a711f19c09bd', operation='DELETE', pgid='pgtrigger_delete_delete_8c2b2', table='inmates_separationbar', when='AFTER')),
        ),
    ]
