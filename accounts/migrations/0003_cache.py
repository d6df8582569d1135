"""The table of Django's database cache, where sign-in limits are counted for all workers together."""

from django.db import migrations

FORWARD = """
CREATE TABLE accounts_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_sent_forms")]
    operations = [migrations.RunSQL(FORWARD, "DROP TABLE accounts_cache")]
