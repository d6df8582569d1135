"""Whoever is held and has an offence of terrorism on record gets it as their ground; nobody else gets any."""

from django.db import migrations

GROUNDS = """
INSERT INTO inmates_separatestep (
    uuid, inmate_id, admission_id, kind, ground, origin, reasons, destination, state, proposed_on, decided_on, answer,
    effective_on, language, how, interpreter, refused_to_sign
)
SELECT gen_random_uuid(), a.inmate_id, a.id, 'in',
       CASE WHEN bool_or(c.state = 'convicted') THEN 'conviction' ELSE 'charge' END,
       'import', '', '', 'decided', day.admitted, day.admitted, '', day.admitted, 'ar', '', '', false
  FROM inmates_admission a
  CROSS JOIN LATERAL (SELECT (a.admitted_at AT TIME ZONE 'Africa/Casablanca')::date) AS day (admitted)
  JOIN inmates_case c ON c.inmate_id = a.inmate_id AND c.annulled_at IS NULL AND c.state IN ('open', 'convicted')
  JOIN inmates_case_offences co ON co.case_id = c.id
  JOIN inmates_offence o ON o.id = co.offence_id AND o.terrorism
 WHERE a.released_at IS NULL AND a.annulled_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM inmates_separatestep s WHERE s.admission_id = a.id)
 GROUP BY a.id, a.inmate_id, day.admitted
"""


class Migration(migrations.Migration):
    dependencies = [("inmates", "0071_separate_stays_as_signed")]

    operations = [migrations.RunSQL(GROUNDS, migrations.RunSQL.noop)]
