"""Passwords that are guessed first: breached ones, and ones put together from plain words and a year."""

import unicodedata
from functools import cache
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from facilities.models import Facility

OWN_WORDS = Path(__file__).with_name("plain_words.txt")
SHORTEST = 4
LEAST = 3  # policy: so many parts make a password; a word is one, however long
AS_LETTERS = str.maketrans("0134578@$!|", "oieastbasil")


@cache
def known_words():
    """Words of breached passwords (Django's list of 20,000, in the package) and of this service (`plain_words.txt`)."""
    breached = CommonPasswordValidator().passwords
    own = {line.strip() for line in OWN_WORDS.read_text().splitlines() if not line.startswith("#")}
    return frozenset(word for word in breached | own if word.isalpha() and len(word) >= SHORTEST)


def plain(text):
    """Lower case, without accents."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(one))


def words_of_prisons():
    """The words in names and codes of the prisons."""
    names = Facility.objects.values_list("code", "name_fr", "city")
    spaced = "".join(one if one.isalpha() else " " for one in plain(" ".join(map(str, sum(names, ())))))
    return {word for word in spaced.split() if len(word) >= SHORTEST}


def parts(password, words):
    """How much of a password has to be guessed: 1 a known word, once; half for each other letter; half for all figures."""
    text, letters = plain(password), plain(password).translate(AS_LETTERS)
    longest = max(map(len, words))
    found, others, figures, at = set(), set(), False, 0
    while at < len(text):
        sizes = range(min(longest, len(text) - at), SHORTEST - 1, -1)
        word = next((letters[at : at + size] for size in sizes if letters[at : at + size] in words), None)
        if word:
            found.add(word)
            at += len(word)
            continue
        if text[at].isdigit():
            figures = True
        elif not text[at].isspace() and text[at].isalnum():
            others.add(text[at])
        at += 1
    return len(found) + len(others) / 2 + figures / 2


class PlainWordsValidator:
    """Refuses what consists of one or two known words with figures and signs around them; four words together are welcome."""

    def validate(self, password, user=None):
        """Raise ValidationError for a password that is guessed soon."""
        if parts(password, known_words() | words_of_prisons()) < LEAST:
            raise ValidationError(
                _(
                    "This is made of words that are tried first. Take four words that have nothing to do with each other."
                ),
                code="password_of_plain_words",
            )

    def get_help_text(self):
        """For the list below the field."""
        return _(
            "Not one or two common words with a year: four words that have nothing to do with each other are good."
        )
