"""The programme's papers: consent, receipt, certificate and the list of pardon files, each with all that it must state."""

import pytest
from django.urls import reverse
from django.utils import translation

from config import clock
from documents import pdf
from documents.letters import UNKNOWN, Choice, Items, Lines, Table, Text
from inmates.people.actions import identity as people
from inmates.people.models import Inmate
from musalaha import papers
from musalaha.actions import enrolments, pardon_files
from tests.documents.reading import facts_of, people_of, signers_of, text_of

SALE = ("Établissement pénitentiaire Salé 2", "المؤسسة السجنية سلا 2")


@pytest.fixture
def issued(running, coordinator):
    """The certificate of the first to graduate."""
    return enrolments.graduate(running.enrolments.first(), exceptions="x", by=coordinator)


@pytest.fixture
def files(issued, person, coordinator):
    """Two files for one occasion: of a graduate, and of somebody outside the programme."""
    graduate, other = issued.enrolment.inmate, person(family_name_ar="", given_name_ar="")
    return [
        pardon_files.open_pardon_file(
            inmate,
            enrolment=enrolment,
            sentence=inmate.sentences.get(),
            requester="inmate",
            occasion="Feast",
            by=coordinator,
        )
        for inmate, enrolment in ((graduate, issued.enrolment), (other, None))
    ]


def offices(letter):
    return (letter.issuer.name_fr, letter.issuer.name_ar)


def test_the_consent_form_states_all_of_it(person):
    inmate, today = person(), clock.today()
    letter = papers.consent(inmate, "en")
    assert offices(letter) == SALE
    assert (letter.place, letter.day, letter.reference) == ("Salé 2", today, f"{today.year}/M1-{inmate.pk}")
    assert letter.recipient == "The coordinator of the programme"
    assert people_of(letter) == [(inmate.name_latin, inmate.name_ar)]
    assert facts_of(letter)["Registration number"] == pdf.code(inmate.registration_number)
    points = next(block for block in letter.blocks if isinstance(block, Items))
    assert points.numbered
    assert any("No pardon" in line for line in points.lines)
    assert any("leave at any time" in line for line in points.lines)
    assert {Choice, Lines} <= {type(block) for block in letter.blocks}
    assert signers_of(letter)["Day, and signature of the inmate"] == inmate.name


def test_only_a_prison_hands_out_the_form(client, person, coordinator, officer):
    inmate = person()
    address = reverse("musalaha:consent", args=[inmate.uuid])
    client.force_login(officer)
    assert "M1-" in text_of(client.get(address).content)
    assert client.get(address, {"language": "de"}).status_code == 404
    never_held = people.register(Inmate(family_name_latin="Alami", sex="M"), by=officer)
    client.force_login(coordinator)
    assert client.get(never_held.get_absolute_url()).status_code == 200
    assert client.get(reverse("musalaha:consent", args=[never_held.uuid])).status_code == 404


def test_the_receipt_states_all_of_it(person, apply, officer):
    application = apply(person(tier=1))
    letter, inmate = papers.receipt(application, "en"), application.inmate
    assert offices(letter) == SALE
    assert (letter.place, letter.day, letter.reference) == ("Salé 2", clock.today(), f"A-{application.pk:06d}")
    assert letter.recipient == inmate.name
    assert people_of(letter) == [(inmate.name_latin, inmate.name_ar)]
    facts = facts_of(letter)
    assert (facts["Asked on"], facts["Recorded by"]) == (application.asked_on, str(officer))
    assert next(block for block in letter.blocks if isinstance(block, Text)).text == application.statement
    assert signers_of(letter) == {"For the prison": str(officer), "Received by the inmate": inmate.name}
    answer = next(block for block in papers.receipt(application, "fr").blocks if isinstance(block, Items))
    assert answer.lines[0].startswith("Niveau 1")


def test_a_receipt_without_the_statement_is_never_built(person, apply):
    application = apply(person())
    application.statement = " "
    with pytest.raises(ValueError, match=r"Text\.text"):
        papers.receipt(application, "fr")


def test_the_certificate_states_all_of_it(issued):
    sheet, inmate = papers.certificate(issued, "en"), issued.enrolment.inmate
    assert offices(sheet) == SALE
    assert (sheet.place, sheet.day, sheet.reference) == ("Salé 2", issued.issued_on, issued.number)
    assert (sheet.recipient, sheet.other_name) == (inmate.name_latin, inmate.name_ar)
    assert "round 3" in sheet.after
    assert [str(one.function) for one in sheet.signatures.signers] == [
        "The coordinator of the programme",
        "The director of the prison",
    ]


def test_the_certificate_of_a_woman_says_so_in_arabic(issued):
    assert papers.certificate(issued, "ar").after.startswith("شارك ")
    Inmate.objects.filter(pk=issued.enrolment.inmate_id).update(sex="F")
    issued.enrolment.refresh_from_db()
    assert papers.certificate(issued, "ar").after.startswith("شاركت ")


def test_a_certificate_without_number_or_day_is_never_built(issued):
    issued.number = ""
    with pytest.raises(ValueError, match="reference"):
        papers.certificate(issued, "fr")
    issued.number, issued.issued_on = "M03-001-13", None
    with pytest.raises(TypeError, match="day"):
        papers.certificate(issued, "fr")


def test_the_pardon_list_states_all_of_it(files, coordinator):
    letter, today = papers.pardon_list("Feast", files, "en", by=coordinator), clock.today()
    assert offices(letter) == ("Administration centrale", "الإدارة المركزية")
    assert (letter.place, letter.day, letter.reference) == ("Rabat", today, f"{today.year}/G-{files[0].pk}")
    assert letter.recipient == "Pardons commission"
    assert letter.subtitle.startswith("2 files.")
    table = next(block for block in letter.blocks if isinstance(block, Table))
    graduate, other = (dict(zip(table.head, row, strict=True)) for row in table.rows)
    assert (graduate["Name"], graduate["Name in the other script"]) == (
        files[0].inmate.name_latin,
        files[0].inmate.name_ar,
    )
    assert graduate["Registration number"] == pdf.code(files[0].inmate.registration_number)
    assert (graduate["Programme"], other["Programme"]) == ("Round 3", UNKNOWN)
    assert other["Name in the other script"] is UNKNOWN
    assert signers_of(letter) == {"Prepared by": str(coordinator), "Checked by": UNKNOWN}


def test_a_prison_prints_its_list_in_its_own_name(files, officer):
    letter = papers.pardon_list("Feast", files, "fr", by=officer)
    assert (offices(letter), letter.place) == (SALE, "Salé 2")


def test_the_list_tells_its_two_numbers_apart_in_arabic(files, coordinator):
    table = papers.pardon_list("Feast", files, "ar", by=coordinator).blocks[0]
    assert (table.head[0], table.head[3]) == ("ر.ت", "رقم الاعتقال")


def test_a_list_without_files_is_never_built(coordinator):
    with pytest.raises(ValueError, match="empty"):
        papers.pardon_list("Feast", [], "fr", by=coordinator)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_sheet_shows_issuer_day_and_number(issued, files, person, apply, coordinator, language):
    application = apply(person())
    made = [
        papers.consent(application.inmate, language),
        papers.receipt(application, language),
        papers.certificate(issued, language),
        papers.pardon_list("Feast", files, language, by=coordinator),
    ]
    with translation.override(language):
        day = set(pdf.day(clock.today()).split())
    for paper in made:
        text = text_of(pdf.render(paper))
        assert paper.issuer.name_fr in text
        assert paper.reference in text
        assert paper.issuer.name_ar.split()[0] in text.split()
        assert day <= set(text.split())
        assert {"Omar"} <= set(text.split())
