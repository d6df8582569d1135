"""Who may open the pages of people: list, search, identity, corrections."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from config import clock
from inmates.people import corrections as correctables
from inmates.people.actions import corrections, emergency, identity, restrictions
from inmates.people.models import SavedSearch
from inmates.sentences import actions as cases
from tests.factories import make_inmate, pdf
from tests.matrix import COORDINATOR, DIRECTOR, OFFICER, RECORDS, REVIEWER, Route

OFFICERS = frozenset({OFFICER})
RESTRICTING = frozenset({DIRECTOR, REVIEWER})
SETTLERS = frozenset({OFFICER, DIRECTOR, REVIEWER})


def build(world):
    """Somebody with a photograph and corrections."""
    officer = world.users[OFFICER]
    out = io.BytesIO()
    Image.new("RGB", (20, 25)).save(out, "JPEG")
    world.inmate = identity.set_photo(world.inmate, upload=SimpleUploadedFile("x.jpg", out.getvalue()), by=officer)
    sentence = world.inmate.sentences.get()
    world.correction = corrections.correct(
        correctables.find("sentence"),
        sentence,
        {"years": str(sentence.years + 1)},
        why="Typed wrong, says the judgment",
        paper="Judgment 7",
        by=officer,
    )
    why = {"why": "The photo of a namesake", "paper": "Register 3"}
    identity.set_photo(world.inmate, upload=SimpleUploadedFile("y.jpg", out.getvalue()), by=officer, **why)
    world.photo_correction = world.inmate.corrections.get(subject="photo")
    world.taken_back = _taken_back(world, officer)
    theirs = make_inmate(world.other_facility.units.get(), by=world.elsewhere[OFFICER], number="ELSE-7")
    theirs = identity.set_photo(theirs, upload=SimpleUploadedFile("z.jpg", out.getvalue()), by=world.elsewhere[OFFICER])
    world.opened_elsewhere = emergency.open_record("ELSE-7", reason="Brought to our gate by the ambulance", by=officer)
    kept = make_inmate(world.unit, by=officer, number="KEPT-1")
    until = clock.today() + timedelta(days=90)
    world.restriction = restrictions.ask(kept, kind="restrict", until=until, by=world.reviewer2)
    world.saved_search = SavedSearch.objects.create(token="matrix", owner=officer, text="Omar")


def _taken_back(world, officer):
    """The end of a case taken back that had its scan; it moved nothing else."""
    case = cases.open_case(world.inmate, court="Rabat", number="77/2620", by=officer)
    scan = SimpleUploadedFile("x.pdf", pdf())
    case = cases.close_case(case, state="dropped", on=clock.today(), reference="D 7", scan=scan, by=officer)
    return corrections.annul(
        correctables.find("case_end"), case, why="The decision is of another case", paper="D 7", by=officer
    )


def _person(world):
    return {"uuid": world.inmate.uuid}


def _of_person(roles, **more):
    return Route(roles, args=_person, scoped=True, **more)


def _correction(world):
    return {"uuid": world.correction.uuid}


def _emergency(world):
    return {"uuid": world.opened_elsewhere.uuid}


CONFIRM_ELSEWHERE = frozenset({DIRECTOR})  # a correction that waits is confirmed by any director in the country

ROUTES = {
    "inmates:emergency": Route(frozenset({OFFICER, DIRECTOR})),
    "inmates:emergency_record": Route(frozenset({OFFICER}), args=_emergency, scoped=True, absent=frozenset({DIRECTOR})),
    "inmates:emergency_photo": Route(frozenset({OFFICER}), args=_emergency, scoped=True, absent=frozenset({DIRECTOR})),
    "inmates:restrictions": Route(RESTRICTING),
    "inmates:restriction": _of_person(RESTRICTING),
    "inmates:restriction_ask": Route(RESTRICTING, args=lambda w: _person(w) | {"kind": "restrict"}, scoped=True),
    "inmates:restriction_answer": Route(
        RESTRICTING, args=lambda w: {"uuid": w.restriction.uuid, "how": "approve"}, scoped=True, method="post"
    ),
    "inmates:tab_corrections": _of_person(RECORDS),
    "inmates:corrections": Route(RECORDS),
    "inmates:correction": Route(RECORDS, args=_correction, scoped=True, elsewhere=CONFIRM_ELSEWHERE),
    "inmates:correction_photo": Route(
        RECORDS, args=lambda w: {"uuid": w.photo_correction.uuid, "which": "before"}, scoped=True
    ),
    "inmates:correction_scan": Route(
        RECORDS,
        args=lambda w: {"uuid": w.taken_back.uuid, "pk": w.taken_back.changes["document"][0]},
        scoped=True,
        elsewhere=CONFIRM_ELSEWHERE,  # it waits for a second person, who may be anywhere
    ),
    "inmates:correct": Route(
        OFFICERS, args=lambda w: {"key": "sentence", "pk": w.inmate.sentences.get().pk}, scoped=True
    ),
    "inmates:annul": Route(
        OFFICERS, args=lambda w: {"key": "sentence", "pk": w.inmate.sentences.get().pk}, scoped=True
    ),
    "inmates:correction_confirm": Route(
        frozenset({DIRECTOR, REVIEWER}), args=_correction, scoped=True, elsewhere=CONFIRM_ELSEWHERE, method="post"
    ),
    "inmates:correction_withdraw": Route(frozenset({OFFICER}), args=_correction, scoped=True, method="post"),
    "inmates:correction_refuse": Route(
        frozenset({DIRECTOR, REVIEWER}), args=_correction, scoped=True, elsewhere=CONFIRM_ELSEWHERE
    ),
    "inmates:correction_decide": Route(frozenset({OFFICER, DIRECTOR}), args=_correction, scoped=True),
    "inmates:list": Route(RECORDS),
    "inmates:export": Route(frozenset({OFFICER, DIRECTOR, COORDINATOR})),
    "inmates:search": Route(RECORDS, method="post", data=lambda w: {"q": "Omar"}),
    "inmates:search_hits": Route(RECORDS, method="post", data=lambda w: {"q": "Omar"}),
    "inmates:tab_identity": _of_person(RECORDS),
    "inmates:history": _of_person(RECORDS),
    "inmates:photo": _of_person(RECORDS),
    # The narrow door of intake: the photograph on an identity card, from whichever prison.
    "inmates:card_photo": Route(SETTLERS, args=_person),
    "inmates:edit": _of_person(OFFICERS),
    "inmates:dossier": _of_person(OFFICERS),
    "inmates:photo_change": _of_person(OFFICERS),
}
