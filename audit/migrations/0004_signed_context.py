"""For whom a transaction acts: the key that its owner alone can read, and the functions that check what was signed.

`audit_acts()` gives the parts of a context that holds (kind, name, national, prisons), or NULL: none was set, it was signed
with another key, or its time is over.
"""

from django.db import migrations

KEY = """
CREATE TABLE audit_contextkey (inner_pad bytea NOT NULL, outer_pad bytea NOT NULL, UNIQUE (inner_pad, outer_pad));
REVOKE ALL ON audit_contextkey FROM PUBLIC;
"""

ACTS = """
CREATE FUNCTION audit_acts() RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    parts text[] := string_to_array(nullif(current_setting('register.context', true), ''), '|');
    said bytea;
BEGIN
    IF parts IS NULL OR cardinality(parts) <> 6 THEN
        RETURN NULL;
    END IF;
    said := convert_to(array_to_string(parts[1:5], '|'), 'UTF8');
    IF NOT EXISTS (
        SELECT 1 FROM audit_contextkey
         WHERE encode(sha256(outer_pad || sha256(inner_pad || said)), 'hex') = parts[6]
    ) OR parts[5]::bigint < extract(epoch FROM clock_timestamp()) THEN
        RETURN NULL;
    END IF;
    RETURN parts[1:4];
END $$;

CREATE FUNCTION audit_acts_in_nation() RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((audit_acts())[3] = '1', false)
$$;

CREATE FUNCTION audit_acts_in() RETURNS bigint[] LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(string_to_array(nullif((audit_acts())[4], ''), ','), '{}')::bigint[]
$$;

CREATE FUNCTION audit_signs(who bigint) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(a[1] = 'service' OR a[1] = 'user' AND a[2] = who::text, false) FROM (SELECT audit_acts() AS a) acts
$$;
"""
ACTS_BACK = """
DROP FUNCTION audit_signs(bigint);
DROP FUNCTION audit_acts_in();
DROP FUNCTION audit_acts_in_nation();
DROP FUNCTION audit_acts();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_sealed_by_what_is_unsealed")]

    operations = [
        migrations.RunSQL(KEY, "DROP TABLE audit_contextkey"),
        migrations.RunSQL(ACTS, ACTS_BACK),
    ]
