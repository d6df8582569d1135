"""Alerts: read by those they are for, acknowledged by them."""

import pytest

from core.workflow import InvalidTransition
from inmates.custody.actions import releases
from inmates.people import corrections as correctables
from inmates.people.actions import alerts, corrections
from inmates.people.models import Alert


def test_alerts_are_read_by_those_they_are_for(inmate, officer, officer2, assessor, reviewer, coordinator, sysadmin):
    def alert(audience, kind="separation_breach"):
        return Alert.objects.create(
            inmate=inmate,
            facility=inmate.facility,
            kind=kind,
            audience=audience,
            note="N",
            reference=f"{audience}-{kind}",
        )

    prison, national, reviewers = alert("prison"), alert("national"), alert("reviewers")
    overdue = alert("prison", kind="review_overdue")
    assert set(alerts.waiting_for(officer2)) == set(alerts.waiting_for(sysadmin)) == set()
    assert set(alerts.waiting_for(reviewer)) == {national, reviewers}
    assert set(alerts.waiting_for(coordinator)) == {national}
    assert set(alerts.waiting_for(assessor)) == {prison, overdue}
    may_see = officer.can("inmates.view_classification")
    assert set(alerts.waiting_for(officer)) == ({prison, overdue} if may_see else {prison})
    with pytest.raises(InvalidTransition):
        alerts.acknowledge(prison, by=officer2)
    alerts.acknowledge(prison, by=officer)
    prison.refresh_from_db()
    assert (prison.acknowledged_by, prison.acknowledged_at is None) == (officer, False)


def test_what_was_told_of_a_stay_rests_once_it_has_ended_and_comes_back_with_it(inmate, officer, director):
    for kind in ("no_title", "release_overdue", "order_expired", "release_date", "separation_breach"):
        alerts.raise_alert(inmate, kind, "prison", "x", note="Held")
    releases.release(inmate, ground="judicial", reference="O 1", by=officer)
    assert {alert.kind for alert in alerts.waiting_for(officer)} == {"separation_breach"}  # a breach stays one
    alerts.raise_alert(inmate, "release_date", "prison", f"{Alert.WHEREVER}1", note="Revoked")  # of somebody at liberty
    assert [alert.note for alert in alerts.waiting_for(officer).filter(kind="release_date")] == ["Revoked"]
    assert inmate.alerts.filter(kind="no_title", acknowledged_at=None).exists()  # nobody has read it
    stay = inmate.admissions.get()
    why = {"why": "Entered for the file of a namesake", "paper": "Letter 5"}
    made = corrections.annul(correctables.find("release"), stay, by=officer, **why)
    corrections.confirm(made, by=director)
    waiting = {alert.kind for alert in alerts.waiting_for(officer)}
    assert {"order_expired", "release_date"} <= waiting
    assert not {"no_title", "release_overdue"} & waiting  # the sentence holds again
