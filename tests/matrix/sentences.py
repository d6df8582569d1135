"""Who may open the pages of cases, sentences, fines and release dates."""

from django.core.files.uploadedfile import SimpleUploadedFile

from config import clock
from inmates.court_papers import actions as court_papers
from inmates.fines import actions as fines
from tests.factories import pdf
from tests.matrix import DIRECTOR, OFFICER, RECORDS, Route, person_page, person_with

RECORDS_OFFICE = frozenset({OFFICER})


def build(world):
    """A case with its judgment and a fine."""
    officer, inmate = world.users[OFFICER], world.inmate
    world.case = inmate.cases.first()
    world.sentence = inmate.sentences.first()
    world.sentence.final_on = None
    world.sentence.save()
    scan = SimpleUploadedFile("judgment.pdf", pdf())
    court_papers.attach_court_paper(world.sentence, paper="judgment", scan=scan, by=officer)
    world.fine = fines.record_fine(world.case, amount=500, imposed_on=clock.today(), by=officer)


def _judgment(world):
    return {"uuid": world.inmate.uuid, "paper": "judgment", "pk": world.sentence.pk}


ROUTES = {
    "inmates:court_paper": Route(RECORDS, args=_judgment, scoped=True),
    "inmates:court_paper_new": Route(RECORDS_OFFICE, args=_judgment, scoped=True),
    "inmates:fine_new": Route(RECORDS_OFFICE, args=person_with("case"), scoped=True),
    "inmates:fine_pay": Route(RECORDS_OFFICE, args=person_with("fine"), scoped=True),
    "inmates:sentence_reduce": Route(RECORDS_OFFICE, args=person_with("sentence"), scoped=True),
    "inmates:add_case": person_page(RECORDS_OFFICE),
    "inmates:close_case": Route(RECORDS_OFFICE, args=person_with("case"), scoped=True),
    "inmates:case_remand": Route(RECORDS_OFFICE, args=person_with("case"), scoped=True),
    "inmates:add_sentence": person_page(RECORDS_OFFICE),
    "inmates:sentence_final": Route(RECORDS_OFFICE, args=person_with("sentence"), scoped=True),
    "inmates:sentence_earlier": Route(RECORDS_OFFICE, args=person_with("sentence"), scoped=True),
    "inmates:sentence_relation": Route(RECORDS_OFFICE, args=person_with("sentence"), scoped=True),
    "inmates:sentence_revoked": Route(RECORDS_OFFICE, args=person_with("sentence"), scoped=True),
    "inmates:relation_answer": person_page(RECORDS_OFFICE),
    "inmates:settle_release_date": person_page(frozenset({DIRECTOR})),
}
