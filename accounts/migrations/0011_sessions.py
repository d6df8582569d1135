"""Sessions under digests of their keys, in a table of our own. Those of before end: everybody signs in once more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The tables of before, where keys stood plain: they stay, for whoever goes back, and are empty.
END = """
DO $$
DECLARE old text;
BEGIN
    FOREACH old IN ARRAY ARRAY['django_session', 'usersessions_usersession'] LOOP
        IF to_regclass(old) IS NOT NULL THEN EXECUTE format('DELETE FROM %I', old); END IF;
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_deeds")]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "session_key",
                    models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="digest of the key"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(END, migrations.RunSQL.noop),
    ]
