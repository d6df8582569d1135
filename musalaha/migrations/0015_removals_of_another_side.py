"""A removal is signed by somebody who does not stand in for whoever proposed it."""

from django.db import migrations

from core.kept_rows import two_sides


class Migration(migrations.Migration):
    dependencies = [("musalaha", "0014_encrypted"), ("accounts", "0014_one_side")]

    operations = [
        two_sides("musalaha_enrolment", "removal_proposed_by_id", "removal_confirmed_by_id"),
        two_sides("musalaha_enrolment", "removal_proposed_by_id,removal_confirmed_by_id", "removal_appeal_answered_by_id"),
    ]
