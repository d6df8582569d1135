"""Tiers: a first decision that waits for its notice, an emergency, a suggestion that says nothing, notices."""

from config import clock
from demo import texts
from demo.people import FINAL, REMAND
from demo.situations.casting import days, situation
from inmates.classification.actions import assessments, notices, reviews
from inmates.people.models import GroupRole
from inmates.terms import Term


def _assess(scene, tier, *, findings=None, reasons, rests_on=""):
    """The assessor proposes a tier; returns the review."""
    assessment = assessments.start_assessment(scene.inmate, by=scene.assessor)
    if findings is None:
        final = scene.person.wanted.status == FINAL
        findings = texts.findings(tier, final=final, observed_on=clock.today() - days(1))
    assessment = assessments.save_assessment(
        assessment, findings=findings, proposed_tier=tier, reasons=reasons, difference_reason=texts.DIFFERENCE,
        rests_on=rests_on, by=scene.assessor,
    )  # fmt: skip
    return assessments.submit_assessment(assessment, by=scene.assessor)


PREACHED = "Trois prêches appelant à la violence, consignés depuis l'écrou, et pression sur deux jeunes détenus."


@situation("44036", "Bahri", "Mounir", "البحري", "منير", status=REMAND, started=10, tier=1, first=True,
           waits=True, day=3)  # fmt: skip
def first_decision_waits_for_its_notice(scene):
    """A first decision counts as stricter than none: it holds once its notice is served."""
    review = _assess(scene, 1, reasons=PREACHED)
    scene.on(1, reviews.decide, review, tier=1, reasons=PREACHED, ground_stands=True, by=scene.reviewer)


@situation("44037", "Qadiri", "Salim", "القادري", "سليم", status=REMAND, started=12, tier=1, first=True, day=3)
def written_emergency(scene):
    """The same, in effect before its notice, because the reviewer wrote why it could not wait."""
    review = _assess(scene, 1, reasons=PREACHED)
    emergency = "Menace précise contre un codétenu, entendue la veille par deux agents."
    scene.on(
        1, reviews.decide, review, tier=1, reasons=PREACHED, emergency=emergency, ground_stands=True, by=scene.reviewer
    )


@situation(
    "44038", "Oulhaj", "Driss", "أولحاج", "إدريس", term=Term(9), started=1500, role=GroupRole.FIGHTER.value, day=1
)
def fighter_without_a_definition(scene):
    """A convicted fighter without a sign of reconciliation: no definition fits, and nothing is suggested."""
    facts = [
        ("violence", "some", True, "A combattu selon l'arrêt ; aucun fait en détention.", "Arrêt"),
        ("ideology", "some", True, "Adhésion retenue par l'arrêt, tue depuis.", "Arrêt"),
        ("group_role", "none", False, "Simple combattant, selon l'arrêt.", "Arrêt"),
        ("recruitment", "none", False, "Aucun fait relevé.", "Rapports du quartier"),
        ("finance", "none", False, "Aucun élément.", "Dossier pénal"),
        ("conduct", "none", False, "Respecte le règlement.", "Registre disciplinaire"),
        ("reconciliation", "none", False, "Refuse tout échange sur son parcours.", "Entretiens"),
    ]
    findings = {
        domain: {"rating": rating, "established": known, "evidence": evidence, "source": source,
                 "observed_on": scene.ago(3)}
        for domain, rating, known, evidence, source in facts
    }  # fmt: skip
    _assess(
        scene, 2, findings=findings, reasons="Ni reconnaissance ni rejet ; conduite régulière. Niveau 2 par prudence."
    )


@situation(
    "44039", "Aït Baha", "Lahcen", "أيت باها", "لحسن", term=Term(5), started=650, languages=("tamazight",), day=6
)
def notice_with_an_interpreter(scene):
    """The notice is in a language that the person does not understand: the interpreter is named."""
    review = _assess(scene, 2, reasons="Conduite régulière, assiduité à l'atelier. Niveau 2 maintenu.")
    scene.on(5, _told_by_an_interpreter, scene, review)


def _told_by_an_interpreter(scene, review):
    reasons = "Conduite régulière et travail suivi ; à revoir au trimestre."
    decision = reviews.decide(review, tier=2, reasons=reasons, ground_stands=True, by=scene.reviewer)
    notices.serve_notice(
        decision.notice, served_on=clock.today(), how="read_and_handed", language="fr", interpreter="Fadma Oubella",
        by=scene.officer,
    )  # fmt: skip


@situation("44040", "Fassi", "Jamal", "الفاسي", "جمال", term=Term(7), started=900, tier=2, day=5)
def reasons_withheld_in_part(scene):
    """A reviewer, and nobody else, holds a passage of the reasons back before the notice is served."""
    reasons = (
        "Écrits d'endoctrinement remis à un codétenu. Selon le témoin du quartier 2, il prépare des listes. Niveau 1."
    )
    review = _assess(scene, 1, reasons=reasons)
    scene.on(2, _withhold, scene, review, reasons)


def _withhold(scene, review, reasons):
    decision = reviews.decide(review, tier=1, reasons=reasons, ground_stands=True, by=scene.reviewer)
    notices.withhold(
        decision.notice, withheld="Selon le témoin du quartier 2, il prépare des listes.",
        reason="Le témoin serait reconnu.", by=scene.reviewer,
    )  # fmt: skip


@situation("44041", "Sadiki", "Mustapha", "الصديقي", "مصطفى", status=REMAND, started=120, tier=3, day=1)
def nothing_known(scene):
    """Nothing is known in any domain: tier 3 is proposed only with a word on what it rests."""
    _assess(
        scene, 3, findings={"ideology": {"rating": "not_known"}},
        reasons="Non jugé, aucun fait relevé depuis l'écrou ; niveau 3 par défaut.",
        rests_on="L'absence de tout fait consigné depuis l'écrou.",
    )  # fmt: skip
