#!/usr/bin/env python
"""Django's command line, run by `bin/demo`, `bin/test` and operators."""

import os
import sys

# These commands change tables, so they run as the owner of the database; everything else runs as the application.
OWNER_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "pgtrigger", "flush", "test"}


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    var = os.environ.get("VAR_DIR") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "var")
    if "SECRET_KEY" not in os.environ and os.path.exists(os.path.join(var, "demo")):
        os.environ.setdefault("DEMO", "1")  # bin/demo set this folder up
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
