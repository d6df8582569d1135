"""Statements of the application's own database user, tried for themselves and taken back."""

from django.db import Error, IntegrityError, connection, transaction

from audit import signed_context
from tests.application_rights import application_rights, at_its_end

WHY = "For reasons that take more than twenty characters"


class _TakenBack(Exception):
    """Whatever a statement did, it is undone."""


def refused(statement, by=None, **values):
    """Whether the database refuses a statement of the application, at once or at the end of its transaction.

    It is done as by somebody with the whole country in scope, so that row-level security hides nothing from it.
    """
    at_its_end()  # of what the owner wrote to test with
    try:
        with transaction.atomic(), application_rights(by), connection.cursor() as cursor:
            seeing_all = signed_context.signed("user", str(by.pk if by else 0), national=True)
            cursor.execute("SELECT set_config(%s, %s, true)", [signed_context.SETTING, seeing_all])
            cursor.execute(statement, values)
            at_its_end()
            raise _TakenBack
    except Error as error:
        # The fault must be the rule's: a misspelled column would be refused as well.
        if not isinstance(error, IntegrityError) and "denied" not in str(error) and "owner" not in str(error):
            raise
        return True
    except _TakenBack:
        return False


def every(statements, by=None, **values):
    """The statements that are not refused, also where `by` acts."""
    return [statement for statement in statements if not refused(statement, by, **values)]


def each(statements, by=None, **values):
    """The statements that are refused, done for `by`."""
    return [statement for statement in statements if refused(statement, by, **values)]


def copied(table, pk, **other):
    """A statement that writes a copy of a row with other values: what an act would have written, invented."""
    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    names.remove("id")
    values = [str(other.get(name, "gen_random_uuid()" if name == "uuid" else f'"{name}"')) for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({listed}) SELECT {', '.join(values)} FROM {table} WHERE id = {pk}"
