"""The order to release: what it must state, and whose word it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from config import clock
from documents import pdf
from documents.letters import UNKNOWN
from inmates.custody import papers
from inmates.custody.actions import admissions, releases
from inmates.custody.models import Admission, DetentionOrder, Placement
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon
from inmates.transfers import actions as transfers
from musalaha.actions import pardon_follow_through
from tests.documents.reading import facts_of, people_of, signers_of, text_of
from tests.factories import NEEDS_TO_KNOW, ago, make_inmate

LANGUAGES = ["ar", "fr", "en"]


@pytest.fixture
def stay(unit, officer):
    """A stay that ended today, after two years."""
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2, cin="BE100037")
    releases.release(inmate, ground="term_served", reference="2026/118", by=officer)
    return inmate.admissions.get()


def test_the_order_to_release_states_all_of_it(stay, officer):
    letter, inmate = papers.release_order(stay, "en", NEEDS_TO_KNOW), stay.inmate
    today = clock.today()
    assert (letter.issuer.name_fr, letter.issuer.name_ar) == (
        "Établissement pénitentiaire Salé 2",
        "المؤسسة السجنية سلا 2",
    )
    assert (letter.place, letter.day) == ("Salé 2", today)
    assert letter.reference == f"{today.year}/L-{stay.pk}"
    assert letter.recipient == "Registry of the prison"
    assert people_of(letter) == [(inmate.name_latin, inmate.name_ar)]
    facts = facts_of(letter)
    assert facts["Registration number"] == pdf.code(inmate.registration_number)
    assert facts["National ID card (CIN)"] == pdf.code("BE100037")
    assert facts["Detention order"] == pdf.code(stay.order.reference)
    assert facts["Ground of release"] == "Term served"
    assert facts["Decision or paper"] == pdf.code("2026/118")
    assert facts["Released on"] == f"{pdf.day(today)}, {timezone.localtime(stay.released_at):%H:%M}"
    assert signers_of(letter) == {
        "Records officer": str(officer),
        "The director of the prison": UNKNOWN,
        "Received by the person released": inmate.name,
    }


def test_what_a_stay_may_lack_is_a_dash(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2, family_name_ar="", given_name_ar="")
    releases.release(inmate, ground="term_served", by=officer)
    letter = papers.release_order(inmate.admissions.get(), "fr", NEEDS_TO_KNOW)
    assert people_of(letter) == [(inmate.name_latin, UNKNOWN)]
    facts = facts_of(letter)
    assert (facts["Carte nationale (CIN / CNIE)"], facts["Décision ou pièce"]) == (UNKNOWN, UNKNOWN)
    assert text_of(pdf.render(letter)).count("—") == 3


@pytest.fixture
def pardoned(inmate, officer, coordinator, reviewer):
    """A stay that a royal pardon ended, with what was checked at the door."""
    made = pardon_follow_through.record_pardon(
        Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="remainder", requester="own_motion"),
        reference="2026/07-30",
        dated_on=clock.today(),
        by=coordinator,
    )
    pardon_follow_through.verify_pardon(made, by=reviewer)
    return releases.release(
        inmate, ground="pardon", identity_check="Card BE1", property_return="Effects, 320 dirhams", by=officer
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_to_release_names_case_sentence_ground_and_instrument(pardoned, language):
    case, sentence = pardoned.inmate.cases.get(), pardoned.inmate.sentences.get()
    with translation.override(language):
        letter = papers.release_order(pardoned, language, NEEDS_TO_KNOW)
        facts = list(facts_of(letter).values())
        term, day = sentence.term_in_words, pdf.day(sentence.starts_on)
        instrument = pdf.day(clock.today())
        assert facts_of(letter)[translation.gettext("Ground of release")] == pardoned.get_ground_display()
    assert f"{pdf.code(case.number)} · Rabat" in facts
    assert any(str(fact).startswith(term) and day in str(fact) for fact in facts)
    assert any("2026/07-30" in str(fact) and instrument in str(fact) for fact in facts)
    assert people_of(letter) == [(pardoned.inmate.name_latin, pardoned.inmate.name_ar)]
    text = text_of(pdf.render(letter))
    for words in (case.number, "2026/07-30", "Card BE1", "Effects, 320 dirhams"):
        assert words in text


def test_the_order_stays_as_it_was_when_the_record_goes_on(pardoned, officer):
    before = facts_of(papers.release_order(pardoned, "en", NEEDS_TO_KNOW))
    sentences.open_case(pardoned.inmate, court="Fès", number="900/2030", by=officer)
    pardoned.inmate.sentences.update(years=9)
    pardoned.refresh_from_db()
    assert facts_of(papers.release_order(pardoned, "en", NEEDS_TO_KNOW)) == before


def test_a_release_of_before_names_the_cases_that_are_on_record(stay):
    stay.release_file = None
    case = stay.inmate.cases.get()
    facts = facts_of(papers.release_order(stay, "en", NEEDS_TO_KNOW))
    assert facts["Case"] == f"{pdf.code(case.number)} · Rabat"
    assert facts["Sentence"].startswith("2 years, counted from")


def test_an_earlier_stays_cases_are_not_on_the_later_ones_order(stay, unit, officer):
    inmate = stay.inmate
    inmate.refresh_from_db()
    Admission.objects.filter(pk=stay.pk).update(released_at=ago(30))
    Placement.objects.filter(admission=stay).update(during=(stay.admitted_at, ago(30)))
    order = DetentionOrder(kind="remand", authority="R", reference="Again", issued_on=clock.today())
    moment = clock.now() - timedelta(hours=1)
    admissions.admit(
        inmate, unit=unit, order=order, legal_status="remand", registration_number="990", admitted_at=moment, by=officer
    )
    sentences.open_case(inmate, court="Fès", number="901/2030", on_remand=True, by=officer)
    later = releases.release(inmate, ground="provisional", reference="O-1", by=officer)
    facts = facts_of(papers.release_order(later, "en", NEEDS_TO_KNOW))
    assert facts["Case"] == f"{pdf.code('901/2030')} · Fès"
    assert "Sentence" not in facts


def test_a_director_who_releases_signs_as_director(unit, officer, director):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    releases.release(inmate, ground="term_served", by=director)
    signers = signers_of(papers.release_order(inmate.admissions.get(), "en", NEEDS_TO_KNOW))
    assert (signers["Records officer"], signers["The director of the prison"]) == (UNKNOWN, str(director))


def test_the_prison_that_releases_speaks_and_its_number_counts(unit, officer, officer2, director, other_prison):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    transfer = transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    transfers.approve(transfer, by=director)
    transfers.accept(transfer, by=officer2)
    transfers.depart(transfer, by=officer)
    transfers.arrive(transfer, unit=other_prison.units.get(), registration_number="77", by=officer2)
    releases.release(Inmate.objects.get(pk=inmate.pk), ground="term_served", by=officer2)
    letter = papers.release_order(inmate.admissions.get(), "en", NEEDS_TO_KNOW)
    assert letter.issuer.name_fr == "Établissement pénitentiaire Toulal 2"
    assert letter.place == "Toulal 2"
    assert facts_of(letter)["Registration number"] == pdf.code("77")


def test_a_prison_without_a_name_writes_no_order(stay, prison):
    prison.name_ar = " "
    prison.save()
    with pytest.raises(ValueError, match="sale-2"):
        papers.release_order(stay, "fr", NEEDS_TO_KNOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_shows_issuer_day_person_and_number(stay, language):
    text = text_of(pdf.render(papers.release_order(stay, language, NEEDS_TO_KNOW)))
    number, year = stay.inmate.registration_number, str(clock.today().year)
    for words in ("Salé 2", stay.inmate.name_latin, number, f"{year}/L-{stay.pk}", "2026/118"):
        assert words in text
    assert {"السجنية", "سلا", "عمر", "التازي"} <= set(text.split())
    with translation.override(language):
        assert set(pdf.day(clock.today()).split()) <= set(text.split())


def test_arabic_names_functions_as_morocco_does(stay):
    signers = signers_of(papers.release_order(stay, "ar", NEEDS_TO_KNOW))
    assert list(signers) == ["موظف الضبط القضائي", "مدير المؤسسة السجنية", "تسلمه المفرج عنه"]
    Inmate.objects.filter(pk=stay.inmate_id).update(sex="F")
    stay.refresh_from_db()
    assert "تسلمته المفرج عنها" in signers_of(papers.release_order(stay, "ar", NEEDS_TO_KNOW))


def test_the_page_answers_with_the_paper(client, stay, officer, officer2):
    client.force_login(officer)
    release = reverse("inmates:release_paper", args=[stay.inmate.uuid, stay.uuid])
    assert f"L-{stay.pk}" in text_of(client.get(release).content)
    client.force_login(officer2)
    assert client.get(release).status_code == 404


@pytest.mark.parametrize("part", ["issuer", "place", "day", "reference", "recipient", "blocks"])
def test_an_order_without_a_part_is_never_built(stay, part):
    letter = papers.release_order(stay, "fr", NEEDS_TO_KNOW)
    with pytest.raises(TypeError, match=part):
        replace(letter, **{part: None})
