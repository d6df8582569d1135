"""Before acts and exports of weight the person says again who they are; what was typed goes along."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.actions import changes
from accounts.models import AccountChange
from audit.models import Event
from inmates.classification.models import Review, TierDecision
from inmates.custody.models import Admission
from tests.accounts.conftest import WHY
from tests.accounts.test_presence import later
from tests.accounts.test_second_factor import PASSWORD, sign_in, with_password
from tests.inmates.classification.conftest import submitted

TEN_MINUTES = 11 * 60
EXPECTED = {
    "inmates:review": "acts",
    "inmates:appeal": "acts",
    "inmates:release": "acts",
    "inmates:export": "opens",
    "inmates:restriction_answer": "acts",
    "musalaha:pardon_verify": "acts",
    "musalaha:pardons_verify": "acts",
    "musalaha:occasion_xlsx": "opens",
    "inmates:correction_confirm": "acts",
    "inmates:correction_refuse": "acts",
    "inmates:correction_decide": "acts",
    "inmates:separate": "acts",
    "inmates:separate_step": "acts",
    "inmates:separation_authorise": "acts",
    "inmates:separation_prolong": "acts",
    "staff_new": "acts",
    "staff_access": "acts",
    "staff_posting": "acts",
    "staff_posting_end": "acts",
    "staff_reset": "acts",
    "staff_factor": "acts",
    "staff_enable": "acts",
    "staff_close": "acts",
    "staff_change_approve": "acts",
    "staff_change_refuse": "acts",
    "permanence_new": "acts",
    "permanence_end": "acts",
    "night_code_new": "acts",
    "night_code_print": "acts",
    "night_code_acknowledge": "acts",
    "own_sessions": "acts",
}


def confirming(resolver=None, namespace=""):
    """`{address: when}` of every page that asks."""
    for entry in (resolver or get_resolver()).url_patterns:
        if not isinstance(entry, URLPattern):
            yield from confirming(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif when := getattr(entry.callback, "confirm", None):
            yield f"{namespace}{entry.name}", when


def after_a_while(user):
    """The user at work, eleven minutes after signing in."""
    client, _led_to = sign_in(with_password(user))
    client.get("/")
    later(client, TEN_MINUTES, still_there=True)
    return client


def test_the_pages_that_ask():
    assert dict(confirming()) == EXPECTED


def test_soon_after_signing_in_nobody_asks(officer, inmate):
    client, _led_to = sign_in(with_password(officer))
    assert client.get(reverse("inmates:export")).status_code == 200


def test_a_tier_is_decided_with_what_was_typed_after_the_password(reviewer, assessor, inmate):
    review = submitted(inmate, assessor=assessor)
    client = after_a_while(reviewer)
    page = reverse("inmates:review", args=[review.uuid])
    assert client.get(page).status_code == 200
    typed = {"act": "decide", "tier": "2", "reasons": "Line one of the reasons\r\nand <b>line two</b>"}
    asked = client.post(page, typed)
    assert asked.status_code == 403
    sent = dict(asked.context["pairs"])
    assert sent["reasons"] == typed["reasons"]
    assert "and &lt;b&gt;line two&lt;/b&gt;" in asked.content.decode()
    review.refresh_from_db()
    assert review.state == Review.State.SUBMITTED
    wrong = client.post(page, sent | {"who_password": "not-this-one", "who_credential": ""})
    assert wrong.status_code == 403
    assert dict(wrong.context["pairs"]) == sent
    assert Event.objects.filter(verb="refused.session.opened", actor_id=reviewer.pk).count() == 1
    assert client.post(page, sent | {"who_password": PASSWORD, "who_credential": ""}).status_code == 302
    review.refresh_from_db()
    assert review.state == Review.State.DECIDED
    assert TierDecision.objects.get(inmate=inmate).reasons.split() == typed["reasons"].split()
    assert Event.objects.filter(verb="session.confirmed", actor_id=reviewer.pk).count() == 1


def test_an_export_opens_after_the_password(officer, inmate):
    client = after_a_while(officer)
    page = reverse("inmates:export") + "?format=csv"
    assert client.get(page).status_code == 403
    answer = client.post(page, {"who_password": PASSWORD, "who_credential": ""})
    assert answer["Location"] == page
    assert client.get(page).status_code == 200


def test_a_release_keeps_the_file_to_be_chosen_again(officer, inmate):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = after_a_while(officer)
    page = reverse("inmates:release", args=[inmate.uuid])
    paper = SimpleUploadedFile("order.pdf", b"%PDF-1.4", content_type="application/pdf")
    asked = client.post(page, {"ground": "judge_order", "scan": paper})
    assert asked.status_code == 403
    assert '<input class="form-control" type="file" id="file-1" name="scan" required>' in asked.content.decode()
    assert not Admission.objects.exclude(released_at=None).exists()


def test_an_account_change_is_approved_after_the_password(colleague, sysadmin, sysadmin2):
    change = changes.ask_factor(colleague, identified="service_card", reason=WHY, by=sysadmin)
    client = after_a_while(sysadmin2)
    page = reverse("staff_change_approve", args=[change.uuid])
    assert client.post(page).status_code == 403
    change.refresh_from_db()
    assert change.state == AccountChange.State.ASKED
    assert client.post(page, {"who_password": PASSWORD, "who_credential": ""}).status_code == 302
    change.refresh_from_db()
    assert change.state == AccountChange.State.APPROVED


@pytest.mark.parametrize("who", ["officer", "director"])
def test_who_may_not_is_refused_and_not_asked(who, request, sysadmin, colleague):
    change = changes.ask_factor(colleague, identified="service_card", reason=WHY, by=sysadmin)
    client = after_a_while(request.getfixturevalue(who))
    page = reverse("staff_change_approve", args=[change.uuid])
    answer = client.post(page, {"who_password": PASSWORD, "who_credential": ""})
    assert answer.status_code == 403
    assert not Event.objects.filter(verb="session.confirmed").exists()


def test_other_sessions_are_ended_after_the_password(officer):
    client = after_a_while(officer)
    other, _led_to = sign_in(officer)
    page = reverse("own_sessions")
    assert client.get(page).status_code == 200
    assert client.post(page).status_code == 403
    assert client.post(page, {"who_password": "not-this-one", "who_credential": ""}).status_code == 403
    assert other.get("/").status_code == 200
    assert client.post(page, {"who_password": PASSWORD, "who_credential": ""})["Location"] == page
    assert other.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_an_emergency_waits_for_no_password_and_its_authorisation_does(officer, director, inmate):
    client = after_a_while(officer)
    page = reverse("inmates:separate_now", args=[inmate.uuid])
    assert client.post(page, {"why": ""}).status_code == 422
    client = after_a_while(director)
    for name, args in (("separation_authorise", [inmate.uuid, 1]), ("separate", [inmate.uuid])):
        asked = client.post(reverse(f"inmates:{name}", args=args), {"reasons": "typed"})
        assert (asked.status_code, asked.context["pairs"]) == (403, [("reasons", "typed")])


def test_an_account_is_closed_after_the_password(colleague, sysadmin):
    client = after_a_while(sysadmin)
    page = reverse("staff_close", args=[colleague.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": WHY}).status_code == 403
    colleague.refresh_from_db()
    assert colleague.is_active
    assert client.post(page, {"reason": WHY, "who_password": PASSWORD, "who_credential": ""}).status_code == 302
    colleague.refresh_from_db()
    assert not colleague.is_active


def test_a_stranger_is_sent_to_sign_in(db):
    assert Client().get(reverse("inmates:export"))["Location"].startswith("/accounts/login/")
