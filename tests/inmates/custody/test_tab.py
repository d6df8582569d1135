"""What the custody tab says, in the reader's language."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from inmates.court_appeals.actions import declare_appeal, give_receipt
from inmates.custody.views.tab import CAUSES
from tests.factories import make_inmate


def test_every_cause_of_a_calculation_has_words():
    """What the acts write stands in the history of the release date: in the reader's language, never as it is stored."""
    written = {
        cause
        for room in ("inmates", "musalaha")
        for path in (settings.BASE_DIR / room).rglob("*.py")
        for cause in re.findall(r'\bcause="([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert {"sentence", "judgment final"} <= written
    assert written <= CAUSES.keys()


@pytest.mark.parametrize(("language", "said"), [("fr", "Récépissé remis le "), ("ar", "سُلم الوصل في ")])
def test_a_moment_is_told_with_its_preposition(client, unit, officer, language, said):
    inmate = make_inmate(unit, by=officer, legal_status="convicted_appeal", days_ago=5)
    case = inmate.cases.get()
    appeal = declare_appeal(case, kind="appeal", party="person", court="Rabat", reference="1/2026", by=officer)
    give_receipt(appeal, by=officer)
    officer.language = language
    officer.save()
    client.force_login(officer)
    assert said in client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()


@pytest.mark.parametrize(
    ("status", "offered"), [("remand", True), ("convicted_appeal", True), ("convicted_final", False)]
)
def test_a_case_with_a_final_judgment_offers_no_end_without_prison(client, unit, officer, status, offered):
    inmate = make_inmate(unit, by=officer, legal_status=status)
    client.force_login(officer)
    page = client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()
    assert (reverse("inmates:close_case", args=[inmate.uuid, inmate.cases.get().pk]) in page) == offered
