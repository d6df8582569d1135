"""The pages of aftercare: what was typed stays, the same button twice does one thing."""

from django.urls import reverse

from config import clock
from inmates.custody.actions import releases
from musalaha.aftercare.models import FollowUp


def test_follow_up_is_recorded_once(client, person, officer):
    inmate = person(days_ago=800, years=2)
    releases.release(inmate, ground="term_served", by=officer)
    contact = FollowUp.objects.filter(inmate=inmate).order_by("months").first()
    address = reverse("musalaha:follow_up", args=[contact.pk])
    data = {
        "done_on": f"{clock.today():%d/%m/%Y}",
        "contact": "met",
        "housing": "yes",
        "work": "no",
        "training": "not_known",
    }
    client.force_login(officer)
    refused = client.post(address, data | {"lost": "on"})
    assert "not lost" in refused.content.decode()
    assert client.post(address, data).status_code == 302
    assert client.post(address, data | {"contact": "phone"}).status_code == 422
    contact.refresh_from_db()
    assert (contact.contact, contact.housing, contact.recorded_by) == ("met", "yes", officer)
