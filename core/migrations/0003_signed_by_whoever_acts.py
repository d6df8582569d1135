"""A row of the application carries the signature of whoever the transaction acts for, and of nobody else (`audit/signed_context.py`)."""

from importlib import import_module

from django.db import migrations

before = import_module("core.migrations.0002_rows_kept")

OWNER = "current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)"

KEPT = """
    IF why IS NULL AND NOT {OWNER} AND EXISTS (
        SELECT 1 FROM unnest(once) c
         WHERE c = ANY(changed) AND c LIKE '%\\_by\\_id' AND NOT audit_signs((now ->> c)::bigint)
    ) THEN
        why := 'is signed by whoever acts';
    END IF;
    IF why IS NOT NULL THEN
""".replace("{OWNER}", OWNER)

BEGINS = """
    IF EXISTS (
        SELECT 1 FROM unnest(string_to_array(TG_ARGV[2], ',')) c WHERE NOT audit_signs((now ->> c)::bigint)
    ) THEN
        RAISE EXCEPTION '% is signed by whoever acts', TG_TABLE_NAME USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
"""


def anew(sql):
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("core", "0002_rows_kept"), ("audit", "0004_signed_context")]

    operations = [
        migrations.RunSQL(anew(before.KEPT.replace("    IF why IS NOT NULL THEN\n", KEPT.lstrip("\n"))), anew(before.KEPT)),
        migrations.RunSQL(
            anew("".join(before.BEGINS.rsplit("    RETURN NEW;\nEND $$;\n", 1)) + BEGINS.lstrip("\n")), anew(before.BEGINS)
        ),
    ]
