"""Fields of models whose values stand encrypted in the database (`core.encryption`), and the digest that finds one whole.

The database holds a token of Fernet, or nothing where nothing is known: that a field is empty can be seen and asked for,
and nothing else. It refuses plain text in these columns (a check on each), and a query that would compare one
raises. A value that was read keeps its token until it is changed, so that a row saved again stays as it was signed
and leaves no history.
"""

import json

from django.apps import apps
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.lookups import Exact, IsNull
from django.db.models.query_utils import DeferredAttribute

from core import encryption


class Opened(str):
    """A text that was read, with the token it was read from."""

    __slots__ = ("sealed",)

    def __new__(cls, text, sealed):
        """The text of a token."""
        opened = super().__new__(cls, text)
        opened.sealed = sealed
        return opened

    def __reduce__(self):
        return (str, (str(self),))


class _Opened:
    """What was read of a JSON column: the stored form goes back as it came, as long as the content is the same."""

    sealed = None
    content = None

    def __reduce__(self):
        plain = dict if isinstance(self, dict) else list
        return (plain, (plain(self),))


class OpenedDict(_Opened, dict):
    """An object that was read."""


class OpenedList(_Opened, list):
    """A list that was read."""


class KeepsToken(DeferredAttribute):
    """Gives a value; the same value written again leaves the one that was read, and so its token, in its place."""

    def __set__(self, instance, value):
        before = instance.__dict__.get(self.field.attname)
        again = type(value) not in (Opened, OpenedDict, OpenedList) and isinstance(before, (Opened, _Opened))
        instance.__dict__[self.field.attname] = before if again and before == value else value


def kept_tokens(before, values):
    """`{name: value}`, of which those that `before` says already are its own, with their tokens; `before` may be None.

    For rows that are written over others without being read into them.
    """
    return {
        name: getattr(before, name) if before is not None and getattr(before, name) == value else value
        for name, value in values.items()
    }


class Empty(Exact):
    """The one thing that can be asked of a token: whether there is none."""

    def __init__(self, lhs, rhs):
        if rhs not in (None, "", [], {}):
            raise FieldError("an encrypted value is compared with nothing; look for its digest")
        super().__init__(lhs, rhs)


class _Encrypted:
    descriptor_class = KeepsToken

    def get_lookup(self, lookup_name):
        """Only whether it is empty."""
        return {"exact": Empty, "isnull": IsNull}.get(lookup_name)

    def get_transform(self, lookup_name):
        """None: no part of it can be read by a query."""
        return None


class EncryptedTextField(_Encrypted, models.TextField):
    """A text that stands encrypted. `max_length` counts its letters, and forms then give it one line."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def db_check(self, connection):
        """No plain text."""
        column = connection.ops.quote_name(self.column)
        return f"{column} = '' OR starts_with({column}, '{encryption.SEALED}')"

    def from_db_value(self, value, expression, connection):
        """The text."""
        return value if not value else Opened(encryption.decrypt(value), value)

    def get_prep_value(self, value):
        """Its token; the one it was read from, where it was read."""
        value = super().get_prep_value(value)
        if not value:
            return value
        return value.sealed if isinstance(value, Opened) else encryption.encrypt(value)

    def pre_save(self, model_instance, add):
        """The value with its token, which the record keeps: saved once more it is the same row."""
        value = super().pre_save(model_instance, add)
        if value and isinstance(value, str) and not isinstance(value, Opened):
            value = Opened(value, encryption.encrypt(value))
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **options):
        """One line where the length is limited, as of a `CharField`."""
        if self.max_length is not None and not self.choices:
            return models.Field.formfield(self, **{"max_length": self.max_length} | options)
        return super().formfield(**options)

    def rewritten(self, stored, change):
        """The column's value with `change` made to its token, or to its plain text where it is no token yet."""
        return change(stored) if stored else stored


class _EncryptedJSON(_Encrypted, models.JSONField):
    def from_db_value(self, value, expression, connection):
        """The content, opened."""
        stored = super().from_db_value(value, expression, connection)
        return self._opened(self.walk(stored, _open), stored)

    def pre_save(self, model_instance, add):
        """As of a text."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, (dict, list)) and not (isinstance(value, _Opened) and self._text(value) == value.content):
            content = json.loads(self._text(value))
            value = self._opened(content, self.walk(content, _seal))
            setattr(model_instance, self.attname, value)
        return value

    def _opened(self, content, stored):
        if not isinstance(content, (dict, list)):
            return content
        opened = (OpenedDict if isinstance(content, dict) else OpenedList)(content)
        opened.sealed, opened.content = stored, self._text(content)
        return opened

    def get_db_prep_value(self, value, connection, prepared=False):
        """The stored form."""
        if value is None or hasattr(value, "as_sql"):
            return super().get_db_prep_value(value, connection, prepared)
        if isinstance(value, _Opened) and self._text(value) == value.content:
            stored = value.sealed
        else:
            stored = self.walk(json.loads(self._text(value)), _seal)
        return connection.ops.adapt_json_value(stored, self.encoder)

    def _text(self, value):
        return json.dumps(value, cls=self.encoder, ensure_ascii=False, sort_keys=True)

    def rewritten(self, stored, change):
        """As of a text; plain values are given to `change` as JSON, and taken from it."""

        def changed(one):
            new = change(one if _is_token(one) else json.dumps(one, ensure_ascii=False))
            return new if _is_token(new) else json.loads(new)

        return self.walk(stored, changed)


class EncryptedJSONField(_EncryptedJSON):
    """JSON that stands encrypted as a whole; an empty list or object stands as it is."""

    def db_check(self, connection):
        """A token, or nothing."""
        column = connection.ops.quote_name(self.column)
        return f"{column} IN ('[]', '{{}}') OR starts_with({column} #>> '{{}}', '{encryption.SEALED}')"

    def walk(self, stored, change):
        """The value with `change` made to it, unless there is none."""
        return stored if stored is None or stored in ([], {}) else change(stored)


class PartlyEncryptedJSONField(_EncryptedJSON):
    """JSON that repeats values of other records by the names of their fields: those that stand encrypted there do so here.

    Of `{"cin": [before, after], "sex": [before, after]}` the two values of the first are tokens. Triggers read the others.
    """

    def walk(self, stored, change):
        """The value with `change` made to each value under the name of an encrypted field."""
        return _walk(stored, change, encrypted_names())


def _walk(value, change, names, sensitive=False):
    if isinstance(value, dict):
        return {key: _walk(one, change, names, sensitive or key in names) for key, one in value.items()}
    if isinstance(value, list):
        return [_walk(one, change, names, sensitive) for one in value]
    return change(value) if sensitive and value not in (None, "") else value


def _is_token(value):
    return isinstance(value, str) and value.startswith(encryption.SEALED)


def _seal(value):
    return encryption.encrypt(json.dumps(value, ensure_ascii=False))


def _open(stored):
    return json.loads(encryption.decrypt(stored)) if _is_token(stored) else stored


class FollowsField(DeferredAttribute):
    """The digest of the other field as it stands on the instance."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        value = getattr(instance, self.field.of)
        return encryption.digest(value) if value else None

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class DigestField(models.CharField):
    """The digest of another field of the same record, under `LOOKUP_KEY`: unique where that one is, and found whole."""

    descriptor_class = FollowsField

    def __init__(self, *args, of="", **options):
        self.of = of
        super().__init__(*args, **{"max_length": 64, "null": True, "editable": False} | options)

    def deconstruct(self):
        """With the field that it follows."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance, add):
        """What the other field says now."""
        return getattr(model_instance, self.attname)


def encrypted_fields(row_history=False):
    """`(model, field)` of every encrypted column; of the row histories instead, where these are asked for."""
    return [
        (model, field)
        for model in apps.get_models()
        if hasattr(model, "pgh_tracked_model") == row_history
        for field in model._meta.concrete_fields
        if isinstance(field, _Encrypted)
    ]


def encrypted_names():
    """The names of all encrypted columns that are a value of their own."""
    if not _names:
        _names.update(
            field.name for _model, field in encrypted_fields() if not isinstance(field, PartlyEncryptedJSONField)
        )
    return _names


_names: set = set()
