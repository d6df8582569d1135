"""Pairs of possibly one person: where the line is drawn, what is written, what is left alone."""

from inmates.people.actions import duplicates
from inmates.people.matching import LIKELY, compare
from inmates.people.models import Inmate, PossibleDuplicate


def test_who_is_just_likely_enough_is_kept_as_someone_else(officer, earlier):
    """The same name without a birth date is a likeness of exactly `LIKELY`; with another year it is below."""
    names = {"family_name_latin": "Ben Ali", "given_name_latin": "Mohamed", "sex": "M", "sort_key": "benali"}
    typed, unlike = Inmate.objects.create(**names), Inmate.objects.create(**names, birth_date="1984-09-02")
    unlike.refresh_from_db()
    assert compare(typed, earlier)[0] == LIKELY
    assert compare(unlike, earlier)[0] < LIKELY
    [pair] = duplicates.say_someone_else(typed, [str(earlier.uuid)], by=officer)
    assert (pair.state, pair.score, {pair.first, pair.second}) == ("someone_else", LIKELY, {typed, earlier})
    assert duplicates.say_someone_else(unlike, [str(earlier.uuid)], by=officer) == []
    assert PossibleDuplicate.objects.get() == pair
