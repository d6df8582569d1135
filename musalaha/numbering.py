"""Certificate numbers: the round, the place in it, and two digits that catch a mistyped or invented one."""

import re

_SHAPE = re.compile(r"^M(\d{2,4})-(\d{3,4})-(\d{2})$")


def _check(cohort_number, sequence):
    return 97 - (cohort_number * 10_000 + sequence) * 100 % 97


def certificate_number(cohort_number, sequence):
    """For example M03-017-52."""
    return f"M{cohort_number:02d}-{sequence:03d}-{_check(cohort_number, sequence):02d}"


def well_formed(number):
    """Whether a number agrees with its check digits; it may still not have been issued."""
    match = _SHAPE.match(tidy(number))
    return bool(match) and int(match[3]) == _check(int(match[1]), int(match[2]))


def tidy(number):
    """A number as typed, in the form that is stored."""
    return re.sub(r"\s", "", number).upper()
