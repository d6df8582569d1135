"""What was typed wrong: a correction in each state, and a record entered for the wrong person."""

from datetime import timedelta

from demo.situations.casting import situation
from inmates.conditions.actions import contacts
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.terms import Term

WHY = "Terme mal recopié de l'arrêt lors de la saisie."


def _correct(scene, *, paper, **values):
    """The officer corrects the person's sentence."""
    sentence = scene.inmate.sentences.get()
    return corrections.correct(correctables.find("sentence"), sentence, values, why=WHY, paper=paper, by=scene.officer)


@situation("44013", "Tazrouti", "Mourad", "التزروتي", "مراد", term=Term(8), started=1100)
def correction_waits(scene):
    """Eight years were typed, six pronounced: the date moves once a second person confirms."""
    _correct(scene, years=6, paper="Arrêt 13/2610, page 4")


@situation("44014", "Benkirane", "Jalal", "بنكيران", "جلال", term=Term(7), started=1000, day=6)
def correction_confirmed(scene):
    """Confirmed by a reviewer two days later: the old value stays readable."""
    correction = _correct(scene, years=6, paper="Arrêt 14/2610, page 3")
    scene.on(4, corrections.confirm, correction, by=scene.reviewer)


@situation("44015", "Naciri", "Fouad", "الناصري", "فؤاد", term=Term(4), ends_in=60, day=0)
def correction_decided_on_paper(scene):
    """By the corrected date the term is over: the officer in charge decides on paper, somebody confirms within a day."""
    first_day = scene.inmate.sentences.get().starts_on - timedelta(days=65)
    correction = _correct(scene, starts_on=first_day, paper="Procès-verbal de garde à vue 15/2610")
    corrections.decide_on_paper(correction, paper="Décision du directeur 15", by=scene.director)


@situation("44016", "Amrani", "Rachid", "العمراني", "رشيد", term=Term(6), started=950, day=6)
def correction_refused(scene):
    """Not confirmed, with the reason: nothing changed."""
    correction = _correct(scene, years=5, paper="Arrêt 16/2610, page 2")
    scene.on(4, corrections.refuse, correction, reason="L'arrêt dit bien six ans.", by=scene.reviewer)


@situation("44017", "Filali", "Abdelhak", "الفيلالي", "عبد الحق", term=Term(9), started=1300, day=5)
def visit_of_another_person(scene):
    """A visit entered for the wrong person: annulled, it stays readable and counts for nothing."""
    visit = contacts.record(
        scene.inmate, kind="visit", on=scene.ago(5), minutes=45, person="Hafida Tounsi", relation="Mère",
        by=scene.officer,
    )  # fmt: skip
    scene.on(
        2, corrections.annul, correctables.find("contact"), visit,
        why="Visite d'un homonyme, saisie sur la mauvaise fiche.", paper="Registre du parloir, feuillet 112",
        by=scene.officer,
    )  # fmt: skip
