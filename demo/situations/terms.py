"""More of what courts and committees say, of people whom the tour knows already: parts of terms, fines, the law of the day."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from config import clock
from demo.situations.casting import also, situation
from demo.situations.judgments import LOCAL, another_sentence
from inmates.court_papers import actions as court_papers
from inmates.fines import actions as fines
from inmates.people import corrections as correctables
from inmates.people.actions import corrections, identity
from inmates.sentences import actions as sentences
from inmates.sentences.actions import reductions
from inmates.sentences.models import Offence
from inmates.terms import Term, step


def _scan(*lines):
    """A made-up sheet of paper as a picture."""
    picture = Image.new("L", (420, 594), 255)
    pen = ImageDraw.Draw(picture)
    for n, line in enumerate(("SPECIMEN", *lines)):
        pen.text((40, 60 + 40 * n), line, fill=0)
    stored = io.BytesIO()
    picture.save(stored, "PNG")
    return SimpleUploadedFile("scan.png", stored.getvalue(), content_type="image/png")


@also("44032", day=40)
def partly_suspended(scene):
    """Three years of which one is suspended, to be served after the first sentence."""
    second = another_sentence(scene, "32/2105", starts_on=clock.today(), years=3, suspended_years=1)
    sentences.relate(second, relation="cumulated", decision="Arrêt 32/2610", by=scene.officer)


@also("44038", day=30)
def cumulated_in_part(scene):
    """Of nine years and four the court made eleven in all."""
    second = another_sentence(scene, "38/2105", starts_on=clock.today(), years=4)
    sentences.relate(second, relation="partly", total=Term(11), decision="Arrêt de confusion 38/2610", by=scene.officer)


@also("44035", day=30)
def absorbed_earlier(scene):
    """An absorbed sentence under which days were held before the severest began: a person settles whether they count."""
    first = scene.inmate.sentences.get()
    second = another_sentence(
        scene, "35/2105", starts_on=step(first.starts_on, -6), pronounced_on=first.pronounced_on, months=10,
        held_elsewhere="Prison locale d'Oujda, certificat de présence 35/2105",
    )  # fmt: skip
    sentences.relate(second, relation="confused", decision="Arrêt de confusion 35/2610", by=scene.officer)


@also("44031", day=5)
def reduced_by_the_committee(scene):
    """An automatic reduction, on the committee's decision, by two people; whether the law reaches terrorism was confirmed."""
    reductions.reduce_term(
        scene.inmate.sentences.get(), source="automatic", decided_on=clock.today(), months=1, confirmed=True,
        reference="Commission du juge de l'application des peines 31/2610", by=scene.officer,
    )  # fmt: skip
    for waiting in scene.inmate.corrections.waiting().filter(subject="reduction"):
        corrections.confirm(waiting, by=scene.director)


@situation("44059", "Jazouli", "Anouar", "الجزولي", "أنوار", term=Term(6), started=1000, day=1)
def reduction_waits(scene):
    """An automatic reduction entered yesterday: until a second person confirms, it takes nothing from the term."""
    reductions.reduce_term(
        scene.inmate.sentences.get(), source="automatic", decided_on=clock.today(), months=1, confirmed=True,
        reference="Commission du juge de l'application des peines 59/2610", by=scene.officer,
    )  # fmt: skip


@also("44039", day=20)
def fine_paid_in_part(scene):
    """A fine of 5,000 dirhams, of which 1,500 were paid against a receipt; the judgment is scanned."""
    sentence = scene.inmate.sentences.get()
    fine = fines.record_fine(sentence.case, amount=5000, imposed_on=sentence.pronounced_on, by=scene.officer)
    fines.pay_fine(fine, amount=1500, paid_on=clock.today(), receipt="Quittance 39/2610", by=scene.officer)
    court_papers.attach_court_paper(sentence, paper="judgment", scan=_scan(str(sentence.case.number)), by=scene.officer)


@also("44044", day=35)
def judged_under_the_law_of_then(scene):
    """A judgment of 2012, entered years later with today's article: the case takes the article as it stood."""
    today = Offence.objects.in_force_on(clock.today()).get(code="218-2")
    another_sentence(
        scene,
        "44/2012",
        starts_on=date(2012, 1, 9),
        pronounced_on=date(2012, 5, 10),
        years=2,
        offences=[today],
        held_elsewhere="Prison locale d'Oujda, certificat de présence 44/2012",
    )


@also("44033", day=2)
def birth_that_unmakes_a_minor(scene):
    """A year of birth typed wrong, or not: whether somebody is a minor is not moved by one person."""
    inmate = scene.inmate
    identity.correct_identity(
        inmate, changes={"birth_date": step(inmate.birth_date, -24)}, version=inmate.version,
        why="Année de naissance mal recopiée de l'acte.", paper="Acte de naissance 33/2610", by=scene.officer,
    )  # fmt: skip


@also("44030", day=4)
def case_of_another_person(scene):
    """A case entered for the wrong person: annulled, it stays readable."""
    case = sentences.open_case(scene.inmate, court=LOCAL, number="30/2105", by=scene.officer)
    corrections.annul(
        correctables.find("case"), case, why="Dossier d'un homonyme, saisi sur la mauvaise fiche.",
        paper="Note du parquet 30/2610", by=scene.officer,
    )  # fmt: skip
