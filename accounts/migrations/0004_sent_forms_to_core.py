"""Forms that were sent belong to `core` from here on; the table stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_cache"), ("core", "0001_sent_forms")]
    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="SentForm")])]
