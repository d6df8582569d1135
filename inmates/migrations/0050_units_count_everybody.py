"""Whether a unit may shrink or close is counted in the owner's rights: who asks may not see everybody who lives there."""

from django.db import migrations

FUNCTION = "inmates_unit_keeps_its_people()"


class Migration(migrations.Migration):
    dependencies = [("inmates", "0049_orders_that_a_retrial_ended")]

    operations = [
        migrations.RunSQL(
            f"ALTER FUNCTION {FUNCTION} SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp",
            f"ALTER FUNCTION {FUNCTION} SECURITY INVOKER RESET search_path",
        )
    ]
