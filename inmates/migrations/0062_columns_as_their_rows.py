"""The columns that lists read are what the rows beneath say, also against SQL with the application's rights.

When a transaction ends, a person whose derived columns it changed is compared with the rows they come from; and whoever had a
stay, a place, a number, a legal status or a computed release date written in it is compared too. The rule is that of
`inmates/custody/derived_columns.py`, as of now: nothing that these tables hold lies in the future. Of the day of an admission an
hour is forgiven either way, since PostgreSQL and Python may have other tables of time zones.

The owner of the tables loads demos and old registers, and is not looked at.
"""

from django.db import migrations

from core.kept_rows import AS_OWNER

APART = """
CREATE FUNCTION inmates_column_apart(i inmates_inmate, what text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    stay record;
    place record;
    word text;
    computed record;
BEGIN
    IF i.merged_into_id IS NOT NULL THEN
        RETURN CASE
            WHEN i.status <> 'not_admitted' THEN 'status'
            WHEN i.unit_id IS NOT NULL THEN 'unit'
            WHEN i.release_on IS NOT NULL THEN 'release_on'
            WHEN i.release_basis <> 'none' THEN 'release_basis'
        END;
    ELSIF what = 'place' THEN
        SELECT admitted_at, released_at, ground INTO stay FROM inmates_admission
         WHERE inmate_id = i.id AND annulled_at IS NULL ORDER BY admitted_at DESC LIMIT 1;
        SELECT facility_id, unit_id, annulled_at IS NULL AND upper_inf(during) AS running INTO place FROM inmates_placement
         WHERE inmate_id = i.id ORDER BY annulled_at IS NOT NULL, lower(during) DESC LIMIT 1;
        RETURN CASE
            WHEN i.status <> CASE
                WHEN stay.admitted_at IS NULL THEN 'not_admitted'
                WHEN stay.ground = 'death' THEN 'deceased'
                WHEN stay.released_at IS NOT NULL THEN 'released'
                WHEN place.running THEN 'in_custody'
                ELSE 'absent'
            END THEN 'status'
            WHEN (i.facility_id IS NULL) <> (place.facility_id IS NULL) OR i.facility_id <> place.facility_id AND (
                stay.admitted_at IS NOT NULL -- of two never admitted and merged, either prison will do
                OR NOT EXISTS (SELECT 1 FROM inmates_placement p WHERE p.inmate_id = i.id AND p.facility_id = i.facility_id)
            ) THEN 'facility'
            WHEN i.unit_id IS DISTINCT FROM CASE WHEN place.running THEN place.unit_id END THEN 'unit'
            WHEN (i.admitted_on IS NULL) <> (stay.admitted_at IS NULL) OR i.admitted_on NOT BETWEEN
                ((stay.admitted_at - interval '1 hour') AT TIME ZONE 'Africa/Casablanca')::date
                AND ((stay.admitted_at + interval '1 hour') AT TIME ZONE 'Africa/Casablanca')::date THEN 'admitted_on'
        END;
    ELSIF what = 'number' THEN
        SELECT n.number INTO word FROM inmates_registrationnumber n JOIN inmates_admission a ON a.id = n.admission_id
         WHERE n.inmate_id = i.id AND n.annulled_at IS NULL ORDER BY a.admitted_at DESC, n.id DESC LIMIT 1;
        RETURN CASE WHEN i.registration_number <> coalesce(word, '') THEN 'registration_number' END;
    ELSIF what = 'legal' THEN
        SELECT status INTO word FROM inmates_legalstatusperiod
         WHERE inmate_id = i.id AND annulled_at IS NULL ORDER BY starts_on DESC LIMIT 1;
        RETURN CASE WHEN i.legal_status <> coalesce(word, '') THEN 'legal_status' END;
    ELSIF what = 'release' THEN
        SELECT c."on", c.basis INTO computed FROM inmates_releasecomputation c
         WHERE c.inmate_id = i.id ORDER BY c.id DESC LIMIT 1;
        RETURN CASE
            WHEN i.release_on IS DISTINCT FROM computed."on" THEN 'release_on'
            WHEN i.release_basis <> coalesce(computed.basis, 'none') THEN 'release_basis'
        END;
    END IF;
    RAISE EXCEPTION 'no such columns: %', what;
END $$;
REVOKE ALL ON FUNCTION inmates_column_apart(inmates_inmate, text) FROM PUBLIC;
"""

# What a merged record said when it was merged it says for ever. `TG_ARGV`: which columns; a row changed once more in this
# transaction is looked at for that change.
OF_A_PERSON = f"""
CREATE FUNCTION inmates_columns_as_rows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    i inmates_inmate;
    what text;
    apart text;
BEGIN
    IF coalesce({AS_OWNER}, false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.merged_into_id IS NOT NULL AND (
        OLD.facility_id, OLD.registration_number, OLD.legal_status, OLD.admitted_on, OLD.tier, OLD.tier_since
    ) IS DISTINCT FROM (
        NEW.facility_id, NEW.registration_number, NEW.legal_status, NEW.admitted_on, NEW.tier, NEW.tier_since
    ) THEN
        RAISE EXCEPTION 'A merged record stays as it was.' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    SELECT * INTO i FROM inmates_inmate WHERE id = NEW.id;
    FOREACH what IN ARRAY TG_ARGV LOOP
        apart := inmates_column_apart(i, what);
        IF apart IS NOT NULL THEN
            RAISE EXCEPTION 'inmates_inmate.% is not what its rows say', apart
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""

OF_A_ROW = f"""
CREATE FUNCTION inmates_rows_as_columns() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    i inmates_inmate;
    apart text;
BEGIN
    IF coalesce({AS_OWNER}, false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        SELECT * INTO i FROM inmates_inmate WHERE id = OLD.inmate_id FOR NO KEY UPDATE;
    ELSE
        SELECT * INTO i FROM inmates_inmate WHERE id = NEW.inmate_id FOR NO KEY UPDATE;
    END IF;
    apart := inmates_column_apart(i, TG_ARGV[0]);
    IF apart IS NOT NULL THEN
        RAISE EXCEPTION '% says something else than inmates_inmate.%', TG_TABLE_NAME, apart
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;
"""

COLUMNS = {  # columns of a person, and the tables they come from
    "place": (
        ("status", "facility_id", "unit_id", "admitted_on", "merged_into_id"),
        {
            "inmates_admission": ("inmate_id", "admitted_at", "released_at", "ground", "annulled_at"),
            "inmates_placement": ("inmate_id", "facility_id", "unit_id", "during", "annulled_at"),
        },
    ),
    "number": (
        ("registration_number",),
        {"inmates_registrationnumber": ("inmate_id", "number", "admission_id", "annulled_at")},
    ),
    "legal": (
        ("legal_status",),
        {"inmates_legalstatusperiod": ("inmate_id", "status", "starts_on", "annulled_at")},
    ),
    "release": (
        ("release_on", "release_basis"),
        {"inmates_releasecomputation": ("inmate_id", '"on"', "basis")},
    ),
}
NOBODY_ADMITTED = (
    "(NEW.status, NEW.registration_number, NEW.legal_status, NEW.release_basis) = ('not_admitted', '', '', 'none')"
    " AND coalesce(NEW.facility_id, NEW.unit_id, NEW.merged_into_id) IS NULL"
    " AND coalesce(NEW.admitted_on, NEW.release_on) IS NULL"
)


def changed(columns):
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


def looks(name, table, event, function, *words, only=""):
    arguments, condition = ", ".join(f"'{word}'" for word in words), f"WHEN ({only})" if only else ""
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER {name} AFTER {event} ON {table} DEFERRABLE INITIALLY DEFERRED"
        f" FOR EACH ROW {condition} EXECUTE FUNCTION {function}({arguments})",
        f"DROP TRIGGER {name} ON {table}",
    )


def followed(what, columns, sources):
    """Both ways: from the person to the rows, and from each row to the person."""
    yield looks(
        f"inmates_{what}_as_rows", "inmates_inmate", "UPDATE", "inmates_columns_as_rows", what, only=changed(columns)
    )
    for table, read in sources.items():
        yield looks(f"{table}_as_{what}", table, "INSERT OR DELETE", "inmates_rows_as_columns", what)
        yield looks(f"{table}_as_{what}_still", table, "UPDATE", "inmates_rows_as_columns", what, only=changed(read))


class Migration(migrations.Migration):
    dependencies = [("inmates", "0061_restrictions_stay_as_signed")]

    operations = [
        migrations.RunSQL(APART, "DROP FUNCTION inmates_column_apart(inmates_inmate, text)"),
        migrations.RunSQL(OF_A_PERSON, "DROP FUNCTION inmates_columns_as_rows()"),
        migrations.RunSQL(OF_A_ROW, "DROP FUNCTION inmates_rows_as_columns()"),
        looks(
            "inmates_begins_as_rows", "inmates_inmate", "INSERT", "inmates_columns_as_rows", *COLUMNS,
            only=f"NOT ({NOBODY_ADMITTED})",
        ),
        *[trigger for what, (columns, sources) in COLUMNS.items() for trigger in followed(what, columns, sources)],
    ]  # fmt: skip
