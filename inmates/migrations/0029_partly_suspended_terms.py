"""Partly suspended terms, their revocation, and the total of sentences cumulated in part."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0028_versions_of_offences'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            name='firm_days',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='firm part: days'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='firm_months',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='firm part: months'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='firm_years',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='firm part: years'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='suspended_days',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='suspended part: days'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='suspended_months',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='suspended part: months'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='suspended_years',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='suspended part: years'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='suspension_revoked_by',
            field=models.CharField(blank=True, max_length=120, verbose_name='decision that revoked it'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='suspension_revoked_on',
            field=models.DateField(blank=True, null=True, verbose_name='suspension revoked on'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='total_days',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='total stated: days'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='total_months',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='total stated: months'),
        ),
        migrations.AddField(
            model_name='sentence',
            name='total_years',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='total stated: years'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='firm_days',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='firm part: days'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='firm_months',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='firm part: months'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='firm_years',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='firm part: years'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='suspended_days',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='suspended part: days'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='suspended_months',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='suspended part: months'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='suspended_years',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='suspended part: years'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='suspension_revoked_by',
            field=models.CharField(blank=True, max_length=120, verbose_name='decision that revoked it'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='suspension_revoked_on',
            field=models.DateField(blank=True, null=True, verbose_name='suspension revoked on'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='total_days',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='total stated: days'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='total_months',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='total stated: months'),
        ),
        migrations.AddField(
            model_name='sentenceevent',
            name='total_years',
            field=models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='total stated: years'),
        ),
        migrations.AlterField(
            model_name='sentence',
            name='relation',
            field=models.CharField(blank=True, choices=[('confused', 'Confused with the severest'), ('cumulated', 'Cumulated'), ('partly', 'Cumulated in part')], max_length=10, verbose_name='relation to other sentences'),
        ),
        migrations.AlterField(
            model_name='sentenceevent',
            name='relation',
            field=models.CharField(blank=True, choices=[('confused', 'Confused with the severest'), ('cumulated', 'Cumulated'), ('partly', 'Cumulated in part')], max_length=10, verbose_name='relation to other sentences'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "document_id", "earlier_custody", "final_document_id", "final_on", "final_reference", "firm_days", "firm_months", "firm_years", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "suspended_days", "suspended_months", "suspended_years", "suspension_revoked_by", "suspension_revoked_on", "total_days", "total_months", "total_years", "uuid", "years") VALUES (NEW."acts_on", NEW."annulled_at", NEW."case_id", NEW."count", NEW."days", NEW."document_id", NEW."earlier_custody", NEW."final_document_id", NEW."final_on", NEW."final_reference", NEW."firm_days", NEW."firm_months", NEW."firm_years", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."suspended_days", NEW."suspended_months", NEW."suspended_years", NEW."suspension_revoked_by", NEW."suspension_revoked_on", NEW."total_days", NEW."total_months", NEW."total_years", NEW."uuid", NEW."years"); RETURN NULL;', hash='9b3e92906ff98030fdcbce7e78bcacc873124a61', operation='INSERT', pgid='pgtrigger_insert_insert_36637', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "document_id", "earlier_custody", "final_document_id", "final_on", "final_reference", "firm_days", "firm_months", "firm_years", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "suspended_days", "suspended_months", "suspended_years", "suspension_revoked_by", "suspension_revoked_on", "total_days", "total_months", "total_years", "uuid", "years") VALUES (NEW."acts_on", NEW."annulled_at", NEW."case_id", NEW."count", NEW."days", NEW."document_id", NEW."earlier_custody", NEW."final_document_id", NEW."final_on", NEW."final_reference", NEW."firm_days", NEW."firm_months", NEW."firm_years", NEW."id", NEW."inmate_id", NEW."kind", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pronounced_on", NEW."quashed_on", NEW."range_acknowledged_by_id", NEW."relation", NEW."relation_decision", NEW."replaced_on", NEW."replaces_id", NEW."starts_on", NEW."suspended_days", NEW."suspended_months", NEW."suspended_years", NEW."suspension_revoked_by", NEW."suspension_revoked_on", NEW."total_days", NEW."total_months", NEW."total_years", NEW."uuid", NEW."years"); RETURN NULL;', hash='46a5ffa531ccf610aecd5cd9b3b4fd840aa73f96', operation='UPDATE', pgid='pgtrigger_update_update_7e96c', table='inmates_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inmates_sentenceevent" ("acts_on", "annulled_at", "case_id", "count", "days", "document_id", "earlier_custody", "final_document_id", "final_on", "final_reference", "firm_days", "firm_months", "firm_years", "id", "inmate_id", "kind", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronounced_on", "quashed_on", "range_acknowledged_by_id", "relation", "relation_decision", "replaced_on", "replaces_id", "starts_on", "suspended_days", "suspended_months", "suspended_years", "suspension_revoked_by", "suspension_revoked_on", "total_days", "total_months", "total_years", "uuid", "years") VALUES (OLD."acts_on", OLD."annulled_at", OLD."case_id", OLD."count", OLD."days", OLD."document_id", OLD."earlier_custody", OLD."final_document_id", OLD."final_on", OLD."final_reference", OLD."firm_days", OLD."firm_months", OLD."firm_years", OLD."id", OLD."inmate_id", OLD."kind", OLD."months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pronounced_on", OLD."quashed_on", OLD."range_acknowledged_by_id", OLD."relation", OLD."relation_decision", OLD."replaced_on", OLD."replaces_id", OLD."starts_on", OLD."suspended_days", OLD."suspended_months", OLD."suspended_years", OLD."suspension_revoked_by", OLD."suspension_revoked_on", OLD."total_days", OLD."total_months", OLD."total_years", OLD."uuid", OLD."years"); RETURN NULL;', hash='d27bbb90d93f13a64be3f18c0a959d6f34bab748', operation='DELETE', pgid='pgtrigger_delete_delete_cbb89', table='inmates_sentence', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='sentence',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'term'), models.Q(('suspended_days', 0), ('suspended_months', 0), ('suspended_years', 0), ('firm_days', 0), ('firm_months', 0), ('firm_years', 0)), _connector='OR'), name='sentence_of_life_is_not_suspended'),
        ),
        migrations.AddConstraint(
            model_name='sentence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('suspended_days', 0), ('suspended_months', 0), ('suspended_years', 0)), models.Q(('suspended_days', models.F('days')), ('suspended_months', models.F('months')), ('suspended_years', models.F('years')), _negated=True), _connector='OR'), name='sentence_suspended_in_part'),
        ),
        migrations.AddConstraint(
            model_name='sentence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('firm_days', 0), ('firm_months', 0), ('firm_years', 0)), models.Q(('suspended_days', 0), ('suspended_months', 0), ('suspended_years', 0), _negated=True), _connector='OR'), name='sentence_firm_beside_suspended'),
        ),
        migrations.AddConstraint(
            model_name='sentence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('suspension_revoked_by', ''), ('suspension_revoked_on', None)), models.Q(('suspension_revoked_on__isnull', False), models.Q(('suspension_revoked_by', ''), _negated=True), models.Q(('suspended_days', 0), ('suspended_months', 0), ('suspended_years', 0), _negated=True)), _connector='OR'), name='sentence_revoked_by_decision'),
        ),
        migrations.AddConstraint(
            model_name='sentence',
            constraint=models.CheckConstraint(condition=models.Q(('relation', 'partly'), models.Q(('total_days', 0), ('total_months', 0), ('total_years', 0)), _connector='XOR'), name='sentence_total_where_in_part'),
        ),
    ]
