"""The tier that lists read, since when, and the next review are what the decisions say, also against the application's own SQL.

The rule is that of `inmates/classification/in_force.py`. The database does not ask which day it is (the demo moves the clock):
of the tier it takes what holds on the latest day that the stay's decisions speak of, or what will hold once all of them have
taken effect. Two differ while one decision waits for its day, and for no longer.

`inmates_first_assessment_days` is the policy of the same name (`settings.POLICY`).
"""

from importlib import import_module

from django.db import migrations

columns = import_module("inmates.migrations.0062_columns_as_their_rows")

STANDING = """
CREATE FUNCTION inmates_first_assessment_days() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 14';

CREATE FUNCTION inmates_standing_on(stay bigint, day date, OUT tier smallint, OUT since date) LANGUAGE sql STABLE AS $$
    WITH holding AS (
        SELECT d.tier, d.effective_on, d.id FROM inmates_tierdecision d
         WHERE d.admission_id = stay AND d.effective_on <= day
           AND NOT coalesce(d.suspended_on <= day AND (d.resumed_on IS NULL OR d.resumed_on > day), false)
           AND (d.tier >= d.before OR d.emergency <> '' OR d.origin = 'import'
                OR (SELECT n.served_on FROM inmates_notice n WHERE n.decision_id = d.id) <= day)
    ), stands AS (
        SELECT h.tier FROM holding h ORDER BY h.effective_on DESC, h.id DESC LIMIT 1
    )
    SELECT s.tier, (
        SELECT min(h.effective_on) FROM holding h
         WHERE h.tier = s.tier AND NOT EXISTS (
            SELECT 1 FROM holding o WHERE o.tier <> s.tier AND (o.effective_on, o.id) > (h.effective_on, h.id))
    ) FROM stands s
$$;

CREATE FUNCTION inmates_tier_apart(i inmates_inmate) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    stay record;
    said record;
    later record;
    until date;
    spoken date;
    latest record;
    review date;
BEGIN
    IF i.merged_into_id IS NOT NULL THEN
        RETURN CASE WHEN i.next_review_on IS NOT NULL THEN 'next_review_on' END;
    END IF;
    SELECT id, released_at INTO stay FROM inmates_admission
     WHERE inmate_id = i.id AND annulled_at IS NULL ORDER BY admitted_at DESC LIMIT 1;
    IF stay.id IS NULL THEN
        RETURN CASE WHEN coalesce(i.tier_since, i.next_review_on) IS NOT NULL OR i.tier IS NOT NULL THEN 'tier' END;
    END IF;
    until := coalesce((stay.released_at AT TIME ZONE 'Africa/Casablanca')::date, 'infinity');
    SELECT max(greatest(d.decided_on, d.suspended_on, d.resumed_on, n.served_on)) INTO spoken
      FROM inmates_tierdecision d LEFT JOIN inmates_notice n ON n.decision_id = d.id WHERE d.admission_id = stay.id;
    SELECT * INTO later FROM inmates_standing_on(stay.id, until);
    IF (i.tier, i.tier_since) IS DISTINCT FROM (later.tier, later.since) THEN
        SELECT * INTO said FROM inmates_standing_on(stay.id, least(until, spoken));
        IF (i.tier, i.tier_since) IS DISTINCT FROM (said.tier, said.since) THEN
            RETURN 'tier';
        END IF;
    END IF;
    IF stay.released_at IS NULL THEN
        SELECT decided_on, next_review_on INTO latest FROM inmates_tierdecision
         WHERE admission_id = stay.id ORDER BY decided_on DESC, id DESC LIMIT 1;
        review := greatest(
            coalesce(latest.next_review_on, i.admitted_on + inmates_first_assessment_days()),
            (SELECT max(q.until) FROM inmates_postponement q
              WHERE q.inmate_id = i.id AND q.postponed_on >= coalesce(latest.decided_on, i.admitted_on))
        );
        review := least(review, (
            SELECT min(t.due_on) FROM inmates_reviewtrigger t
             WHERE t.inmate_id = i.id AND t.answered_by_id IS NULL AND t.closed_on IS NULL
               AND t.happened_on >= i.admitted_on
        ));
    END IF;
    RETURN CASE WHEN i.next_review_on IS DISTINCT FROM review THEN 'next_review_on' END;
END $$;
REVOKE ALL ON FUNCTION inmates_standing_on(bigint, date), inmates_tier_apart(inmates_inmate) FROM PUBLIC;
"""
STANDING_BACK = """
DROP FUNCTION inmates_tier_apart(inmates_inmate);
DROP FUNCTION inmates_standing_on(bigint, date);
DROP FUNCTION inmates_first_assessment_days();
"""

ALSO = """
    IF what = 'tier' THEN
        RETURN inmates_tier_apart(i);
    END IF;
"""
APART = columns.APART.partition("REVOKE")[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
WITH_TIER = APART.replace("BEGIN\n", f"BEGIN{ALSO}", 1)
TIER = ("tier", "tier_since", "next_review_on")


class Migration(migrations.Migration):
    dependencies = [("inmates", "0062_columns_as_their_rows")]

    operations = [
        migrations.RunSQL(STANDING, STANDING_BACK),
        migrations.RunSQL(WITH_TIER, APART),
        columns.looks(
            "inmates_tier_as_rows", "inmates_inmate", "UPDATE", "inmates_columns_as_rows", "tier",
            only=columns.changed(TIER),
        ),
        columns.looks(
            "inmates_tier_begins_as_rows", "inmates_inmate", "INSERT", "inmates_columns_as_rows", "tier",
            only="coalesce(NEW.tier_since, NEW.next_review_on) IS NOT NULL OR NEW.tier IS NOT NULL",
        ),
    ]  # fmt: skip
