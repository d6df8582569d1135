"""The form of a pardon offers the person's own fines; its page shows the fine, or says that none is recorded."""

from decimal import Decimal

import pytest
from django.urls import reverse

from config import clock
from inmates.fines import actions as fines
from inmates.sentences.models import Pardon


@pytest.fixture
def fined(person, officer):
    """Somebody with a fine of 5,000 dirhams."""
    inmate = person()
    fines.record_fine(inmate.cases.get(), amount=Decimal(5000), imposed_on=clock.today(), by=officer)
    return inmate


def data(inmate, **changes):
    return {
        "reference": "1-26-9",
        "dated_on": f"{clock.today():%d/%m/%Y}",
        "subject": f"sentence-{inmate.sentences.get().pk}",
        "requester": "own_motion",
        "prison": "kept",
        "fine": "remitted",
    } | changes


def test_the_form_offers_only_this_persons_fines_and_asks_which(client, fined, person, officer, coordinator):
    stranger = person()
    other = fines.record_fine(stranger.cases.get(), amount=7, imposed_on=clock.today(), by=officer)
    fine = fined.cases.get().fines.get()
    client.force_login(coordinator)
    address = reverse("musalaha:pardon_new", args=[fined.uuid])
    page = client.get(address).content.decode()
    assert "Fine of 5,000 dirhams, 5,000 left" in page
    assert "Fine of 7 dirhams" not in page
    for wrong in ({}, {"of_fine": other.pk}, {"of_fine": fine.pk, "fine": "kept", "prison": "remainder"}):
        answer = client.post(address, data(fined, **wrong))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["of_fine"])
    assert not Pardon.objects.exists()
    assert client.post(address, data(fined, of_fine=fine.pk)).status_code == 302
    assert Pardon.objects.get().of_fine == fine


def test_the_page_says_that_no_fine_is_recorded_and_refuses_to_verify(client, person, officer, coordinator, reviewer):
    inmate = person()
    client.force_login(coordinator)
    assert client.post(reverse("musalaha:pardon_new", args=[inmate.uuid]), data(inmate)).status_code == 302
    pardon = Pardon.objects.get()
    page, verify = (reverse(f"musalaha:{name}", args=[pardon.uuid]) for name in ("pardon", "pardon_verify"))
    client.force_login(reviewer)
    words = "records office records the fine first"
    assert words in client.get(page).content.decode()
    assert words in client.post(verify, {"read": "on"}, follow=True).content.decode()
    pardon.refresh_from_db()
    assert pardon.state == "recorded"
    fines.record_fine(inmate.cases.get(), amount=Decimal(900), imposed_on=clock.today(), by=officer)
    assert "Fine of 900 dirhams, 900 left" in client.get(page).content.decode()
    client.post(verify, {"read": "on"})
    assert "Fine of 900 dirhams, 0 left" in client.get(page).content.decode()
