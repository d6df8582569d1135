"""Names, days, tiers and shares as pages show them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.html import strip_tags

TODAY = date(2019, 3, 13)


@pytest.fixture(autouse=True)
def moved_clock(settings):
    settings.TODAY = TODAY


def show(source, language="en", **values):
    with translation.override(language):
        return Template(source).render(Context(values))


def words(source, language="en", **values):
    return " ".join(strip_tags(show(source, language, **values)).split())


def inmate(**names):
    empty = dict.fromkeys(["family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar"], "")
    return SimpleNamespace(**{**empty, **names}, get_absolute_url=lambda: "/inmates/some/")


MOHAMMED = inmate(
    family_name_latin="El Alaoui", given_name_latin="Mohammed", family_name_ar="العلوي", given_name_ar="محمد"
)


@pytest.mark.parametrize(
    ("language", "day", "expected"),
    [
        ("en", date(2015, 3, 12), "12 Mar 2015"),
        ("fr", date(2015, 3, 12), "12 mars 2015"),
        ("fr", date(2015, 3, 1), "1er mars 2015"),
        ("fr", date(2015, 3, 11), "11 mars 2015"),
        ("ar", date(2015, 3, 12), "12 مارس 2015"),
        ("ar", date(2017, 7, 1), "1 يوليوز 2017"),
        ("ar", date(2017, 8, 20), "20 غشت 2017"),
        ("ar", date(2018, 5, 5), "5 ماي 2018"),
        ("ar", date(2018, 12, 31), "31 دجنبر 2018"),
    ],
)
def test_a_day_has_its_month_in_letters(language, day, expected):
    assert show("{{ d|day }}", language, d=day) == f'<bdi class="day">{expected}</bdi>'
    assert show("{{ d|day_text }}", language, d=day) == expected


def test_no_day_shows_nothing():
    assert show("{{ d|day }}{{ d|moment }}{% due d %}", d=None) == ""


def test_a_moment_is_in_moroccos_time():
    moment = datetime(2019, 2, 11, 23, 30, tzinfo=UTC)
    assert words("{{ m|moment }}", m=moment) == "12 Feb 2019, 00:30"
    assert words("{{ m|day }}", m=moment) == "12 Feb 2019"


@pytest.mark.parametrize(
    ("precision", "long", "short"),
    [
        ("day", "7 Jun 1979", "7 Jun 1979"),
        ("month", "June 1979 (month only)", "June 1979"),
        ("year", "1979 (year only)", "1979"),
        ("presumed", "presumed 1979", "presumed 1979"),
    ],
)
def test_a_birth_is_no_more_exact_than_it_is_known(precision, long, short):
    assert words("{{ d|birth:p }}", d=date(1979, 6, 7), p=precision) == long
    assert words("{{ d|birth_short:p }}", d=date(1979, 6, 7), p=precision) == short


def test_an_unknown_birth_says_so():
    assert words("{{ d|birth:'day' }}", d=None) == "not known"


@pytest.mark.parametrize(
    ("day", "expected", "tone"),
    [
        (date(2019, 3, 12), "1 day late", "late"),
        (date(2019, 3, 1), "12 days late", "late"),
        (date(2019, 3, 13), "today", "soon"),
        (date(2019, 3, 14), "in 1 day", "soon"),
        (date(2019, 4, 3), "in 21 days", "soon"),
        (date(2019, 5, 30), "in 78 days", "none"),
    ],
)
def test_overdue_after_the_day_never_on_it(day, expected, tone):
    shown = show("{% due d %}", d=day)
    assert strip_tags(shown) == expected
    assert f"pill-{tone}" in shown


def test_a_far_day_stands_without_a_pill():
    assert words("{% due_on d %}", d=date(2019, 5, 30)) == "30 May 2019"
    assert words("{% due_on d %}", d=date(2019, 3, 1)) == "1 Mar 2019 12 days late"
    assert words("{% due_on d short=True %}", d=date(2019, 3, 1)) == "1 Mar 2019 12 d late"


@pytest.mark.parametrize(
    ("tier", "shape", "name"),
    [(1, "▲", "Tier 1, most dangerous"), (2, "◆", "Tier 2, reconcilable"), (3, "●", "Tier 3, lower risk")],
)
def test_a_tier_is_told_by_word_shape_and_colour(tier, shape, name):
    shown = show("{% tier t long=True %}", t=tier)
    assert strip_tags(shown) == f"{shape} {name}"
    assert f"tier-{tier}" in shown
    assert words("{% tier t %}", t=tier) == f"{shape} Tier {tier}"
    assert f'<span class="visually-hidden">Tier {tier}</span>' in show("{% tier t short=True %}", t=tier)


@pytest.mark.parametrize("tier", [None, "", 4, "high"])
def test_no_tier_is_a_dash_and_never_a_guess(tier):
    shown = show("{% tier t %}", t=tier)
    assert strip_tags(shown) == "— not yet classified"
    assert "tier-" not in shown


def test_an_unclassified_person_shows_when_the_first_tier_is_due():
    assert words("{% tier None due=d %}", d=date(2019, 3, 20)) == "first due 20 Mar 2019"
    assert "pill-late" in show("{% tier None due=d %}", d=date(2019, 3, 12))


@pytest.mark.parametrize(
    ("n", "of", "expected"),
    [
        (155, 239, "64.9 % (155 of 239)"),
        (0, 75, "0.0 % (0 of 75)"),
        (0, 0, "— (0 of 0)"),
        (1204, 1204, "100.0 % (1,204 of 1,204)"),
    ],
)
def test_a_share_always_shows_its_denominator(n, of, expected):
    assert words("{% pct n of %}", n=n, of=of) == expected


def test_a_share_follows_the_language():
    assert "64,9 %" in words("{% pct 155 239 %}", "fr")
    assert show("{{ 45108|number }}", "ar") == "45.108"
    assert [show("{{ n|number }}", "en", n=Decimal(n)) for n in ("5000.00", "7.50")] == ["5,000", "7.50"]


@pytest.mark.parametrize(("held", "tone"), [(0, "ok"), (53, "ok"), (54, "soon"), (60, "soon"), (61, "late")])
def test_occupancy_turns_red_only_above_the_places(held, tone):
    shown = show("{% occupancy held 60 %}", held=held)
    assert f"bar-{tone}" in shown
    assert f"{held} of 60" in shown
    assert ("1 over" in shown) is (held > 60)


def test_a_bar_never_leaves_its_ground():
    assert 'width="100"' in show("{% bar 90 60 %}").split("bar-part")[1]
    assert 'width="0"' in show("{% bar 0 0 %}").split("bar-part")[1]


def test_the_readers_script_comes_first():
    assert words("{% person i %}", i=MOHAMMED) == "EL ALAOUI Mohammed محمد العلوي"
    assert words("{% person i %}", "ar", i=MOHAMMED) == "محمد العلوي EL ALAOUI Mohammed"
    assert '<a href="/inmates/some/">' in show("{% person i %}", i=MOHAMMED)
    assert "<a" not in show("{% person i link=False %}", i=MOHAMMED)


def test_a_name_known_in_one_script_stands_alone():
    only_latin = inmate(family_name_latin="Smith", given_name_latin="John")
    assert words("{% person i %}", "ar", i=only_latin) == "SMITH John"
    assert show("{{ i|other_name }}", "ar", i=only_latin) == ""
    assert show("{{ i|name }}", i=inmate()) == "name not recorded"


def test_a_name_cannot_carry_markup():
    shown = show("{% person i %}", i=inmate(family_name_latin="<b>x", given_name_latin='"&'))
    assert "<b>" not in shown.lower()
    assert "&lt;B&gt;X &quot;&amp;" in shown


@pytest.mark.parametrize(
    ("language", "arrow", "listed"), [("en", "→", "a, b"), ("fr", "→", "a, b"), ("ar", "←", "a، b")]
)
def test_arrows_and_commas_follow_the_direction_of_reading(language, arrow, listed):
    assert show("{% to %}", language) == arrow
    assert show("{{ names|listed }}", language, names=["a", "b"]) == listed
    assert show("a{% comma %}b", language) == listed


@pytest.mark.parametrize(("language", "expected"), [("en", "a: b"), ("fr", "a\xa0: b"), ("ar", "a: b")])
def test_a_colon_has_the_space_that_french_puts_before_it(language, expected):
    assert show("a{% colon %}b", language) == expected


def test_what_is_listed_is_escaped():
    assert show("{{ names|listed }}", names=["<i>"]) == "&lt;i&gt;"
