"""The separate system: radicalised elsewhere, held without a ground, a charge that changed, somebody who leaves."""

from config import clock
from demo import places
from demo.people import REMAND
from demo.situations.casting import situation
from demo.situations.judgments import LOCAL
from inmates.custody.actions.orders import add_order
from inmates.custody.models import DetentionOrder
from inmates.reference import PENAL_CODE
from inmates.sentences import actions as sentences
from inmates.sentences.models import Case, Offence
from inmates.separate.actions import appeals, steps
from inmates.terms import Term

REPORT = (
    "Depuis deux mois, trois agents et un codétenu ont relevé sept appels à rejoindre un groupe armé, datés au registre de"
    " l'établissement d'origine."
)


@situation("44080", "Zemmouri", "Soulaimane", "الزموري", "سليمان", term=Term(2), started=25, ordinary=True, day=21,
           facility=places.OTHER_PRISON, ordinary_prison="Aïn Borja")  # fmt: skip
def radicalised_in_ordinary_custody(scene):
    """From an ordinary prison, on a reasoned report: decided by the director, told, and appealed against."""
    step = steps.propose(scene.inmate, ground="radicalised", reasons=REPORT, by=scene.officer)
    scene.on(19, _decide, scene, step, "Faits datés et concordants, vus par plusieurs agents.")
    scene.on(6, _appeal, scene, step)


def _decide(scene, step, why):
    steps.decide(step, answer=why, by=scene.director)
    scene.on((scene.today - clock.today()).days - 1, _tell, scene, step)


def _tell(scene, step):
    steps.serve(step, served_on=clock.today(), how="read_and_handed", language="ar", by=scene.officer)


def _appeal(scene, step):
    grounds = "Je n'ai appelé personne à rien : on m'a mis avec les autres parce que je prie."
    appeals.record(type(step).objects.get(pk=step.pk), made_on=clock.today(), grounds=grounds, by=scene.officer)


@situation("44081", "Naciri", "Fouad", "الناصري", "فؤاد", status=REMAND, started=40, tier=3, facility=places.OTHER_PRISON,
           ordinary=True)  # fmt: skip
def held_without_a_ground(scene):
    """Charged with forgery alone, and nobody has proposed a ground: on the red list."""


@situation("44082", "Filali", "Abdelhak", "الفيلالي", "عبد الحق", term=Term(6), started=900, tier=3, day=6,
           facility=places.OTHER_PRISON)  # fmt: skip
def leaves_the_separate_system(scene):
    """The exit is decided and told, with where to; the transfer is due, and until then no ground holds."""
    why = "La cour n'a retenu que le faux ; plus aucun fait de terrorisme ne subsiste au dossier."
    step = steps.propose(scene.inmate, ground="gone", reasons=why, destination="Aïn Borja", by=scene.officer)
    scene.on(5, _decide, scene, step, "Le fondement a disparu avec l'arrêt ; aucun autre n'est établi.")


@situation("44083", "Sqalli", "Mouad", "الصقلي", "معاذ", status=REMAND, started=130, tier=3, day=2,
           facility=places.OTHER_PRISON)  # fmt: skip
def charge_changed(scene):
    """The case of terrorism was dropped, one of forgery goes on: a task asks what becomes of the ground."""
    inmate = scene.inmate
    forgery = Offence.objects.get(law=PENAL_CODE, article="360")
    case = inmate.cases.get()
    other = sentences.open_case(
        inmate, court=LOCAL, number="83/2105", offences=[forgery], on_remand=True, by=scene.officer
    )
    order = DetentionOrder(
        kind="remand", authority=LOCAL, reference="MD 83/2105", issued_on=clock.today(), case=other,
        expires_on=scene.ahead(58),
    )  # fmt: skip
    add_order(inmate, order=order, by=scene.officer)
    sentences.close_case(
        case, state=Case.State.DROPPED, on=clock.today(), reference="Ordonnance de non-lieu partiel 83/2610",
        by=scene.officer,
    )  # fmt: skip
