"""Corrections that wait and whose day has come: an order that ends, a term between two ends. Silence holds nobody."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from config import clock
from core import sayings
from core.templatetags.display import day_text
from core.workflow import InvalidTransition
from inmates.custody.holds import holds
from inmates.custody.models import DetentionOrder
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Alert, Correction, Inmate
from inmates.people.views.corrections import waiting_in_words
from inmates.people.views.moved_days import moved_by
from inmates.sentences.actions import open_case, pronounce
from inmates.sentences.models import Sentence
from inmates.sentences.release_dates import bounds
from tests.factories import make_inmate

ON_PAPER = {"why": "Copied wrong from the judgment.", "paper": "J 1"}


def day(n):
    return clock.today() + timedelta(days=n)


def corrected(key, record, by, **values):
    return corrections.correct(correctables.find(key), record, values, **ON_PAPER, by=by)


def on(monkeypatch, moment):
    """From now on it is that day."""
    monkeypatch.setattr("config.clock.today", lambda: moment)


@pytest.fixture
def order(unit, officer):
    """The order of remand of somebody untried, which ends in two weeks."""
    order = make_inmate(unit, by=officer, legal_status="remand").detention_orders.get()
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=day(14))
    order.refresh_from_db()
    return order


@pytest.fixture
def unsettled(inmate, officer):
    """Two sentences of which nothing says how they stand: five years, and two."""
    case = open_case(inmate, court="Fès", number="8", by=officer)
    pronounce(Sentence(case=case, inmate=inmate, years=2, starts_on=inmate.admitted_on), by=officer)
    inmate.refresh_from_db()
    return inmate


@pytest.mark.parametrize(("to", "presses_in"), [(1, 1), (40, 14)])
def test_the_end_of_an_order_is_decided_on_paper_on_the_day_of_either(
    monkeypatch, order, officer, director, reviewer, to, presses_in
):
    """Shortened, it would hold on in silence; typed too short, it would hold no longer although it runs."""
    made = corrected("order", order, officer, expires_on=day(to).isoformat())
    assert made.days == {
        "order_end": [[[order.reference, day(14).isoformat()]], [[order.reference, day(to).isoformat()]]]
    }
    eve, moment, after = day(presses_in - 1), day(presses_in), day(presses_in + 1)
    on(monkeypatch, eve)
    with pytest.raises(InvalidTransition, match="None of the days"):
        corrections.decide_on_paper(made, paper="Note 3", by=director)
    on(monkeypatch, moment)
    assert Correction.objects.get().presses_today
    corrections.decide_on_paper(made, paper="Note 3", by=director)
    on(monkeypatch, after)
    assert bool(holds(order.inmate)) is (to == 40)
    assert corrections.confirm(made, by=reviewer).state == "done"


def test_the_possible_ends_are_shown_and_decided_on_paper_on_the_day_of_either(
    monkeypatch, unsettled, officer, director, reviewer
):
    before, second = bounds(unsettled), unsettled.sentences.get(years=2)
    made = corrected("sentence", second, officer, years="1")
    ends = made.days["possible_ends"]
    assert ends[0] == [["earliest", before.earliest.isoformat()], ["latest", before.latest.isoformat()]]
    assert ends[0][0] == ends[1][0]
    latest = date.fromisoformat(ends[1][1][1])
    assert made.moved_days == [latest, before.latest]
    assert latest < before.latest
    on(monkeypatch, max(before.earliest, latest - timedelta(days=1)))  # the earlier end, which stays, has come
    assert not Correction.objects.get().presses_today
    with pytest.raises(InvalidTransition, match="None of the days"):
        corrections.decide_on_paper(made, paper="Note 3", by=director)
    on(monkeypatch, latest)
    corrections.decide_on_paper(made, paper="Note 3", by=director)
    unsettled.refresh_from_db()
    assert holds(unsettled) == []
    assert corrections.confirm(made, by=reviewer).state == "done"


def test_refused_after_that_the_latest_end_is_what_it_was(monkeypatch, unsettled, officer, director, reviewer):
    before = bounds(unsettled)
    made = corrected("sentence", unsettled.sentences.get(years=2), officer, years="1")
    on(monkeypatch, made.first_date)
    corrections.decide_on_paper(made, paper="Note 3", by=director)
    corrections.refuse(made, reason="The judgment says two years", by=reviewer)
    assert bounds(Inmate.objects.get(pk=unsettled.pk)) == before


def test_a_correction_of_no_day_never_presses(inmate, officer):
    made = corrected("sentence", inmate.sentences.get(), officer, final_on=day(-1).isoformat())
    assert (made.moves, made.days, made.moved_days, made.presses_today) == (["finality"], {}, [], False)


def test_of_an_older_row_that_kept_no_days_nobody_says_that_none_has_come(order, officer):
    made = corrected("order", order, officer, expires_on=day(40).isoformat())
    assert not made.presses_today
    Correction.objects.filter(pk=made.pk).update(days={})
    assert Correction.objects.get().presses_today


def test_the_nearest_day_is_told_with_what_waits(order, officer):
    corrected("order", order, officer, expires_on=day(3).isoformat())
    said = Alert.objects.filter(kind="correction").first().said
    assert said == [{
        "code": "people.correction_of_days_waits",
        "params": {"since": {"day": day(0).isoformat()}, "day": {"day": day(3).isoformat()}},
    }]  # fmt: skip
    texts = set()
    for language in ("en", "fr", "ar"):
        with override(language):
            texts.add(sayings.read(said))
    assert len(texts) == 3


def test_the_days_are_read_before_it_is_kept_on_its_page_and_where_it_waits(client, order, officer, director):
    client.force_login(officer)
    url = reverse("inmates:correct", args=["order", order.pk])
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | ON_PAPER
    data |= {"issued_on": f"{order.issued_on:%d/%m/%Y}", "expires_on": f"{day(3):%d/%m/%Y}"}
    asked = client.post(url, data)
    line = next(line for line in asked.context["consequences"] if line.startswith("Until when an order holds"))
    assert line.count(order.reference) == 2
    data["confirmed"] = asked.context["form"].data["confirmed"]
    changed = client.post(url, data | {"expires_on": f"{day(4):%d/%m/%Y}"})
    assert "consequences" in changed.context  # other days than those that were read
    assert not Correction.objects.exists()
    client.post(url, data)
    made = Correction.objects.get()
    (what, before, after) = moved_by(made)[0]
    assert f"{what}: {before} → {after}." == line
    assert line in waiting_in_words(order.inmate, officer)[0][1]
    client.force_login(director)
    for page in (reverse("inmates:correction", args=[made.uuid]), reverse("inmates:corrections")):
        text = client.get(page).content.decode()
        assert before in text
        assert after in text


def test_possible_ends_read_in_all_languages(unsettled, officer):
    made = corrected("sentence", unsettled.sentences.get(years=2), officer, years="1")
    for language in ("en", "fr", "ar"):
        with override(language):
            ((what, before, after),) = moved_by(made)
            assert what
            assert before != after
            assert [side.count("–") for side in (before, after)] == [1, 1]
    # An order without a last day, and an end that is not known
    made.days = {"order_end": [[["C 9", None]], []], "possible_ends": [[["earliest", None], ["latest", None]], []]}
    assert moved_by(made) == [
        ("Until when an order holds", "C 9 · no last day", "—"),
        ("Between which days the term ends", "—", "—"),
    ]


def test_a_presumption_that_begins_or_ends_is_told_with_its_day(unsettled, officer, director):
    """The same two ends before and after: of the earlier one the law says by now that it counts."""
    first, second = unsettled.sentences.order_by("pk")
    Sentence.objects.filter(pk=second.pk).update(pronounced_on=day(-20))
    Sentence.objects.filter(pk=first.pk).update(acts_on=unsettled.admitted_on - timedelta(days=30))
    second.refresh_from_db()
    within = bounds(unsettled)
    begins = corrected("sentence", second, officer, acts_on=(unsettled.admitted_on - timedelta(days=20)).isoformat())
    ((what, before, after),) = moved_by(begins)
    assert (what, before, after) == ("End that the law presumes", "none", day_text(within.earliest))
    assert begins.moved_days == [within.earliest]
    corrections.confirm(begins, by=director)
    assert bounds(Inmate.objects.get(pk=unsettled.pk)).presumed == within.earliest
    second.refresh_from_db()
    ends = corrected("sentence", second, officer, acts_on=(unsettled.admitted_on + timedelta(days=20)).isoformat())
    texts = set()
    for language in ("en", "fr", "ar"):
        with override(language):
            ((what, before, after),) = moved_by(ends)
            assert before == day_text(within.earliest)
            assert what in waiting_in_words(unsettled, officer)[0][1]
            texts |= {what, after}
    assert len(texts) == 6


def test_of_a_correction_that_moves_no_presumption_nothing_is_said_of_one(unsettled, officer):
    made = corrected("sentence", unsettled.sentences.get(years=2), officer, years="1")
    assert [what for what, _before, _after in moved_by(made)] == ["Between which days the term ends"]
