"""Every role signs in, sees its first page, and changes its language."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_officer_sees_a_person_in_three_languages(sign_in, inmate, officer):
    page = sign_in(officer)
    assert page.locator("html").get_attribute("dir") == "ltr"
    page.goto(inmate.get_absolute_url())
    assert page.locator("h1").inner_text() == inmate.name_latin
    page = sign_in(officer, "ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.goto(inmate.get_absolute_url())
    assert page.locator("h1").inner_text() == inmate.name_ar
