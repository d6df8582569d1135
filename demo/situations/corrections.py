"""What was typed wrong: a correction in each state, a record entered for the wrong person, and acts taken back."""

from datetime import timedelta

from config import clock
from demo import places
from demo.cohorts import AT_THE_DOOR
from demo.people import REMAND
from demo.situations.casting import situation
from inmates.conditions.actions import contacts
from inmates.custody.actions import admissions, orders, releases
from inmates.custody.models import DetentionOrder
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.sentences import actions as sentences
from inmates.terms import Term

WHY = "Terme mal recopié de l'arrêt lors de la saisie."


def _correct(scene, *, paper, **values):
    """The officer corrects the person's sentence."""
    sentence = scene.inmate.sentences.get()
    values = {name: correctables.as_stored(sentence, name, value) for name, value in values.items()}
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


@situation("44061", "Benmoussa", "Hakim", "بنموسى", "حكيم", term=Term(3), ends_in=-2, day=2)
def decided_on_paper_and_not_confirmed(scene):
    """The term is over; by the corrected one it is not, decided on paper: nobody confirms in a day, so it holds no longer."""
    correction = _correct(scene, months=6, paper="Arrêt 61/2610, page 6")
    corrections.decide_on_paper(correction, paper="Décision du directeur 61", by=scene.director)


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


@situation("44053", "Hanafi", "Brahim", "الحنفي", "إبراهيم", term=Term(6), started=900, day=2)
def correction_read_elsewhere(scene):
    """Six years were typed, five pronounced: directors of every prison find it in their list, and may confirm it."""
    _correct(scene, years=5, paper="Arrêt 53/2610, page 5")


@situation("44054", "Ouardighi", "Jawad", "الورديغي", "جواد", term=Term(5), started=850, day=5)
def release_taken_back(scene):
    """A release entered for the file of a namesake, taken back and confirmed: the stay goes on as if it had never ended."""
    stay = releases.release(
        scene.inmate, ground="judicial", reference="Ordonnance de mise en liberté 54/2610", **AT_THE_DOOR,
        by=scene.officer,
    )  # fmt: skip
    why = "Ordonnance d'un homonyme : la personne n'a pas quitté la prison."
    scene.on(4, _take_back, scene, "release", stay, why=why, paper="Ordonnance 54/2610, état civil", confirmed=3)


def _take_back(scene, act, stay, *, why, paper, confirmed):
    """The officer takes an act back, and the reviewer confirms it so many days ago."""
    stay.refresh_from_db()
    correction = corrections.annul(correctables.find(act), stay, why=why, paper=paper, by=scene.officer)
    scene.on(confirmed, corrections.confirm, correction, by=scene.reviewer)


@situation("44055", "Chtouki", "Larbi", "الشتوكي", "العربي", status=REMAND, started=190, order_ends=90, tier=3)
def order_lifted_by_mistake(scene):
    """The order of remand was lifted on a paper about somebody else: nothing holds until a second person confirms."""
    order = scene.inmate.detention_orders.get()
    order = orders.lift_order(order, on=clock.today(), reason="Mainlevée 55/2610", by=scene.officer)
    scene.on(
        0, corrections.annul, correctables.find("order_lifted"), order,
        why="La mainlevée vise un coprévenu : le mandat tient toujours.", paper="Ordonnance de mainlevée 55/2610",
        by=scene.officer,
    )  # fmt: skip


@situation("44057", "Rguig", "Mounir", "الركيك", "منير", term=Term(3), ends_in=-150, gone=True, day=149)
def admission_taken_back(scene):
    """A namesake came to the door, and the record of somebody released months ago was opened: the admission is taken back."""
    releases.release(scene.inmate, ground="term_served", **AT_THE_DOOR, by=scene.officer)
    scene.on(6, _admit_the_wrong_person, scene)


def _admit_the_wrong_person(scene):
    order = DetentionOrder(
        kind="arrest", authority="Cour d'appel de Rabat", reference="Mandat de dépôt 57/2610", issued_on=clock.today()
    )
    stay = admissions.admit(
        scene.inmate, unit=scene.units[places.RECEPTION], order=order, legal_status=REMAND,
        registration_number="43957", admitted_at=clock.now() - timedelta(minutes=30), by=scene.officer,
    )  # fmt: skip
    why, paper = "Un homonyme s'est présenté : empreintes et CIN diffèrent.", "Procès-verbal d'identification 57/2610"
    scene.on(5, _take_back, scene, "admission", stay, why=why, paper=paper, confirmed=4)


@situation("44058", "Sefiani", "Tahar", "السفياني", "الطاهر", term=Term(5), started=800, day=4)
def forgotten_remand(scene):
    """Twelve days in the hands of the police were left out when the sentence was entered: they count, by two people."""
    sentence = scene.inmate.sentences.get()
    correction = sentences.add_forgotten_remand(
        sentence, first_day=sentence.starts_on - timedelta(days=12), day_after_last=sentence.starts_on,
        why="Garde à vue omise lors de la saisie du jugement.", paper="Procès-verbal de garde à vue 58/2610",
        by=scene.officer,
    )  # fmt: skip
    scene.on(2, corrections.confirm, correction, by=scene.reviewer)
