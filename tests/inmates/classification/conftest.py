"""People to classify, and findings that suggest each tier."""

from datetime import timedelta

import pytest
from django.utils import translation

from config import clock
from inmates.classification.actions import assessments, notices, reviews


def finding(rating="some", established=True, evidence="Letters read by the service.", source="Register of letters"):
    """One finding, finished."""
    return {
        "rating": rating,
        "established": established,
        "evidence": evidence,
        "source": source,
        "observed_on": clock.today() - timedelta(days=10),
    }


NONE = {"rating": "none", "source": "Judgment", "observed_on": None}


def findings_for(tier):
    """Findings that suggest `tier`."""
    none = finding("none", established=False)
    if tier == 1:
        return {"recruitment": finding("marked")}
    if tier == 2:
        return {"ideology": finding("some"), "reconciliation": finding("some")}
    return dict.fromkeys(("ideology", "group_role", "finance", "recruitment", "violence"), none)


def submitted(inmate, *, tier=2, assessor):
    """A review awaiting a decision on `tier`."""
    draft = assessments.start_assessment(inmate, by=assessor)
    assessments.save_assessment(
        draft, findings=findings_for(tier), proposed_tier=tier, reasons="Judgment and conduct.", by=assessor
    )
    return assessments.submit_assessment(draft, by=assessor)


def decided(inmate, *, tier=2, assessor, reviewer, served_by=None, **more):
    """A decision on `tier`, its notice served when `served_by` is given."""
    review = submitted(inmate, tier=tier, assessor=assessor)
    decision = reviews.decide(review, tier=tier, reasons="As proposed, on the same grounds.", by=reviewer, **more)
    if served_by is not None:
        notices.serve_notice(
            decision.notice, served_on=clock.today(), how="read_and_handed", language="ar", by=served_by
        )
    decision.refresh_from_db()
    return decision


@pytest.fixture(autouse=True)
def english():
    """Words of refusals are read in the source language."""
    with translation.override("en"):
        yield


@pytest.fixture
def review(inmate, assessor):
    """A review awaiting a decision on tier 2."""
    return submitted(inmate, tier=2, assessor=assessor)


@pytest.fixture
def decision(inmate, assessor, reviewer, officer):
    """A decision on tier 2, told to the person."""
    return decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer)
