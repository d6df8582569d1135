"""Who bears the spellings that are searched for, of the people whom the transaction may see.

Behind a policy the overlap of arrays loses its index: it might tell of rows that it is not to see. This function looks them up by
the index, in the rights of the owner, and gives the keys of people in scope alone (`docs/decisions/row-level-security.md`).
"""

from django.db import migrations

from core.kept_rows import AS_OWNER

BEARING = """
CREATE FUNCTION inmates_bearing(words jsonb) RETURNS SETOF bigint ROWS 500
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bears text;
    places bigint[] := audit_acts_in();
BEGIN
    SELECT string_agg(format('w.tokens && %L::integer[]', (SELECT array_agg(t::integer) FROM jsonb_array_elements_text(word) t)),
                      ' AND ') INTO bears FROM jsonb_array_elements(words) word;
    IF audit_acts_in_nation() OR {AS_OWNER} THEN
        RETURN QUERY EXECUTE 'SELECT w.inmate_id FROM inmates_writtennames w WHERE ' || bears;
    ELSIF places <> '{}' THEN
        RETURN QUERY EXECUTE 'SELECT w.inmate_id FROM inmates_writtennames w JOIN inmates_inmate i ON i.id = w.inmate_id'
            ' WHERE (i.facility_id = ANY($1) OR inmates_has_to_do_with(i.id, $1)) AND ' || bears USING places;
    END IF;
END $$;
""".replace("{AS_OWNER}", AS_OWNER.replace("TG_RELID", "'inmates_writtennames'::regclass"))


class Migration(migrations.Migration):
    dependencies = [("inmates", "0050_units_count_everybody")]

    operations = [migrations.RunSQL(BEARING, "DROP FUNCTION inmates_bearing(jsonb)")]
