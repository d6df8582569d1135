"""Who may open the pages of classification."""

from config import clock
from inmates.classification.actions import appeals
from tests.factories import make_inmate
from tests.inmates.classification.conftest import decided, submitted
from tests.matrix import ASSESSOR, DIRECTOR, INSPECTOR, OFFICER, REVIEWER, Route

READERS = frozenset({OFFICER, ASSESSOR, DIRECTOR, REVIEWER, INSPECTOR})


def build(world):
    """A decision told to the person, a review that waits, an appeal that waits."""
    officer, assessor, reviewer = (world.users[role] for role in (OFFICER, ASSESSOR, REVIEWER))
    world.decision = decided(world.inmate, assessor=assessor, reviewer=reviewer, served_by=officer)
    world.inmate.refresh_from_db()
    world.review = submitted(make_inmate(world.unit, by=officer), assessor=assessor)
    appealed = decided(make_inmate(world.unit, by=officer), assessor=assessor, reviewer=reviewer, served_by=officer)
    world.appeal = appeals.record_appeal(appealed, made_on=clock.today(), grounds="Not so.", by=officer)


def _decision(world):
    return {"uuid": world.decision.uuid}


def _inmate(world):
    return {"uuid": world.inmate.uuid}


ROUTES = {
    "inmates:reviews": Route(READERS),
    "inmates:review": Route(READERS, args=lambda w: {"uuid": w.review.uuid}, scoped=True),
    "inmates:oversight": Route(READERS - {ASSESSOR}),
    "inmates:notice": Route(READERS, args=_decision, scoped=True),
    "inmates:notice_withhold": Route(frozenset({REVIEWER}), args=_decision, scoped=True),
    "inmates:notice_pdf": Route(READERS, args=_decision, scoped=True),
    "inmates:appeal_new": Route(frozenset({OFFICER}), args=_decision, scoped=True),
    "inmates:appeal": Route(READERS, args=lambda w: {"uuid": w.appeal.uuid}, scoped=True),
    "inmates:appeal_paper": Route(READERS, args=lambda w: {"uuid": w.appeal.uuid}, scoped=True),
    "inmates:assess": Route(frozenset({ASSESSOR}), args=_inmate, scoped=True),
    "inmates:tab_classification": Route(READERS, args=_inmate, scoped=True),
    "inmates:postpone": Route(frozenset({REVIEWER}), args=_inmate, scoped=True),
    "inmates:new_information": Route(frozenset({ASSESSOR, REVIEWER}), args=_inmate, scoped=True),
}
