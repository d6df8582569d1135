"""Telling a person of a decision about them (*notification*): how, in which language, and with whose help."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import clock


class How(models.TextChoices):
    """How somebody was told."""

    READ_AND_HANDED = "read_and_handed", gettext_lazy("Read out and handed over")
    HANDED = "handed", gettext_lazy("Handed over")
    READ = "read", gettext_lazy("Read out")


# How registers write the languages in which a notice can be given.
NOTICE_LANGUAGES = {"ar": ("ar", "arabic", "darija"), "fr": ("fr", "french"), "en": ("en", "english")}


def spoken_by(inmate):
    """The languages of notices that the person understands, as far as the record says."""
    known = {language.lower() for language in inmate.languages}
    return {code for code, names in NOTICE_LANGUAGES.items() if known.intersection(names)}


def language_for(inmate):
    """The language of a notice to this person: one of theirs where there is one, else Arabic."""
    return next((code for code in ("ar", "fr", "en") if code in spoken_by(inmate)), "ar")


def why_not_told(inmate, *, decided_on, served_on, how, language, interpreter):
    """`{field: message}` of what is wrong with the service of a notice; empty where nothing is.

    In a language that the person is known not to understand it takes an interpreter, by name.
    """
    errors = {}
    if served_on > clock.today():
        errors["served_on"] = _("This day lies in the future.")
    elif served_on < decided_on:
        errors["served_on"] = _("This day lies before the decision.")
    if how not in How.values:
        errors["how"] = _("Say how the person was told.")
    if language not in ("ar", "fr", "en"):
        errors["language"] = _("Choose the language of the notice.")
    elif inmate.languages and language not in spoken_by(inmate) and not interpreter.strip():
        errors["interpreter"] = _("This person does not understand the language of the notice: name the interpreter.")
    return errors
