"""Who lost a key or a password, or comes back, was identified in one of the ways that there are: asked for and approved with it alone.

What was asked for before and does not say it can be refused or withdrawn, and asked for again.
"""

from django.db import migrations

from core.kept_rows import guarded, refuse


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_sessions")]

    operations = [
        guarded(
            "accounts_change_identified", "accounts_accountchange", "INSERT OR UPDATE OF state",
            f"""
            IF NEW.kind IN ('reset', 'factor', 'enable') AND NEW.state IN ('asked', 'approved')
                AND coalesce(NEW.after ->> 'identified', '') NOT IN ('service_card', 'identity_card', 'director') THEN
                {refuse("It is said how the person was identified.")}
            END IF;
            """,
        ),
    ]  # fmt: skip
