#!/usr/bin/env python
"""Django's command line, run by `bin/demo`, `bin/test` and operators."""

import os
import sys

# These commands change tables, or write accounts without two administrators, so they run as the owner of the database;
# everything else runs as the application.
OWNER_COMMANDS = {
    "migrate",
    "makemigrations",
    "sqlmigrate",
    "pgtrigger",
    "flush",
    "test",
    "first_administrators",
    "rotate_field_keys",
    "load_demo",
    "generate_register",
}
# No server is started for these in a demo: they ask no database.
OFFLINE_COMMANDS = {"help", "version", "check", "makemessages", "compilemessages", "collectstatic", "diffsettings"}


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.database import NoDatabase
    from config.embedded_postgres import DatabaseUnavailable
    from core.logs import fault_text

    try:
        settle_database(sys.argv[1] if len(sys.argv) > 1 else "help")
        execute_from_command_line(sys.argv)
    except (NoDatabase, DatabaseUnavailable) as error:
        sys.exit(str(error))
    except Exception as fault:
        if os.environ.get("DEMO", "0") != "0":
            raise
        sys.exit(fault_text(fault))  # as in the log: nothing that the database quotes


def settle_database(command: str) -> None:
    """Say as whom `command` works and, in a demo where no database is named, start the embedded server for it."""
    from environ import Env

    from config import embedded_postgres

    if command in OWNER_COMMANDS:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    var = os.environ.get("VAR_DIR") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "var")
    if "SECRET_KEY" not in os.environ and os.path.exists(os.path.join(var, "demo")):
        os.environ.setdefault("DEMO", "1")  # bin/demo set this folder up
    offline = command in OFFLINE_COMMANDS or command.startswith("-")
    if Env().bool("DEMO", default=False) and not offline:
        embedded_postgres.start_for(os.environ, owner=os.environ.get("DATABASE_ROLE") == "owner")


if __name__ == "__main__":
    main()
