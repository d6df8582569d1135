"""What a browser is told: nothing but the service's own, in no frame of another site, by no method that no page has."""

import pytest

PAGES = ["/accounts/login/", "/inmates/", "/nowhere/", "/static/css/register.css"]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_policies(client, officer, address):
    client.force_login(officer)
    answer = client.get(address)
    rules = [rule.strip() for rule in answer["Content-Security-Policy"].split(";")]
    assert {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(rules)
    assert not any("unsafe" in rule or "*" in rule for rule in rules)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("address", PAGES[:3])
def test_no_other_site_puts_a_page_into_its_own(client, officer, address):
    client.force_login(officer)
    answer = client.get(address, headers={"Origin": "https://elsewhere.example"})
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert not [name for name in answer.headers if name.startswith("Access-Control-")]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "OPTIONS"])
def test_no_page_has_another_method(client, officer, method):
    client.force_login(officer)
    answer = client.generic(method, "/", headers={"X-Secret": "said once"})
    assert answer.status_code == 405
    assert b"said once" not in answer.content
    assert client.head("/").status_code == 200
