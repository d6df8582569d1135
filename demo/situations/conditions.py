"""How somebody is held: a judge's order of no communication, an incident, separation, and who must not live beside whom."""

from datetime import timedelta

from config import clock
from demo import places
from demo.people import REMAND
from demo.situations.casting import situation
from inmates.conditions.actions import contacts, incidents, no_communication, separations
from inmates.conditions.models import Incident, NoCommunication
from inmates.custody.actions import placements
from inmates.terms import Term


@situation("44030", "Bennouna", "Taha", "بنونة", "طه", status=REMAND, started=130, tier=3, day=10)
def no_communication_and_its_visit(scene):
    """A judge forbids communication with two people; one came all the same, counsel always may."""
    order = NoCommunication(
        authority="Juge d'instruction, Salé", reference="IC 30/2610", starts_on=scene.ago(10), until=scene.ahead(20),
        reach="named", named="Rachid Bennouna, Khadija Bennouna",
    )  # fmt: skip
    no_communication.record(scene.inmate, order=order, by=scene.officer)
    scene.on(4, _visit, scene, kind="visit", person="Rachid Bennouna", relation="Frère", despite_order=True)
    scene.on(3, _visit, scene, kind="lawyer", person="Me Salima Hajji", relation="Avocate")


def _visit(scene, **about):
    contacts.record(scene.inmate, on=clock.today(), minutes=40, **about, by=scene.officer)


@situation("44031", "Maaroufi", "Badr", "المعروفي", "بدر", term=Term(5), started=600, tier=3, day=9)
def incident_not_established(scene):
    """A serious incident called an early review; not established, it closes that review again."""
    incident = Incident(
        facility=scene.inmate.facility, unit=scene.inmate.unit, happened_at=clock.now() - timedelta(minutes=50),
        kind="threat", severity="serious", location="Atelier", account="Aurait menacé un codétenu, selon celui-ci.",
        measures="Séparés sur-le-champ, témoins entendus.",
    )  # fmt: skip
    incidents.record(incident, people=[(scene.inmate, "author")], by=scene.officer)
    part = incident.people.get()
    reason = "Les deux témoins disent le contraire : faits non établis."
    scene.on(3, incidents.decide, part, outcome="dismissed", reason=reason, by=scene.director)


@situation("44032", "Essaidi", "Khalid", "الصعيدي", "خالد", term=Term(8), started=800, day=0)
def separated_in_an_emergency(scene):
    """Put into separation this minute, in writing; it ends tomorrow unless somebody else authorises it."""
    why = "Coups échangés au réfectoire, menace d'une revanche immédiate."
    separations.separate_in_emergency(scene.inmate, unit=scene.units[places.SEPARATION], why=why, by=scene.officer)


@situation("44033", "Toumi", "Imad", "التومي", "عماد", status=REMAND, started=60, tier=3, age=17,
           facility=places.OTHER_PRISON)  # fmt: skip
def minor_beside_adults(scene):
    """Seventeen years old, in a wing of adults: told to the prison and the national office."""


@situation("44034", "Raji", "Samira", "راجي", "سميرة", status=REMAND, started=90, tier=3, sex="F", age=27, day=0,
           facility=places.WOMEN)  # fmt: skip
def pregnant_in_separation(scene):
    """Separated in an emergency; that she is pregnant is recorded the same day, and told at once."""
    why = "Altercation dans le dortoir ; mise à l'écart le temps d'entendre les témoins."
    unit = scene.units[places.WOMENS_SEPARATION]
    separations.separate_in_emergency(scene.inmate, unit=unit, why=why, by=scene.officer)
    separations.record_bar(
        scene.inmate, ground="pregnant", source="Dr Ilham Cherradi, certificat du jour", starts_on=clock.today(),
        by=scene.officer,
    )  # fmt: skip


@situation("44035", "Ziani", "Hatim", "الزياني", "حاتم", term=Term(6), started=700, day=34)
def lives_in_the_programme_unit(scene):
    """In the programme unit when the round began, without taking part in it."""
    placements.place(
        scene.inmate, unit=scene.units[places.PROGRAMME], reason="Travaux au quartier 2",
        exception_reason="Travaux d'étanchéité ; aucune place du même niveau avant leur fin.",
        exception_until=scene.ahead(10), by=scene.officer,
    )  # fmt: skip
