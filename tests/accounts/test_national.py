"""National scope means something: a reviewer or inspector posted to one prison sees that one."""

import pytest
from django.urls import reverse

from accounts import roles
from audit import trail
from inmates.people.actions.alerts import raise_alert, waiting_for
from inmates.people.models import Alert, Inmate
from tests import factories


@pytest.fixture
def elsewhere(other_prison, officer2):
    """Somebody held in the other prison."""
    return factories.make_inmate(other_prison.units.get(), by=officer2)


@pytest.mark.parametrize("role", [roles.REVIEWER, roles.INSPECTOR])
@pytest.mark.parametrize("audience", [Alert.Audience.NATIONAL, Alert.Audience.REVIEWERS, Alert.Audience.PRISON])
def test_alerts(role, audience, inmate, elsewhere, prison):
    for person in (inmate, elsewhere):
        raise_alert(person, Alert.Kind.RELEASE_DISPUTED, audience, "x", note="Something")
    here = factories.make_user(role, prison, username="here", national=False)
    everywhere = factories.make_user(role, username="everywhere")
    assert {alert.inmate for alert in waiting_for(here)} <= {inmate}
    if audience == Alert.Audience.NATIONAL:
        assert {alert.inmate for alert in waiting_for(here)} == {inmate}
        assert {alert.inmate for alert in waiting_for(everywhere)} == {inmate, elsewhere}


def test_the_trail(inmate, elsewhere, prison, other_prison, officer, officer2, signed_in):
    trail.viewed("inmate", by=officer, inmate=inmate)
    trail.viewed("inmate", by=officer2, inmate=elsewhere)
    here = factories.make_user(roles.INSPECTOR, prison, username="here", national=False)
    page = signed_in(here).get(reverse("audit:trail")).content.decode()
    assert inmate.family_name_latin.upper() in page
    assert elsewhere.family_name_latin.upper() not in page
    assert f'value="{other_prison.code}"' not in page
    everything = (
        signed_in(factories.make_user(roles.INSPECTOR, username="all")).get(reverse("audit:trail")).content.decode()
    )
    assert elsewhere.family_name_latin.upper() in everything


@pytest.mark.parametrize("role", [roles.REVIEWER, roles.INSPECTOR])
def test_records_and_the_first_page(role, inmate, elsewhere, prison, signed_in):
    here = factories.make_user(role, prison, username="here", national=False)
    assert list(Inmate.objects.visible_to(here)) == [inmate]
    client = signed_in(here)
    assert client.get(reverse("profile", args=[inmate.uuid])).status_code == 200
    assert client.get(reverse("profile", args=[elsewhere.uuid])).status_code == 404
    assert elsewhere.family_name_latin.upper() not in client.get("/").content.decode()
