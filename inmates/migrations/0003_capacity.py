"""A unit's working capacity never falls below the people inside, and a unit with people in it is never closed."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION inmates_unit_keeps_its_people() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE inside integer;
BEGIN
    SELECT count(*) INTO inside FROM inmates_placement WHERE unit_id = NEW.id AND upper_inf(during);
    IF NEW.working_capacity < OLD.working_capacity AND NEW.working_capacity < inside THEN
        RAISE EXCEPTION 'unit: % people are inside, working capacity cannot be %', inside, NEW.working_capacity
            USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_capacity_covers_its_people';
    END IF;
    IF NEW.closed_on IS NOT NULL AND OLD.closed_on IS NULL AND inside > 0 THEN
        RAISE EXCEPTION 'unit: % people are inside, it cannot be closed', inside
            USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_closed_when_empty';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER unit_keeps_its_people BEFORE UPDATE OF working_capacity, closed_on ON facilities_unit
    FOR EACH ROW EXECUTE FUNCTION inmates_unit_keeps_its_people();
"""
BACKWARD = """
DROP TRIGGER unit_keeps_its_people ON facilities_unit;
DROP FUNCTION inmates_unit_keeps_its_people();
"""


class Migration(migrations.Migration):
    dependencies = [("inmates", "0002_three_people")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
