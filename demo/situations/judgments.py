"""What courts said, and what follows for the end of a term: appeals, finality, sentences whose relation is not known."""

from datetime import timedelta

from config import clock
from demo.cohorts import AT_THE_DOOR
from demo.people import APPEAL, COURT, REMAND
from demo.situations.casting import situation
from inmates.court_appeals import actions as court_appeals
from inmates.custody.actions import releases
from inmates.sentences import actions as sentences
from inmates.sentences.models import CourtAppeal, Pardon, Sentence
from inmates.terms import Term, step

SUPREME = "Cour de cassation"
LOCAL = "Tribunal de première instance de Salé"


def another_sentence(scene, number, *, starts_on, pronounced_on=None, offences=(), **fields):
    """One more sentence of a person, in a case of its own: no ruling says how it stands to the first."""
    case = sentences.open_case(scene.inmate, court=LOCAL, number=number, offences=offences, by=scene.officer)
    pronounced_on = pronounced_on or clock.today()
    sentence = Sentence(case=case, inmate=scene.inmate, starts_on=starts_on, pronounced_on=pronounced_on, **fields)
    return sentences.pronounce(sentence, by=scene.officer)


def _answer(scene, outcome, **fields):
    """The court's answer to the open appeal, given the day before."""
    appeal = CourtAppeal.objects.open().get(case__inmate=scene.inmate)
    fields = {"on": clock.today() - timedelta(days=1), "decision": f"AR {appeal.case.number}"} | fields
    return court_appeals.decide_appeal(appeal, outcome=outcome, by=scene.officer, **fields)


def _cassation(scene, case):
    reference = f"DP {case.number}"
    return court_appeals.declare_appeal(
        case, kind="cassation", party="person", court=SUPREME, reference=reference, by=scene.officer
    )


@situation("44001", "Bouazzaoui", "Nabil", "البوعزاوي", "نبيل", term=Term(5), started=900, day=60)
def settled_then_pardoned(scene):
    """A date that the director settled ends with the pardon of one of the two sentences."""
    second = another_sentence(scene, "418/2105", years=1, starts_on=scene.ago(60))
    scene.on(30, _settle, scene)
    scene.on(2, _pardon_the_second, scene, second)


def _settle(scene):
    sentences.settle_release_date(
        scene.inmate, release_on=scene.ahead(1200), reasons="Peines cumulées selon la réponse orale du parquet.",
        source="Note du greffe", by=scene.director,
    )  # fmt: skip


def _pardon_the_second(scene, second):
    pardon = Pardon(inmate=scene.inmate, sentence=second, requester="family", prison="reduced", months=6)
    pardon = sentences.record_pardon(
        pardon, reference=f"Décision royale {clock.today():%Y}/44", dated_on=clock.today(),
        occasion="Mesure individuelle", by=scene.coordinator,
    )  # fmt: skip
    sentences.verify_pardon(pardon, by=scene.reviewer)


@situation("44002", "Cherkaoui", "Ilyas", "الشرقاوي", "إلياس", term=Term(6), started=1000, day=12)
def relation_not_recorded(scene):
    """Two sentences and no ruling on how they stand: both ends are shown, and a person must ask."""
    another_sentence(scene, "312/2105", months=8, starts_on=scene.ago(12))


@situation("44003", "Mansouri", "Adil", "المنصوري", "عادل", term=Term(3), ends_in=-5, day=20)
def held_past_the_presumed_end(scene):
    """All acts came before the first final conviction: the earlier end is presumed, and every day past it is told."""
    first = scene.inmate.sentences.get()
    acts = first.starts_on - timedelta(days=90)
    another_sentence(scene, "77/2610", years=1, starts_on=first.starts_on, acts_on=acts)
    sentences.relate(first, relation="", decision="", acts_on=acts - timedelta(days=30), by=scene.officer)


@situation("44004", "Haddioui", "Soufiane", "الهديوي", "سفيان", status=APPEAL, term=Term(5), started=420)
def lowered_on_appeal(scene):
    """Five years became two: one sentence stands, and the chain shows both."""
    term = Sentence(years=2, range_acknowledged_by=scene.officer)
    _answer(scene, "changed", sentence=term)


@situation("44005", "Rhazoui", "Tarik", "الغزوي", "طارق", status=APPEAL, term=Term(3), started=380)
def quashed_on_appeal(scene):
    """Acquitted on appeal and still inside: nothing holds any longer, and acquittal is proposed as the ground."""
    _answer(scene, "quashed")


@situation("44006", "Ouazzani", "Reda", "الوزاني", "رضا", status=APPEAL, term=Term(5), started=460)
def sent_back_for_retrial(scene):
    """Quashed and sent back: on remand again, by a ruling that says until when."""
    _answer(scene, "sent_back", held=True, until=step(clock.today(), 2))


@situation("44007", "Guennoun", "Amine", "كنون", "أمين", status=APPEAL, term=Term(2), started=300)
def prosecution_joins(scene):
    """The prosecution joins the appeal that the person declared."""
    case = CourtAppeal.objects.open().get(case__inmate=scene.inmate).case
    court_appeals.declare_appeal(case, kind="appeal", party="prosecution", court=COURT, by=scene.officer)


@situation("44008", "Serghini", "Marouane", "السرغيني", "مروان", status=APPEAL, term=Term(5), started=440, day=0)
def cassation_this_morning(scene):
    """Confirmed on appeal; a cassation is declared this morning: receipt and sending are still to come."""
    _cassation(scene, _answer(scene, "confirmed").case)


@situation("44009", "Lamghari", "Hicham", "المغاري", "هشام", status=APPEAL, term=Term(5), started=450, day=3)
def declaration_kept_too_long(scene):
    """A declaration of cassation lies in the prison for three days: prison and national office are told."""
    _cassation(scene, _answer(scene, "confirmed").case)


@situation("44010", "Doukkali", "Younes", "الدكالي", "يونس", status=APPEAL, term=Term(3), started=400, day=10)
def final_by_certificate(scene):
    """Confirmed; final since the registry's certificate of no cassation, and only since."""
    judgment = _answer(scene, "confirmed").judgment
    scene.on(
        2, sentences.make_final, judgment, on=scene.ago(4), reference="Certificat de non-pourvoi 118/2610",
        by=scene.officer,
    )  # fmt: skip


@situation("44011", "Boukhriss", "Said", "بوخريص", "سعيد", status=APPEAL, term=Term(2), ends_in=6)
def term_not_final_ends_soon(scene):
    """A pronounced term ends in some days though the appeal is pending: nothing to do here but to read the warning."""


@situation("44012", "Zerouali", "Karim", "الزروالي", "كريم", status=APPEAL, term=Term(2), ends_in=0)
def term_served_under_appeal(scene):
    """The pronounced term is served today and the appeal pending: the case holds nothing more, whoever appealed."""


@situation("44049", "Kabbouri", "Hamid", "القبوري", "حميد", term=Term(6), started=1000, day=30)
def not_final_ended_by_an_acquittal(scene):
    """A second sentence, not final and appealed nowhere here, ends with its case: read twice, told to the national office."""
    second = another_sentence(scene, "49/2105", years=1, starts_on=scene.ago(30))
    scene.on(
        2, sentences.close_case, second.case, state="acquitted", on=scene.ago(3), reference="Arrêt d'acquittement 49/2610",
        sentence_read=True, by=scene.officer,
    )  # fmt: skip


def _another_count(scene, *, years, relation):
    """A sentence on a second count of the same judgment."""
    first = scene.inmate.sentences.get()
    second = Sentence(
        case=first.case, inmate=scene.inmate, count=2, years=years, starts_on=first.starts_on,
        pronounced_on=first.pronounced_on, relation=relation, relation_decision=f"J {first.case.number}",
    )  # fmt: skip
    return sentences.pronounce(second, by=scene.officer)


@situation("44060", "Mrabet", "Yahya", "المرابط", "يحيى", status=APPEAL, term=Term(4), started=520, day=60)
def tried_again_on_one_count(scene):
    """Of two counts one was sent back, tried again and ended in an acquittal: the other stands as it did."""
    second = _another_count(scene, years=3, relation="confused")
    _answer(scene, "sent_back", held=True, until=step(clock.today(), 3))
    scene.on(
        3, sentences.close_case, second.case, state="acquitted", on=scene.ago(4),
        reference="Arrêt d'acquittement 60/2610", by=scene.officer,
    )  # fmt: skip


@situation("44063", "Chraibi", "Nizar", "الشرايبي", "نزار", status=APPEAL, term=Term(4), started=900, day=30)
def finality_that_ended_a_presumption(scene):
    """A certificate that came late: the first conviction was final before the acts of the second, so nothing is presumed."""
    first = scene.inmate.sentences.get()
    another_sentence(
        scene, "63/2105", starts_on=scene.ago(120), pronounced_on=scene.ago(120), months=10, acts_on=scene.ago(450)
    )
    sentences.relate(first, relation="", decision="", acts_on=first.starts_on - timedelta(days=30), by=scene.officer)
    scene.on(2, _final_for_long, scene)


def _final_for_long(scene):
    judgment = _answer(scene, "confirmed", on=scene.ago(520)).judgment
    sentences.make_final(judgment, on=scene.ago(500), reference="Certificat de non-pourvoi 63/2610", by=scene.officer)


@situation("44066", "Lazrak", "Fahd", "الأزرق", "فهد", status=APPEAL, term=Term(4), started=400, day=30)
def each_count_has_its_appeal(scene):
    """One declaration of appeal against two counts is one of each judgment; the court has answered the first alone."""
    second = _another_count(scene, years=2, relation="cumulated")
    declared = CourtAppeal.objects.open().get(case__inmate=scene.inmate)
    appeal = court_appeals.declare_appeal(
        second.case, kind="appeal", party="person", court=COURT, reference=declared.reference, judgment=second,
        at=declared.by_person_at, by=scene.officer,
    )  # fmt: skip
    court_appeals.give_receipt(appeal, at=declared.receipt_at, by=scene.officer)
    court_appeals.send_appeal(appeal, proof=declared.proof, at=declared.sent_at, by=scene.officer)
    scene.on(4, _first_count_confirmed, scene, declared)


def _first_count_confirmed(scene, declared):
    court_appeals.decide_appeal(
        declared, outcome="confirmed", on=clock.today() - timedelta(days=1), decision="Arrêt 66/2610", by=scene.officer
    )


@situation("44050", "Sabir", "Redouane", "صابر", "رضوان", status=REMAND, started=190, gone=True, tier=3, day=9)
def appealed_after_the_acquittal(scene):
    """Acquitted on appeal and released; the prosecution has declared a cassation since, which that does not answer."""
    case = scene.inmate.cases.get()
    sentence = Sentence(case=case, inmate=scene.inmate, years=2, starts_on=scene.ago(190), pronounced_on=clock.today())
    sentences.pronounce(sentence, by=scene.officer)
    scene.on(8, _appealed_and_sent, scene, case)
    scene.on(
        1, court_appeals.declare_appeal, case, kind="cassation", party="prosecution", court=SUPREME, by=scene.officer
    )
    scene.on(0, _entered_late, scene, case)


def _appealed_and_sent(scene, case):
    reference = f"DA {case.number}"
    appeal = court_appeals.declare_appeal(
        case, kind="appeal", party="person", court=COURT, reference=reference, by=scene.officer
    )
    court_appeals.give_receipt(appeal, by=scene.officer)
    court_appeals.send_appeal(appeal, proof=f"BE {case.number}", by=scene.officer)


def _entered_late(scene, case):
    releases.release(
        scene.inmate, ground="acquittal", case=case, reference="Arrêt d'acquittement 50/2610", sentence_read=True,
        at=clock.now() - timedelta(days=2), **AT_THE_DOOR, by=scene.officer,
    )  # fmt: skip
