"""Certificate numbers that can be checked: the round, the place in it, and two digits that catch a mistyped or
invented one.
"""

import re

_SHAPE = re.compile(r"^M(\d{2,4})-(\d{3,4})-(\d{2})$")


def _check(round_number, sequence):
    return 97 - (round_number * 10_000 + sequence) * 100 % 97


def certificate_number(round_number, sequence):
    """For example M03-017-52."""
    return f"M{round_number:02d}-{sequence:03d}-{_check(round_number, sequence):02d}"


def well_formed(number):
    """Whether a number agrees with its check digits; it may still not have been issued."""
    found = _SHAPE.match(tidy(number))
    return bool(found) and int(found[3]) == _check(int(found[1]), int(found[2]))


def tidy(number):
    """As typed, in the form that is stored."""
    return re.sub(r"\s", "", number).upper()
