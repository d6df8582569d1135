"""Alerts: read by those they are for, acknowledged by them."""

import pytest

from core.workflow import InvalidTransition
from inmates.people.actions import alerts
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
