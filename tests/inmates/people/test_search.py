"""Search and matching over real rows: numbers, names in either script, scope, and who may be the same person."""

from datetime import date

import pytest
from django.db.models import F

from core.sayings import read_each
from inmates.duplicates.matching import LIKELY, compare, likely_same
from inmates.people import search
from inmates.people.models import Alias, Inmate
from inmates.people.models.name_tokens import NameToken, WrittenNames
from tests.factories import make_inmate

pytestmark = pytest.mark.django_db


def person(latin="", arabic="", *aliases, **fields):
    """One person, 'Given Family' in each script, indexed; without admission."""
    given, _, family = latin.partition(" ")
    given_ar, _, family_ar = arabic.partition(" ")
    inmate = Inmate.objects.create(
        given_name_latin=given, family_name_latin=family, given_name_ar=given_ar, family_name_ar=family_ar,
        sort_key=latin or arabic, sex="M", **fields,
    )  # fmt: skip
    for text in aliases:
        Alias.objects.create(inmate=inmate, text=text)
    search.reindex(inmate)
    return inmate


@pytest.fixture
def crowd():
    """Some people beside those whom a test asks for."""
    for latin in ("Rachid Tazi", "Hassan Bennani", "Omar Chraibi", "Said Ouazzani", "Driss Berrada", "Mohamed Tazi"):
        person(latin)
    for arabic in ("كريم الفاسي", "نبيل الحسني", "محمد الحسني", "ياسين الطاهري", "عبد الرحيم حداد"):
        person("", arabic)


def found(text, within=None):
    return list((within if within is not None else Inmate.objects.all()).search(text))


@pytest.mark.parametrize(
    "text",
    [
        "Mohamed El Amrani",
        "mohammed amrani",
        "Amrani Mohamed",
        "Muhammad Lamrani",
        "محمد العمراني",
        "مُحَمَّد عمراني",
        "Mohamed Amr",
        "العمراني مح",
    ],
)
@pytest.mark.parametrize(
    ("latin", "arabic"), [("Mohamed Elamrani", ""), ("", "محمد العمراني"), ("Mohamed Elamrani", "محمد العمراني")]
)
def test_any_script_order_and_spelling(crowd, latin, arabic, text):
    wanted = person(latin, arabic)
    assert found(text)[0] == wanted


def test_another_name_is_not_found(crowd):
    wanted = person("Mohamed Elamrani")
    assert wanted not in found("Youssef Benjelloun")
    assert found("Wxqzt Vkpfg") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\x00",
        "\ud800",
        "%",
        "_",
        "'",
        "\\",
        "a" * 10_000,
        "م " * 5000,
        "1" * 500,
        "-/-",
        "\u200f",
        "{}",
        "NULL",
    ],
)
def test_strange_questions_answer_without_fault(crowd, text):
    assert isinstance(found(text), list)


def test_a_percent_sign_is_no_wildcard(crowd):
    assert found("%%") == []


def test_aliases_are_names(crowd):
    wanted = person("Karim Alaoui", "", "Abou Hafs", "أبو البراء")
    assert found("أبو حفص")[0] == wanted
    assert found("Abu al-Baraa")[0] == wanted


def test_a_name_half_in_each_script_is_found(crowd):
    wanted = Inmate.objects.create(given_name_latin="Karim", family_name_ar="الزهراوي", sort_key="k", sex="M")
    search.reindex(wanted)
    assert found("Karim Zahraoui")[0] == wanted


def test_the_exact_spelling_comes_first(crowd):
    other = person("Mohammed Alaoui")
    wanted = person("Mohamed Alaoui")
    person("", "محمد العلوي")
    assert found("Mohamed Alaoui")[0] == wanted
    assert other in found("Mohamed Alaoui")


def test_one_word_more_or_less_is_tolerated(crowd):
    wanted = person("Mohamed Amine Elamrani")
    assert found("Mohamed Elamrani")[0] == wanted
    assert found("Mohamed Amine Reda Elamrani")[0] == wanted


def test_one_wrong_word_of_three_is_tolerated(crowd):
    wanted = person("", "عبدالرحيم قدوري بنشقرون")
    assert found("Abderrahim Fassi Benchekroun")[0] == wanted


def test_cin_in_any_writing(crowd):
    wanted = person("Karim Alaoui", cin="AB123456")
    assert found("AB123456") == [wanted]
    assert found(" ab 123-456 ") == [wanted]
    assert wanted not in found("AB123457")


def test_half_a_cin_finds_nobody(crowd):
    person("Karim Alaoui", cin="AB123456")
    assert found("AB1234") == found("AB12345") == found("123456") == []


def test_registration_numbers_even_old_ones(unit, officer):
    wanted = make_inmate(unit, by=officer)
    number = wanted.registration_numbers.get()
    type(number).objects.create(
        facility=unit.facility, number="77/4411", inmate=wanted, admission=number.admission, given_on=number.given_on
    )
    assert found(number.number)[0] == wanted
    assert found("77/4411") == [wanted]
    assert found("77/44") == [wanted]
    assert found("٧٧/٤٤١١") == [wanted]
    assert found("99/9999") == []


def test_a_number_before_longer_ones_that_begin_so(crowd, unit, officer):
    longer, wanted = (make_inmate(unit, by=officer, number=number) for number in ("771234", "7712"))
    assert found("7712") == [wanted, longer]


def test_search_stays_inside_its_scope(crowd):
    inside, outside = person("Mohamed Elamrani", cin="AB11111"), person("Mohamed Elamrani", cin="AB22222")
    scope = Inmate.objects.filter(pk=inside.pk)
    assert found("محمد العمراني", scope) == [inside]
    assert found("AB22222", scope) == []
    assert found("Mohamed", Inmate.objects.none()) == []
    assert outside in found("Mohamed Elamrani")


def test_the_scope_of_an_officer(officer, officer2, unit):
    inmate = make_inmate(unit, by=officer, family_name_latin="Elamrani", given_name_latin="Mohamed")
    assert found("محمد العمراني", Inmate.objects.visible_to(officer)) == [inmate]
    assert found("محمد العمراني", Inmate.objects.visible_to(officer2)) == []


def test_the_answer_is_a_queryset_that_goes_on(crowd):
    wanted = person("Mohamed Elamrani")
    answer = Inmate.objects.annotate(born=F("birth_date")).select_related("facility").search("Mohamed Elamrani")
    assert answer.filter(pk=wanted.pk).count() == 1
    assert answer.values_list("pk", flat=True)[0] == wanted.pk


def test_at_most_two_hundred(db):
    people = [
        Inmate(given_name_latin="Mohamed", family_name_latin="Alaoui", sort_key=str(n), sex="M") for n in range(230)
    ]
    search.reindex_many(Inmate.objects.bulk_create(people))
    assert len(found("محمد العلوي")) == search.MOST
    assert len(found("Mohamed")) == search.MOST


def test_queries_do_not_grow(crowd, django_assert_max_num_queries):
    person("Mohamed Elamrani")
    with django_assert_max_num_queries(5):
        found("محمد العمراني")


def test_reindexing_follows_a_correction(crowd):
    inmate = person("Mohamed Elamrani")
    inmate.family_name_latin = "Benjelloun"
    inmate.save()
    search.reindex(inmate)
    assert found("محمد بن جلون")[0] == inmate
    assert inmate not in found("Elamrani")
    assert WrittenNames.objects.filter(inmate=inmate).count() == 1


def test_a_spelling_is_stored_once(crowd):
    before = NameToken.objects.filter(text="mohamed").count()
    person("Mohamed Nouveau")
    person("MOHAMED Ancien")
    assert (before, NameToken.objects.filter(text="mohamed").count()) == (1, 1)


# --- Who may be the same person -------------------------------------------------------------------------------------

AMRANI = {
    "given_name_latin": "Mohamed",
    "family_name_latin": "El Amrani",
    "birth_date": date(1985, 3, 4),
    "birth_precision": "day",
}


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"given_name_latin": "Mohammed", "family_name_latin": "Amrani"},
        {"given_name_latin": "El Amrani", "family_name_latin": "Mohamed"},
        {"given_name_latin": "", "family_name_latin": "", "given_name_ar": "محمد", "family_name_ar": "العمراني"},
        {"birth_date": date(1985, 1, 1), "birth_precision": "year"},
        {"birth_date": date(1985, 3, 1), "birth_precision": "month"},
        {"birth_date": date(1985, 4, 3)},
        {"cin": "BE98765"},
        {"family_name_latin": "Tazi", "birth_date": date(1970, 1, 1), "cin": "ab 12-345"},
    ],
)
def test_likely_the_same(other):
    score, reasons = compare(AMRANI | {"cin": "AB12345"}, AMRANI | other)
    assert score >= LIKELY
    assert reasons


@pytest.mark.parametrize(
    "other",
    [
        {"birth_date": date(1979, 5, 6), "cin": "BE98765"},
        {"birth_date": date(1979, 5, 6)},
        {"given_name_latin": "Rachid"},
        {"family_name_latin": "Tazi"},
        {"given_name_latin": "Ahmed"},
        {"family_name_latin": "El Alami"},
        {"birth_date": date(1984, 1, 1), "birth_precision": "year"},
        {"sex": "F", "birth_date": date(1985, 1, 1), "birth_precision": "year"},
    ],
)
def test_not_the_same(other):
    assert compare(AMRANI | {"cin": "AB12345", "sex": "M"}, AMRANI | other)[0] < LIKELY


def test_same_cin_is_certain():
    assert compare({"cin": "AB12345"}, {"cin": "AB 12345", "family_name_latin": "Tazi"})[0] == 100


def test_comparing_is_the_same_both_ways():
    other = AMRANI | {"given_name_latin": "Mohammed", "cin": "BE98765"}
    assert compare(AMRANI, other)[0] == compare(other, AMRANI)[0]


def test_the_reasons_are_said():
    arabic = {
        "given_name_ar": "محمد",
        "family_name_ar": "العمراني",
        "birth_date": date(1985, 1, 1),
        "birth_precision": "year",
        "cin": "AB12345",
    }
    _, reasons = compare(arabic, arabic | {"birth_date": date(1985, 6, 7), "birth_precision": "day", "cin": "BE98765"})
    assert read_each(reasons) == [
        "same family name in Arabic",
        "same given name in Arabic",
        "birth year 1985 / 1985",
        "CIN differs",
    ]


@pytest.mark.parametrize("identity", [{}, {"cin": ""}, {"family_name_latin": "\x00"}, {"birth_date": date(1985, 1, 1)}])
def test_an_empty_identity_is_like_nobody(crowd, identity):
    assert compare(identity, AMRANI)[0] == 0
    assert likely_same(identity, Inmate.objects.all()) == []


def test_likely_same_looks_through_the_register(crowd):
    same = person("", "محمد العمراني", birth_date=date(1985, 1, 1), birth_precision="year")
    person("Mohamed Elamrani", birth_date=date(1960, 7, 8), cin="BE98765")
    by_cin = person("Said Ouazzani", cin="AB12345")
    matches = likely_same(AMRANI | {"cin": "AB12345"}, Inmate.objects.all())
    assert [(match.inmate, match.score == 100) for match in matches] == [(by_cin, True), (same, False)]
    assert likely_same(AMRANI, Inmate.objects.exclude(pk=same.pk)) == []


def test_a_record_is_not_its_own_duplicate(crowd):
    inmate = person("Mohamed Elamrani", birth_date=date(1985, 3, 4))
    assert likely_same(inmate, Inmate.objects.all()) == []
    twin = person("Mohammed Amrani", birth_date=date(1985, 3, 4))
    assert [match.inmate for match in likely_same(inmate, Inmate.objects.all())] == [twin]
