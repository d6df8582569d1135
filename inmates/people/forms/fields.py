"""Form fields for what registers write in many ways: births, CIN, names. They read as the register import reads."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from inmates.register_reading.cells import read_cin, read_name
from inmates.register_reading.dates import Birth, read_birth, read_date
from inmates.register_reading.errors import ReaderError
from inmates.register_reading.text import tidy

_CLOCK = re.compile(r"^(?P<day>.*?)[\s,،]+(?P<hour>[01]?\d|2[0-3])[:hH](?P<minute>[0-5]\d)$")
_PRESUMED = {"fr": "présumé", "ar": "مفترض", "en": "presumed"}


def _read(reader, value):
    """The reader's value; its ReaderError as a form's ValidationError."""
    try:
        return reader(value)
    except ReaderError as error:
        raise ValidationError(str(error)) from error


def birth_text(date, precision):
    """A birth as `BirthField` would read it back: 17/05/1985, 05/1985, 1985, présumé 1985."""
    if date is None:
        return ""
    if precision == "presumed":
        word = _PRESUMED.get((get_language() or "")[:2], _PRESUMED["fr"])
        return f"{word} {date:%Y}" if (date.month, date.day) == (1, 1) else f"{word} {date:%d/%m/%Y}"
    return {"day": f"{date:%d/%m/%Y}", "month": f"{date:%m/%Y}"}.get(precision, f"{date:%Y}")


class BirthField(forms.CharField):
    """A birth date as far as it is known, in one box: dd/mm/yyyy, mm/yyyy, a year, "présumé 1974", any digits."""

    def __init__(self, **options):
        options.setdefault("label", _("Birth date"))
        options.setdefault("help_text", _("Day/month/year, or month/year, or the year alone; “presumed 1974”."))
        options.setdefault("max_length", 40)
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "off", "dir": "auto"}

    def prepare_value(self, value):
        return birth_text(value.date, value.precision) if isinstance(value, Birth) else value

    def clean(self, value):
        return _read(read_birth, super().clean(value))


class DayField(forms.CharField):
    """A full date in one box, as people here write it: dd/mm/yyyy, any digits."""

    def __init__(self, **options):
        options.setdefault("max_length", 40)
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "off", "dir": "auto", "placeholder": _("dd/mm/yyyy")}

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else f"{value:%d/%m/%Y}"

    def clean(self, value):
        return _read(read_date, super().clean(value))

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class MomentField(DayField):
    """A day and a time in one box, as people here write it: dd/mm/yyyy hh:mm, any digits. Empty may mean now."""

    def __init__(self, **options):
        options.setdefault("help_text", _("Day and time, for example 17/05/2026 09:30. Empty means now."))
        options.setdefault("required", False)
        super().__init__(**options)
        self.widget.attrs["placeholder"] = _("dd/mm/yyyy hh:mm")

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else f"{timezone.localtime(value):%d/%m/%Y %H:%M}"

    def clean(self, value):
        """The aware moment, None when empty."""
        text = tidy(forms.CharField.clean(self, value))
        if not text:
            return None
        match = _CLOCK.match(text)
        if match is None:
            raise ValidationError(_("Write the day and the time, for example 17/05/2026 09:30."))
        day = super().clean(match["day"])
        naive = timezone.datetime(day.year, day.month, day.day, int(match["hour"]), int(match["minute"]))
        return timezone.make_aware(naive)


class CinField(forms.CharField):
    """A national ID number, put in the form that is stored: "be-100 037" becomes BE100037; nothing becomes None."""

    def __init__(self, **options):
        options.setdefault("label", _("National ID card (CIN)"))
        options.setdefault("help_text", _("One or two letters and 5 to 8 digits. Foreigners have none."))
        options.setdefault("max_length", 30)
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}

    def clean(self, value):
        return _read(read_cin, super().clean(value))


class NameField(forms.CharField):
    """One part of a name in one script; spaces tidied, all capitals made small."""

    def __init__(self, *, arabic=False, **options):
        options.setdefault("max_length", 80)
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false", "dir": "rtl" if arabic else "ltr"}
        if arabic:
            self.widget.attrs["lang"] = "ar"

    def clean(self, value):
        return _read(read_name, super().clean(value)) or ""
