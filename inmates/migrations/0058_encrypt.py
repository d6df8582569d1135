"""Health, beliefs and identity card numbers are encrypted where they stand, in rows and in their history, once.

Reasons why two records may be one person named the number that both bear: they say now that it is the same.
"""

import json

from django.db import migrations

from audit import rewriting
from core import encryption, sealing
from core.fields import EncryptedJSONField, EncryptedTextField, PartlyEncryptedJSONField

TEXT, WHOLE, PARTLY = EncryptedTextField(), EncryptedJSONField(), PartlyEncryptedJSONField()
TRACKED = {
    "inmate": {"cin": TEXT},
    "correction": {"changes": PARTLY, "others": PARTLY},
    "transfer": {"file_at_departure": PARTLY},
    "assessment": {"suggestion": WHOLE, "reasons": TEXT, "difference_reason": TEXT, "rests_on": TEXT},
    "finding": {"rating": TEXT, "evidence": TEXT, "source": TEXT},
    "review": {"questions": TEXT, "answer": TEXT},
    "tierdecision": {"reasons": TEXT, "emergency": TEXT},
    "notice": {"withheld": TEXT, "withheld_reason": TEXT},
    "appeal": {"grounds": TEXT, "reasons": TEXT},
    "incident": {"account": TEXT, "measures": TEXT},
    "separationbar": {"source": TEXT},
    "separationday": {"health_visit_by": TEXT, "note": TEXT},
}
UNTRACKED = {"savedsearch": {"text": TEXT}, "importbatch": {"report": WHOLE}}
TABLES = {
    **{f"inmates_{name}": columns for name, columns in (TRACKED | UNTRACKED).items()},
    **{f"inmates_{name}event": columns for name, columns in TRACKED.items()},
}
WHY = "encrypted once"


def encrypt(apps, schema_editor):
    """Digests of the numbers, then everything."""
    with rewriting.quietly("inmates_inmate") as cursor:
        cursor.execute("UPDATE inmates_inmate SET cin_digest = cin WHERE cin IS NOT NULL AND cin_digest IS NULL")
    rewriting.rewrite_rows(
        "inmates_inmate", "id", {"cin_digest": lambda one: one if len(one) == 64 else encryption.digest(one)}
    )
    rewriting.rewrite_rows("inmates_possibleduplicate", "id", {"reasons": _without_number})
    rewriting.rewrite_history("inmates_possibleduplicateevent", {"reasons": _without_number}, WHY)
    sealing.rewrite(sealing.seal, WHY, TABLES)


def decrypt(apps, schema_editor):
    """Plain text again."""
    sealing.rewrite(sealing.unseal, "decrypted again", TABLES)


def _without_number(stored):
    reasons = json.loads(stored)
    if not any("cin" in one.get("params", {}) for one in reasons if isinstance(one, dict)):
        return stored
    for one in reasons:
        one.get("params", {}).pop("cin", None)
    return json.dumps(reasons, ensure_ascii=False)


def forbid(apps, schema_editor):
    """From now on the database refuses plain text."""
    sealing.forbid_plain_text(TABLES)


def allow(apps, schema_editor):
    """And takes it again."""
    sealing.allow_plain_text(TABLES)


class Migration(migrations.Migration):
    dependencies = [("inmates", "0057_room_for_tokens")]

    operations = [migrations.RunPython(encrypt, decrypt), migrations.RunPython(forbid, allow)]
