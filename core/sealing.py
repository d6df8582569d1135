"""Encrypted columns written anew, by the owner of the tables: for the first time, or under another key.

Rows first, then their history, whose digests on the trail are put in their places by an event (`audit.rewriting`).
"""

import json
from copy import copy

from django.db import connection

from audit import rewriting
from core import encryption
from core.fields import EncryptedTextField, encrypted_fields

BATCH = 2000


def seal(text):
    """A token of this plain text; a token as it is."""
    return text if text.startswith(encryption.SEALED) else encryption.encrypt(text)


def unseal(token):
    """The plain text of a token; plain text as it is."""
    return encryption.decrypt(token) if token.startswith(encryption.SEALED) else token


def rewrite(change, why, tables=None):
    """Make `change` to every token (or plain text), in rows and history; how many rows that were. `why`: a word.

    tables: `{table: {column: field}}` where not all that the models name.
    """
    if tables is None:
        tables = {}
        for model, field in [*encrypted_fields(), *encrypted_fields(row_history=True)]:
            tables.setdefault(model._meta.db_table, {})[field.column] = field
    written = 0
    for table, fields in tables.items():
        changes = {column: _of_column(field, change) for column, field in fields.items()}
        if table.endswith("event"):
            written += rewriting.rewrite_history(table, changes, why)
        else:
            written += rewriting.rewrite_rows(table, "id", changes)
    return written


def forbid_plain_text(tables):
    """Put up the check of each column (`db_check`), which Django makes with a new column and not with one that was there."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name, check in _checks(tables):
            cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" CHECK ({check})')


def allow_plain_text(tables):
    """Take these checks away."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name, _check in _checks(tables):
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')


def _checks(tables):
    for table, fields in tables.items():
        for column, field in fields.items():
            field = copy(field)
            field.set_attributes_from_name(column)
            if (check := field.db_check(connection)) is not None:
                yield table, f"{table}_{column}_sealed", check


def _of_column(field, change):
    """What is made of a stored column: text as it is, JSON as the text that the driver gives."""
    if isinstance(field, EncryptedTextField):
        return lambda stored: field.rewritten(stored, change)

    def of_json(stored):
        before = json.loads(stored)
        after = field.rewritten(before, change)
        return stored if after == before else json.dumps(after, ensure_ascii=False)

    return of_json


def follow(model, field):
    """Work out anew the digests that are not what `LOOKUP_KEY` gives; how many there were."""
    table, column = model._meta.db_table, field.column
    rows = model._base_manager.values_list("pk", field.of, field.name)
    wrong = [
        (encryption.digest(value), pk)
        for pk, value, digest in rows.iterator(chunk_size=BATCH)
        if value and encryption.digest(value) != digest
    ]
    with rewriting.quietly(table) as cursor:
        cursor.executemany(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', wrong)  # noqa: S608
    return len(wrong)
