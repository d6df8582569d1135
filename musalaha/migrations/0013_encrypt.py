"""Requests, notes and opinions are encrypted where they stand, in rows and in their history, once."""

from django.db import migrations

from core import sealing
from core.fields import EncryptedTextField

TEXT = EncryptedTextField()
COLUMNS = {
    "followup": {"support": TEXT, "note": TEXT},
    "application": {"statement": TEXT},
    "progressnote": {"text": TEXT},
    "pardonfile": {"opinion": TEXT},
    "attendance": {"engagement": TEXT},
}
TABLES = {f"musalaha_{name}{of}": columns for name, columns in COLUMNS.items() for of in ("", "event")}


def encrypt(apps, schema_editor):
    """Everything."""
    sealing.rewrite(sealing.seal, "encrypted once", TABLES)


def decrypt(apps, schema_editor):
    """Plain text again."""
    sealing.rewrite(sealing.unseal, "decrypted again", TABLES)


def forbid(apps, schema_editor):
    """From now on the database refuses plain text."""
    sealing.forbid_plain_text(TABLES)


def allow(apps, schema_editor):
    """And takes it again."""
    sealing.allow_plain_text(TABLES)


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_history_rewritten"), ("musalaha", "0012_room_for_tokens")]

    operations = [migrations.RunPython(encrypt, decrypt), migrations.RunPython(forbid, allow)]
