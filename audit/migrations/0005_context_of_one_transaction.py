"""A context holds in the transaction for which it was signed, and in no other: what is copied from a running statement is
worth nothing. Behind a pooler too: the server itself says which backend and transaction this is.
"""

from django.db import migrations

TRANSACTION = """
CREATE FUNCTION audit_transaction() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_backend_pid() || '.' || extract(epoch FROM transaction_timestamp())
$$;
"""

ACTS = """
CREATE OR REPLACE FUNCTION audit_acts() RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    parts text[] := string_to_array(nullif(current_setting('register.context', true), ''), '|');
    said bytea;
BEGIN
    IF parts IS NULL OR cardinality(parts) <> 6 THEN
        RETURN NULL;
    END IF;
    said := convert_to(array_to_string(parts[1:5], '|') || {HERE}, 'UTF8');
    IF NOT EXISTS (
        SELECT 1 FROM audit_contextkey
         WHERE encode(sha256(outer_pad || sha256(inner_pad || said)), 'hex') = parts[6]
    ) OR parts[5]::bigint < extract(epoch FROM clock_timestamp()) THEN
        RETURN NULL;
    END IF;
    RETURN parts[1:4];
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_signed_context")]

    operations = [
        migrations.RunSQL(TRANSACTION, "DROP FUNCTION audit_transaction()"),
        migrations.RunSQL(ACTS.replace("{HERE}", "'|' || audit_transaction()"), ACTS.replace("{HERE}", "''")),
    ]
