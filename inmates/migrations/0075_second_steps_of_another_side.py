"""Whoever stands in takes no second step of what the person who named them began, nor the other way round."""

from django.db import migrations

from core.kept_rows import two_sides


class Migration(migrations.Migration):
    dependencies = [("inmates", "0072_grounds_on_record"), ("accounts", "0014_one_side")]

    operations = [
        two_sides("inmates_transfer", "proposed_by_id", "approved_by_id"),
        two_sides("inmates_mergeproposal", "proposed_by_id", "decided_by_id"),
        two_sides("inmates_correction", "made_by_id,decided_by_id", "confirmed_by_id"),
        two_sides("inmates_correction", "made_by_id", "decided_by_id"),
        two_sides("inmates_rollcount", "counted_by_id", "signed_by_id"),
        two_sides("inmates_separation", "emergency_by_id", "authorised_by_id"),
        two_sides("inmates_restrictionstep", "asked_by_id", "decided_by_id"),
        two_sides(
            "inmates_incidentperson", "recorded_by_id", "decided_by_id", of="inmates_incident", by="incident_id"
        ),
        two_sides("inmates_incidentperson", "decided_by_id", "appeal_decided_by_id"),
    ]
