"""What holds somebody and what no longer does: titles, earlier custody, an escape, the grounds of a release."""

from datetime import timedelta

from config import clock
from demo import places
from demo.cohorts import AT_THE_DOOR
from demo.people import APPEAL, CIVIL, COURT, FINAL, REMAND
from demo.situations.casting import situation
from demo.situations.judgments import LOCAL, another_sentence
from inmates.classification.actions import imported_decisions
from inmates.custody.actions import admissions, legal_status, outings, placements, releases
from inmates.custody.actions.orders import add_order
from inmates.custody.models import DetentionOrder
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon, Sentence
from inmates.separate.actions import steps
from inmates.separate.in_force import by_the_offences
from inmates.terms import Term
from inmates.transfers import actions as transfers


@situation("44018", "Berrada", "Othman", "برادة", "عثمان", status=REMAND, started=210, order_ends=-1, tier=3)
def held_without_a_title(scene):
    """The order of remand ran out yesterday: nothing holds today, and prison, national office and inspector are told."""


@situation("44019", "Kabbaj", "Walid", "القباج", "وليد", status=REMAND, started=150, order_ends=14, tier=3)
def order_ends_in_fifteen_days(scene):
    """The first warning that an order is about to run out."""


@situation("44020", "Sbihi", "Anas", "الصبيحي", "أنس", status=REMAND, started=160, order_ends=6, tier=3)
def order_ends_in_seven_days(scene):
    """The second one."""


@situation("44021", "Tlemcani", "Zakaria", "التلمساني", "زكرياء", status=REMAND, started=170, order_ends=2, tier=3)
def order_ends_in_three_days(scene):
    """The last one."""


def _free_and_sentenced(scene):
    """Released on remand long ago; comes back to serve the sentence in the same case."""
    case = scene.inmate.cases.get()
    releases.release(
        scene.inmate, ground="provisional", reference=f"LP {case.number}", case=case, **AT_THE_DOOR, by=scene.officer
    )


def _admitted_again(scene, case, *, reference, legal_status):
    order = DetentionOrder(
        kind="judgment", authority=COURT, reference=reference, issued_on=clock.today() - timedelta(days=2), case=case
    )
    admissions.admit(
        scene.inmate, unit=scene.units[places.RECEPTION], order=order, legal_status=legal_status,
        registration_number=scene.person.wanted.known_as.number, admitted_at=clock.now() - timedelta(minutes=30),
        by=scene.officer,
    )  # fmt: skip


def _back(scene, *, ticked):
    """Taken in on the judgment; the earlier stay counts as remand, or is left out with a reason."""
    inmate, case, today = scene.inmate, scene.inmate.cases.get(), clock.today()
    _admitted_again(scene, case, reference=f"J {case.number}", legal_status=APPEAL)
    earlier = [(one.starts_on, one.ends_on) for one in inmate.legal_statuses.filter(ends_on__isnull=False)]
    sentence = Sentence(case=case, inmate=scene.inmate, years=2, starts_on=today, pronounced_on=today)
    sentence.earlier_custody = "" if ticked else "Détention subie dans une autre affaire, selon le parquet."
    sentences.pronounce(sentence, remand=earlier if ticked else [], by=scene.officer)
    scene.on(80, _classified_again, scene)


def _classified_again(scene):
    inmate, why = scene.inmate, "Retour constaté à l'écrou ; le fondement reste celui de la condamnation."
    step = steps.propose(inmate, ground=by_the_offences(inmate), reasons=why, by=scene.officer)
    step = steps.decide(step, answer=why, by=scene.director)
    steps.serve(step, served_on=clock.today(), how="read_and_handed", language="ar", by=scene.officer)
    tier = scene.person.wanted.known_as.tier
    imported_decisions.import_decision(
        scene.inmate, tier=tier, decided_on=clock.today(), reasons="Conduite calme depuis le retour ; niveau maintenu.",
        assessor=scene.assessor, decided_by=scene.reviewer, next_review_on=clock.today() + timedelta(days=90),
    )  # fmt: skip
    placements.place(
        scene.inmate, unit=scene.units[places.WINGS[tier]], reason="Suite à la décision de classement", by=scene.officer
    )


@situation(
    "44022", "Slimani", "Hamza", "السليماني", "حمزة", status=REMAND, started=520, tier=3, day=430,
    loaded_number="43922",
)  # fmt: skip
def earlier_custody_counts(scene):
    """The stay of before is offered as remand when the sentence is entered, and ticked."""
    _free_and_sentenced(scene)
    scene.on(90, _back, scene, ticked=True)


@situation(
    "44023", "Jebli", "Ayoub", "الجبلي", "أيوب", status=REMAND, started=540, tier=3, day=450, loaded_number="43923"
)
def earlier_custody_left_out(scene):
    """It was left out, with the reason."""
    _free_and_sentenced(scene)
    scene.on(90, _back, scene, ticked=False)


@situation(
    "44051", "Moussaoui", "Mokhtar", "الموساوي", "المختار", term=Term(7), started=1300, day=300, loaded_number="43951"
)
def back_after_a_conditional_release(scene):
    """Released conditionally, and back when that was revoked: the time at liberty is not served, a person settles the end."""
    releases.release(
        scene.inmate, ground="conditional", reference="Arrêté de libération conditionnelle 51/2610", **AT_THE_DOOR,
        by=scene.officer,
    )  # fmt: skip
    scene.on(90, _revoked, scene)


def _revoked(scene):
    reference = "Arrêté de révocation 51/2610"
    _admitted_again(scene, scene.inmate.cases.get(), reference=reference, legal_status=FINAL)
    scene.on(80, _classified_again, scene)


@situation("44064", "Tahiri", "Younous", "الطاهري", "يونس", term=Term(10), started=2200, day=760, loaded_number="43964")
def pardoned_before_a_readmission(scene):
    """A pardon ended the first sentence, years before an act and a judgment of their own: the new one stands alone."""
    inmate, instrument = scene.inmate, f"Décision royale {clock.today():%Y}/64"
    pardon = Pardon(inmate=inmate, sentence=inmate.sentences.get(), requester="own_motion", prison="remainder")
    pardon = sentences.record_pardon(
        pardon, reference=instrument, dated_on=clock.today(), occasion="Mesure individuelle", by=scene.coordinator
    )
    sentences.verify_pardon(pardon, by=scene.reviewer)
    releases.release(inmate, ground="pardon", reference=instrument, **AT_THE_DOOR, by=scene.officer)
    scene.on(90, _convicted_since, scene)


def _convicted_since(scene):
    today = clock.today()
    _admitted_again(scene, None, reference="Arrêt 64/2105", legal_status=APPEAL)
    second = another_sentence(scene, "64/2105", years=2, starts_on=today)
    scene.on(80, _classified_again, scene)
    scene.on(
        60, sentences.make_final, second, on=today + timedelta(days=20), reference="Certificat de non-appel 64/2610",
        by=scene.officer,
    )  # fmt: skip


@situation("44062", "Sekkat", "Marwan", "السقاط", "مروان", term=Term(4), ends_in=-3, gone=True, day=9)
def at_large(scene):
    """Nine days at large, and the day has passed on which the term was to end: it does not run, nobody is to be released."""
    outings.record_escape(scene.inmate, account="N'est pas revenu d'une sortie à l'hôpital.", by=scene.officer)


@situation("44024", "Mekki", "Bilal", "المكي", "بلال", term=Term(6), started=1200, day=20)
def days_at_large(scene):
    """Twelve days at large: the sentence did not run, so a person settles its end."""
    unit = scene.inmate.unit
    outings.record_escape(scene.inmate, account="N'est pas revenu d'une permission exceptionnelle.", by=scene.officer)
    scene.on(8, _caught, scene, unit)


def _caught(scene, unit):
    outings.record_return(scene.inmate, unit=unit, by=scene.officer)


@situation("44025", "Idrissi", "Mehdi", "الإدريسي", "المهدي", term=Term(4), ends_in=330, day=3)
def pardoned_and_to_be_released(scene):
    """A verified pardon of the remainder: the release proposes it as the ground, with its instrument."""
    inmate = scene.inmate
    pardon = Pardon(inmate=inmate, sentence=inmate.sentences.get(), requester="own_motion", prison="remainder")
    pardon = sentences.record_pardon(
        pardon, reference=f"Décision royale {clock.today():%Y}/25", dated_on=clock.today(),
        occasion="Mesure individuelle", by=scene.coordinator,
    )  # fmt: skip
    scene.on(0, sentences.verify_pardon, pardon, by=scene.reviewer)


@situation("44026", "Ghazali", "Omar", "الغزالي", "عمر", status=REMAND, started=240, tier=3, day=0)
def charges_dismissed(scene):
    """The judge dismissed the charges: the release proposes that ground."""
    sentences.close_case(
        scene.inmate.cases.get(), state="dropped", on=clock.today(), reference="Ordonnance de non-lieu 26/2610",
        by=scene.officer,
    )  # fmt: skip


@situation("44065", "Bouayad", "Idir", "بوعياد", "إدير", status=REMAND, started=260, order_ends=80, tier=3, day=40)
def released_in_one_case_alone(scene):
    """A judge granted provisional release in one case: its order ends, and remand in the other holds."""
    first = scene.inmate.cases.get()
    second = sentences.open_case(scene.inmate, court=LOCAL, number="65/2105", on_remand=True, by=scene.officer)
    order = DetentionOrder(
        kind="remand", authority=LOCAL, reference="MD 65/2105", issued_on=clock.today(), case=second,
        expires_on=scene.ahead(60),
    )  # fmt: skip
    add_order(scene.inmate, order=order, by=scene.officer)
    scene.on(
        1, sentences.set_remand, first, on_remand=False, reference="Ordonnance de mise en liberté provisoire 65/2610",
        by=scene.officer,
    )  # fmt: skip


def _judge_orders(scene, number):
    releases.release(
        scene.inmate, ground="judicial", reference=f"Ordonnance de mise en liberté {number}", **AT_THE_DOOR,
        by=scene.officer,
    )  # fmt: skip


@situation("44027", "Skouri", "Yassine", "السكوري", "ياسين", term=Term(5), ends_in=420, gone=True, day=0)
def released_against_our_date(scene):
    """A judge's written order opened the door while our date is to come: the dispute is kept and told."""
    _judge_orders(scene, "27/2610")


@situation("44052", "Bensaid", "Kamal", "بنسعيد", "كمال", term=Term(5), ends_in=300, gone=True, day=4)
def released_on_the_road(scene):
    """A judge's written order reaches somebody on the road to another prison: the road ends, both prisons are told."""
    transfer = transfers.propose(
        scene.inmate, destination=scene.world.prisons[places.OTHER_PRISON], reason="family", by=scene.officer
    )
    transfers.approve(transfer, by=scene.director)
    transfers.accept(transfer, by=scene.world.staff.at(places.OTHER_PRISON, "officer"))
    scene.on(0, _freed_on_the_road, scene, transfer)


def _freed_on_the_road(scene, transfer):
    transfers.depart(transfer, at=clock.now() - timedelta(minutes=30), by=scene.officer)
    _judge_orders(scene, "52/2610")


@situation("44028", "Chahid", "Noureddine", "الشهيد", "نور الدين", term=Term(5), ends_in=380, gone=True, day=4)
def scan_of_the_order_missing(scene):
    """Released on a judge's order four days ago, and its scan is still missing: the national office is told."""
    _judge_orders(scene, "28/2610")


@situation("44029", "Lahlou", "Ismail", "الحلو", "إسماعيل", term=Term(3), ends_in=90, gone=True, day=8)
def term_served_before_our_date(scene):
    """Released as "term served" before our date, asked twice and on a paper."""
    releases.release(
        scene.inmate, ground="term_served", before_term=True, reference="Relevé de peine du parquet 29/2610",
        **AT_THE_DOOR, by=scene.officer,
    )  # fmt: skip


@situation("44045", "Chafik", "Lotfi", "شفيق", "لطفي", term=Term(3), ends_in=-60, day=70)
def civil_imprisonment_ran_out(scene):
    """Civil imprisonment followed the term and ended yesterday: it holds nobody any longer."""
    order = DetentionOrder(
        kind="civil", authority=COURT, reference="CC 45/2610", issued_on=scene.ago(70), expires_on=scene.ago(1)
    )
    add_order(scene.inmate, order=order, by=scene.officer)
    scene.on(60, _only_civil, scene)


def _only_civil(scene):
    legal_status.change_legal_status(scene.inmate, status=CIVIL, on=clock.today(), by=scene.officer)


@situation("44046", "Hamdaoui", "Aziz", "الحمداوي", "عزيز", term=Term(6), started=1000, fine=20_000, day=4)
def fine_pardoned(scene):
    """A pardon of the fine alone, verified against the fine: the term runs on."""
    sentence = scene.inmate.sentences.get()
    pardon = Pardon(
        inmate=scene.inmate, sentence=sentence, case=sentence.case, requester="inmate", prison="kept", fine="remitted"
    )
    pardon = sentences.record_pardon(
        pardon, reference=f"Décision royale {clock.today():%Y}/46", dated_on=clock.today(),
        occasion="Mesure individuelle", by=scene.coordinator,
    )  # fmt: skip
    scene.on(2, sentences.verify_pardon, pardon, by=scene.reviewer)


@situation("44056", "Bakkali", "Tawfiq", "البقالي", "توفيق", term=Term(8), started=1100, day=4)
def fine_pardoned_and_not_recorded(scene):
    """A pardon of part of the term and of the fine: the term is shorter at once, the fine is still to be recorded."""
    sentence = scene.inmate.sentences.get()
    pardon = Pardon(
        inmate=scene.inmate, sentence=sentence, case=sentence.case, requester="family", prison="reduced", months=6,
        fine="remitted",
    )  # fmt: skip
    pardon = sentences.record_pardon(
        pardon, reference=f"Décision royale {clock.today():%Y}/56", dated_on=clock.today(),
        occasion="Mesure individuelle", by=scene.coordinator,
    )  # fmt: skip
    scene.on(2, sentences.verify_pardon, pardon, by=scene.reviewer)
