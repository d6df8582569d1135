"""For whom an alert is, in detail."""

from inmates.people.actions import alerts
from inmates.people.models import Alert


def test_the_national_office_is_its_coordinators_inspectors_and_reviewers(
    inmate, inspector, coordinator, reviewer, director, officer
):
    alert = Alert.objects.create(
        inmate=inmate, facility=inmate.facility, kind="separation_breach", audience="national", reference="1", note="N"
    )
    for user in (inspector, coordinator, reviewer):
        assert alert in alerts.waiting_for(user), user
    for user in (director, officer):
        assert alert not in alerts.waiting_for(user), user


def test_an_alert_is_raised_once_for_each_reference_and_told_to_the_prison_of_the_day(inmate, other_prison):
    given = (Alert.Kind.SEPARATION_BREACH, Alert.Audience.PRISON)
    assert alerts.raise_alert(inmate, *given, "1", note="First") is True
    assert alerts.raise_alert(inmate, *given, "1", note="Again") is False
    assert alerts.raise_alert(inmate, *given, "2", note="Third", facility=other_prison) is True
    rows = Alert.objects.order_by("pk").values_list("reference", "note", "facility__code")
    assert list(rows) == [("1", "First", "sale-2"), ("2", "Third", "toulal-2")]
