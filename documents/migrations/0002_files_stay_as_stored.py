"""What is known of a stored file stays: its place, name, size and digest, who stored it and when."""

from django.db import migrations

from core.kept_rows import kept


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("core", "0002_rows_kept")]

    operations = [
        kept(
            "documents_storedfile",
            fixed=("uuid", "file", "name", "content_type", "size", "sha256", "stored_by_id", "stored_at"),
        ),
    ]
