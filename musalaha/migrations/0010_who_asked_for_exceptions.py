"""Who asked for the exceptions still open, as the trail says; else who recorded the application, who may not grant it either."""

from django.db import migrations

WHO_ASKED = """
UPDATE musalaha_application a SET exception_asked_by_id = coalesce((
    SELECT e.actor_id FROM audit_event e JOIN accounts_user u ON u.id = e.actor_id
     WHERE e.verb = 'exception.asked' AND e.object_type = 'musalaha.application' AND e.object_id = a.id::text
     ORDER BY e.id DESC LIMIT 1
), a.recorded_by_id)
 WHERE a.exception_asked_on IS NOT NULL AND a.exception_asked_by_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("musalaha", "0009_exceptions_asked_by_somebody"), ("audit", "0003_sealed_by_what_is_unsealed")]

    operations = [migrations.RunSQL(WHO_ASKED, migrations.RunSQL.noop)]
