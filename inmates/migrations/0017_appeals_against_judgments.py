"""Appeals and cassations against judgments; a judgment that replaces another; on what paper one is final."""

import config.clock
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0001_initial'),
        ('inmates', '0016_classification_as_it_was'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CourtAppeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('appeal', 'Appeal to a court'), ('cassation', 'Cassation')], max_length=10, verbose_name='kind')),
                ('by_person_at', models.DateTimeField(blank=True, null=True, verbose_name='declared by the person')),
                ('by_prosecution_at', models.DateTimeField(blank=True, null=True, verbose_name='declared by the prosecution')),
                ('noted_on', models.DateField(blank=True, null=True)),
                ('court', models.CharField(max_length=120, verbose_name='court appealed to')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='last day to appeal')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='number in the register of declarations')),
                ('recorded_at', models.DateTimeField(default=config.clock.now)),
                ('receipt_at', models.DateTimeField(blank=True, null=True, verbose_name='receipt given')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent to the court')),
                ('proof', models.CharField(blank=True, max_length=120, verbose_name='proof of sending')),
                ('outcome', models.CharField(blank=True, choices=[('confirmed', 'Judgment confirmed'), ('changed', 'New term'), ('quashed', 'Acquitted, nothing stands'), ('sent_back', 'Quashed and sent back for retrial'), ('dropped', 'Withdrawn or inadmissible')], max_length=10, verbose_name='outcome')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('decision', models.CharField(blank=True, max_length=80, verbose_name='reference of the ruling')),
                ('outcome_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'appeal against a judgment',
                'verbose_name_plural': 'appeals against judgments',
                'ordering': ['id'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CourtAppealEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('appeal', 'Appeal to a court'), ('cassation', 'Cassation')], max_length=10, verbose_name='kind')),
                ('by_person_at', models.DateTimeField(blank=True, null=True, verbose_name='declared by the person')),
                ('by_prosecution_at', models.DateTimeField(blank=True, null=True, verbose_name='declared by the prosecution')),
                ('noted_on', models.DateField(blank=True, null=True)),
                ('court', models.CharField(max_length=120, verbose_name='court appealed to')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='last day to appeal')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='number in the register of declarations')),
                ('recorded_at', models.DateTimeField(default=config.clock.now)),
                ('receipt_at', models.DateTimeField(blank=True, null=True, verbose_name='receipt given')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent to the court')),
                ('proof', models.CharField(blank=True, max_length=120, verbose_name='proof of sending')),
                ('outcome', models.CharField(blank=True, choices=[('confirmed', 'Judgment confirmed'), ('changed', 'New term'), ('quashed', 'Acquitted, nothing stands'), ('sent_back', 'Quashed and sent back for retrial'), ('dropped', 'Withdrawn or inadmissible')], max_length=10, verbose_name='outcome')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('decision', models.CharField(blank=True, max_length=80, verbose_name='reference of the ruling')),
                ('outcome_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sentence',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='sentence',
            name='count',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='count'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='final_reference',
            field=models.CharField(blank=True, max_length=120, verbose_name='certificate or ruling that says so'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='replaced_on',
            field=models.DateField(blank=True, null=True, verbose_name='replaced on'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='inmates.sentence', verbose_name='replaces'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='count',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='count'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='final_reference',
            field=models.CharField(blank=True, max_length=120, verbose_name='certificate or ruling that says so'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='replaced_on',
            field=models.DateField(blank=True, null=True, verbose_name='replaced on'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='replaces',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.sentence', verbose_name='replaces'),
        ),
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('keep_apart', 'Two people who must not meet were put together')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='kind',
            field=models.CharField(choices=[('separation_breach', 'Separation past 15 days'), ('release_overdue', 'Release overdue'), ('order_expired', 'Detention order expired'), ('order_expiring', 'Detention order about to expire'), ('no_title', 'Held without a title'), ('term_not_final', 'Pronounced term about to end, judgment not final'), ('appeal_unsent', 'Declaration of appeal not sent to the court in time'), ('release_date', 'Release date to be settled'), ('pardon_unverified', 'Unverified pardon that would free somebody'), ('review_overdue', 'Review long overdue'), ('outing_overdue', 'Not back in time'), ('keep_apart', 'Two people who must not meet were put together')], max_length=18, verbose_name='alert'),
        ),
        migrations.AlterField(
            model_name='task',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('no_title', 'Held without a title: release, or record what holds'), ('term_not_final', 'Pronounced term ends, judgment not final'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='kind',
            field=models.CharField(choices=[('placement', 'Placement no longer fits'), ('return_unit', 'Return to the earlier unit'), ('offence', 'Enter the offence'), ('term_over', 'Term already over: check at once'), ('term_range', "Term outside the offence's range"), ('release_date', 'Settle the release date'), ('no_title', 'Held without a title: release, or record what holds'), ('term_not_final', 'Pronounced term ends, judgment not final'), ('new_information', 'New information'), ('other', 'Other')], max_length=16, verbose_name='task'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("appealed_on", "case_id", "count", "days", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (NEW."appealed_on", NEW."case_id", NEW."count", NEW."days", NEW."final_on", NEW."final_reference", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."uuid", NEW."years"); RETURN NULL;', hash='45a848c7d1311ae58533afb68bcdb2a995e63064', operation='INSERT', pgid='pgtrigger_insert_insert_36637', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_sentenceevent" ("appealed_on", "case_id", "count", "days", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (NEW."appealed_on", NEW."case_id", NEW."count", NEW."days", NEW."final_on", NEW."final_reference", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."uuid", NEW."years"); RETURN NULL;', hash='0140a2b5a6c37421e1330b48a87e9a5cac51bfa1', operation='UPDATE', pgid='pgtrigger_update_update_7e96c', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("appealed_on", "case_id", "count", "days", "final_on", "final_reference", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "uuid", "years") VALUES (OLD."appealed_on", OLD."case_id", OLD."count", OLD."days", OLD."final_on", OLD."final_reference", OLD."id", OLD."inmate_id", OLD."kind", OLD."months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pronounced_on", OLD."quashed_on", OLD."range_acknowledged_by_id", OLD."relation", OLD."relation_decision", OLD."replaced_on", OLD."replaces_id", OLD."starts_on", OLD."uuid", OLD."years"); RETURN NULL;', hash='5ecd1df632a03a5f6b4ce3575eea16998bb7c6e0', operation='DELETE', pgid='pgtrigger_delete_delete_cbb89', table='inmates_sentence', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='sentence',
            constraint=models.CheckConstraint(condition=models.Q(('quashed_on', None), ('replaced_on', None), _connector='OR'), name='sentence_quashed_or_replaced'),
        ),
        migrations.AddConstraint(
            model_name='sentence',
            constraint=models.CheckConstraint(condition=models.Q(('final_reference', ''), ('final_on__isnull', False), _connector='OR'), name='sentence_final_paper_with_its_day'),
        ),
        migrations.AddConstraint(
            model_name='sentence',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', models.F('id')), _negated=True), name='sentence_replaces_another'),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='court_appeals', to='inmates.case'),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='facility',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.facility'),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='judgment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='court_appeals', to='inmates.sentence'),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='outcome_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='receipt_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='courtappeal',
            name='sent_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.case'),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='facility',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='facilities.facility'),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='judgment',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inmates.sentence'),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='outcome_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='inmates.courtappeal'),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='receipt_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='courtappealevent',
            name='sent_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='courtappeal',
            index=models.Index(condition=models.Q(('outcome', '')), fields=['by_person_at'], name='court_appeal_open'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('case', 'kind'), name='court_appeal_one_open'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('facility', 'kind', 'reference'), name='court_appeal_number_once_a_prison'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.CheckConstraint(condition=models.Q(('by_person_at__isnull', False), ('by_prosecution_at__isnull', False), ('noted_on__isnull', False), _connector='OR'), name='court_appeal_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on', None), ('decision', ''), ('outcome', ''), ('outcome_by', None)), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_on__isnull', False), ('outcome_by__isnull', False), models.Q(('decision', ''), _negated=True)), _connector='OR'), name='court_appeal_outcome_by_a_ruling'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('receipt_at', None), ('sent_at', None)), ('by_person_at__isnull', False), _connector='OR'), name='court_appeal_receipt_is_the_persons'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at', None), models.Q(('proof', ''), _negated=True), _connector='OR'), name='court_appeal_sent_with_proof'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at', None), ('sent_at__gte', models.F('by_person_at')), _connector='OR'), name='court_appeal_sent_after'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('receipt_at__isnull', True), ('receipt_by__isnull', True)), models.Q(('receipt_at__isnull', False), ('receipt_by__isnull', False)), _connector='OR'), name='court_appeal_receipt_by_and_when'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='court_appeal_sent_by_and_when'),
        ),
        migrations.AddConstraint(
            model_name='courtappeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome_at__isnull', True), ('outcome_by__isnull', True)), models.Q(('outcome_at__isnull', False), ('outcome_by__isnull', False)), _connector='OR'), name='court_appeal_outcome_by_and_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_courtappealevent" ("by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "sent_at", "sent_by_id") VALUES (NEW."by_person_at", NEW."by_prosecution_at", NEW."case_id", NEW."court", NEW."decided_on", NEW."decision", NEW."facility_id", NEW."id", NEW."judgment_id", NEW."kind", NEW."last_day", NEW."noted_on", NEW."outcome", NEW."outcome_at", NEW."outcome_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proof", NEW."receipt_at", NEW."receipt_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;', hash='459845c0f550a8c42168c5a9b3a09f423136f6c2', operation='INSERT', pgid='pgtrigger_insert_insert_fcbe3', table='inmates_courtappeal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_courtappealevent" ("by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "sent_at", "sent_by_id") VALUES (NEW."by_person_at", NEW."by_prosecution_at", NEW."case_id", NEW."court", NEW."decided_on", NEW."decision", NEW."facility_id", NEW."id", NEW."judgment_id", NEW."kind", NEW."last_day", NEW."noted_on", NEW."outcome", NEW."outcome_at", NEW."outcome_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proof", NEW."receipt_at", NEW."receipt_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;', hash='aa02c1fedccc7214cf074ed0591420b3ce73275c', operation='UPDATE', pgid='pgtrigger_update_update_a6964', table='inmates_courtappeal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courtappeal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_courtappealevent" ("by_person_at", "by_prosecution_at", "case_id", "court", "decided_on", "decision", "facility_id", "id", "judgment_id", "kind", "last_day", "noted_on", "outcome", "outcome_at", "outcome_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "receipt_at", "receipt_by_id", "recorded_at", "recorded_by_id", "reference", "sent_at", "sent_by_id") VALUES (OLD."by_person_at", OLD."by_prosecution_at", OLD."case_id", OLD."court", OLD."decided_on", OLD."decision", OLD."facility_id", OLD."id", OLD."judgment_id", OLD."kind", OLD."last_day", OLD."noted_on", OLD."outcome", OLD."outcome_at", OLD."outcome_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proof", OLD."receipt_at", OLD."receipt_by_id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."sent_at", OLD."sent_by_id"); RETURN NULL;', hash='863486204e79d5ca3c5006f3942b4368e035873b', operation='DELETE', pgid='pgtrigger_delete_delete_fa460', table='inmates_courtappeal', when='AFTER')),
        ),
    ]
