"""Passwords that are guessed first are refused, offline; four words together are taken."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.passwords import known_words, parts


@pytest.mark.parametrize(
    "password",
    [
        "password12345",
        "P@ssw0rd2026!",
        "Casablanca2026!",
        "Motdepasse-2026",
        "azertyuiop123",
        "PrisonMaroc2026",
        "Établissement1",
        "musalaha-musalaha",
        "Zz-11111111111",
        "Toulal-2-Toulal-2",
    ],
)
def test_what_is_tried_first_is_refused(prison, other_prison, password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["palm-tree-and-river-19", "olive bridge quiet engine", "xK7vQm2pLw9t", "زيتون وجسر ومحرك هادئ"]
)
def test_what_nobody_tries_is_taken(prison, password):
    validate_password(password)


def test_the_words_of_a_prison_are_the_registers_own(prison, other_prison):
    other_prison.name_fr = "Zagzigoumt"
    other_prison.save()
    with pytest.raises(ValidationError):
        validate_password("Zagzigoumt-2026")
    other_prison.name_fr = "Toulal 2"
    other_prison.save()
    validate_password("Zagzigoumt-2026")


def test_a_word_counts_once():
    assert parts("prisonprison2026", known_words()) == 1.5
