"""Corrections decided on paper: by somebody else than who made them, for a day, where the person is, with days as they are."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import roles
from accounts.roles import PERMISSIONS
from audit import signed_context
from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals.actions import decide_appeal, declare_appeal
from inmates.custody.actions import releases
from inmates.custody.holds import Hold, holds
from inmates.custody.models import DetentionOrder
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.actions.waiting_corrections import escalate
from inmates.people.models import Alert, Correction, Inmate, Task
from inmates.sentences import actions
from inmates.sentences.models import Pardon, Sentence
from inmates.transfers import actions as transfers
from tests.factories import ago, make_inmate, make_user

ON_PAPER = {"why": "Copied wrong from the judgment.", "paper": "J 1"}


def day(n):
    return clock.today() + timedelta(days=n)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def corrected(record, by, key="sentence", **values):
    return corrections.correct(correctables.find(key), record, values, **ON_PAPER, by=by)


def decided(correction, by):
    return corrections.decide_on_paper(correction, paper="Note 3", by=by)


def a_day_later(monkeypatch, hours=24):
    """From now on it is so many hours later."""
    now = clock.now() + timedelta(hours=hours)
    monkeypatch.setattr("config.clock.now", lambda: now)


@pytest.fixture
def served(unit, officer):
    """Somebody whose recorded year is over and whom nothing holds."""
    inmate = make_inmate(unit, by=officer, days_ago=400, years=1)
    assert holds(inmate) == []
    return inmate


@pytest.fixture
def twenty_years(unit, officer):
    return make_inmate(unit, by=officer, days_ago=400, years=20)


@pytest.fixture
def lengthened(served, officer, director):
    """His year corrected to five, decided on paper."""
    return decided(corrected(served.sentences.get(), officer, years="5"), director)


# Two people


@pytest.mark.parametrize("values", [{"years": "0", "months": "5"}, {"years": "1"}])
def test_who_made_it_does_not_decide_on_it(twenty_years, officer, director, values):
    made = corrected(twenty_years.sentences.get(), officer, **values)
    with pytest.raises(PermissionDenied, match="somebody else decides"):
        decided(made, officer)
    assert stored(twenty_years).release_on == made.release_before
    with pytest.raises(InvalidTransition):
        releases.release(stored(twenty_years), ground="term_served", by=officer)
    assert decided(made, director).state == "decided"
    assert holds(stored(twenty_years)) == []


def test_the_database_lets_nobody_decide_on_their_own(twenty_years, officer, director):
    made = corrected(twenty_years.sentences.get(), officer, years="1")
    rows, said = Correction.objects.filter(pk=made.pk), {"decided_at": clock.now(), "decision_paper": "Note 3"}
    with pytest.raises(IntegrityError, match="does not decide"), transaction.atomic():
        rows.update(state="decided", decided_by=officer, **said)
    assert rows.update(state="decided", decided_by=director, **said) == 1
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        rows.update(decided_by=make_user(roles.DIRECTOR, username="another"))


def test_the_button_stands_for_others_of_the_prison_only(client, twenty_years, prison, officer, director):
    made = corrected(twenty_years.sentences.get(), officer, years="1")
    url = reverse("inmates:correction_decide", args=[made.uuid])
    colleague = make_user(roles.OFFICER, prison, username="colleague")
    for user, offered in ((officer, False), (colleague, True), (director, True)):
        client.force_login(user)
        assert (url in client.get(made.get_absolute_url()).content.decode()) is offered, user
    client.force_login(officer)
    assert client.post(url, {"paper": "Note 3"}).status_code == 403
    client.force_login(colleague)
    assert client.post(url, {"paper": "Note 3"}).status_code == 302
    assert Correction.objects.get().decided_by == colleague


def test_in_a_prison_with_one_officer_the_director_decides():
    """Silence holds nobody: whoever enters sentences is never the only one who may decide."""
    may = {role for role, rights in PERMISSIONS.items() if "inmates.decide_correction" in rights}
    assert may == {roles.OFFICER, roles.DIRECTOR}
    assert "inmates.manage_sentences" not in PERMISSIONS[roles.DIRECTOR]


def test_a_release_on_an_unconfirmed_decision_keeps_what_held_and_is_told(twenty_years, officer, director):
    made = decided(corrected(twenty_years.sentences.get(), officer, years="1"), director)
    stay = releases.release(stored(twenty_years), ground="term_served", by=officer)
    (against,) = [Hold.read(one) for one in stay.release_file["against"]]
    assert (against.kind, against.until) == (Hold.SENTENCE, made.release_before)
    told = Alert.objects.get(inmate=twenty_years, kind="release_disputed")
    assert told.audience == "national"
    assert "Note 3" in str(told.said)
    assert stored(twenty_years).release_on == made.release_after  # only looked at


def test_a_release_on_a_confirmed_one_is_told_to_nobody(twenty_years, officer, director, reviewer):
    made = decided(corrected(twenty_years.sentences.get(), officer, years="1"), director)
    corrections.confirm(made, by=reviewer)
    stay = releases.release(stored(twenty_years), ground="term_served", by=officer)
    assert stay.release_file["against"] == []
    assert not Alert.objects.filter(inmate=twenty_years, kind="release_disputed").exists()


# A day


def test_what_holds_on_paper_alone_holds_no_longer_after_a_day(monkeypatch, served, lengthened, as_application):
    assert [hold.kind for hold in holds(stored(served))] == [Hold.SENTENCE]
    a_day_later(monkeypatch, hours=23)
    assert escalate()["corrections_lapsed"] == 0
    assert holds(stored(served)) != []
    a_day_later(monkeypatch, hours=1)
    with as_application(), signed_context.service("daily"):
        assert escalate()["corrections_lapsed"] == 1
        assert escalate()["corrections_lapsed"] == 0
    assert holds(stored(served)) == []
    lengthened.refresh_from_db()
    assert (lengthened.state, lengthened.lapsed, lengthened.decided_by.username) == ("proposed", True, "director")
    assert (served.sentences.get().years, stored(served).release_on) == (1, lengthened.release_before)
    assert served.tasks.open().filter(kind=Task.Kind.NO_TITLE, due_on=clock.today()).exists()
    told = set(Alert.objects.filter(inmate=served, acknowledged_at=None).values_list("kind", "audience"))
    assert {
        ("no_title", "prison"),
        ("no_title", "national"),
        ("correction", "prison"),
        ("correction", "national"),
    } <= told
    said = Alert.objects.filter(inmate=served, kind="correction").values_list("said", flat=True)
    assert {one["code"] for lines in said for one in lines} == {"people.correction_lapsed"}
    assert Event.objects.filter(verb="correction.lapsed", actor_id=None).count() == 1


def test_lapsed_it_is_confirmed_or_refused_and_not_decided_anew(
    monkeypatch, client, served, lengthened, officer, director, reviewer
):
    a_day_later(monkeypatch)
    escalate()
    lengthened.refresh_from_db()
    colleague = make_user(roles.OFFICER, served.facility, username="colleague")
    with pytest.raises(InvalidTransition, match="in effect on paper once"):
        decided(lengthened, colleague)
    with pytest.raises(PermissionDenied):
        corrections.confirm(lengthened, by=director)  # who had decided on it
    client.force_login(colleague)
    page = client.get(lengthened.get_absolute_url()).content.decode()
    assert reverse("inmates:correction_decide", args=[lengthened.uuid]) not in page
    assert "Not confirmed in time" in page
    corrections.confirm(lengthened, by=reviewer)
    assert stored(served).release_on == lengthened.release_after
    assert [hold.kind for hold in holds(stored(served))] == [Hold.SENTENCE]


def test_what_frees_stays_in_effect(monkeypatch, twenty_years, officer, director):
    made = decided(corrected(twenty_years.sentences.get(), officer, years="1"), director)
    a_day_later(monkeypatch, hours=72)
    assert escalate()["corrections_lapsed"] == 0
    made.refresh_from_db()
    assert (made.state, holds(stored(twenty_years))) == ("decided", [])


def test_an_order_that_was_to_run_on_holds_no_longer_either(monkeypatch, unit, officer, director):
    order = make_inmate(unit, by=officer, legal_status="remand").detention_orders.get()
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=day(-1))
    order.refresh_from_db()
    made = decided(corrected(order, officer, key="order", expires_on=day(40).isoformat()), director)
    assert holds(stored(order.inmate)) != []
    a_day_later(monkeypatch)
    assert escalate()["corrections_lapsed"] == 1
    assert holds(stored(order.inmate)) == []
    assert Correction.objects.get(pk=made.pk).lapsed


def test_confirmed_within_the_day_it_holds(monkeypatch, served, lengthened, reviewer):
    corrections.confirm(lengthened, by=reviewer)
    a_day_later(monkeypatch)
    assert escalate()["corrections_lapsed"] == 0
    assert [hold.kind for hold in holds(stored(served))] == [Hold.SENTENCE]


# Days as they are


@pytest.fixture
def two_facts(unit, officer, director):
    """A term of two years to be one, and a hundred days of remand confirmed since: by both it ended weeks ago."""
    inmate = make_inmate(unit, by=officer, days_ago=300, years=2)
    waits = corrected(inmate.sentences.get(), officer, years="1")
    forgotten = actions.add_forgotten_remand(
        inmate.sentences.get(), first_day=day(-500), day_after_last=day(-400), why="Forgotten at the entry of it",
        paper="PV 1", by=officer,
    )  # fmt: skip
    assert waits.release_after > clock.today()
    corrections.confirm(forgotten, by=director)
    return waits


def test_the_days_of_what_waits_follow_what_changed_since(two_facts, director):
    before, now = two_facts, Correction.objects.get(pk=two_facts.pk)
    assert now.release_before == before.release_before - timedelta(days=100) == stored(before.inmate).release_on
    assert now.release_after == before.release_after - timedelta(days=100) < clock.today()
    decided(now, director)
    assert stored(now.inmate).release_on == now.release_after
    assert holds(stored(now.inmate)) == []


def test_a_pardon_verified_meanwhile_moves_them_and_they_are_kept_as_they_then_were(
    unit, officer, director, coordinator, reviewer
):
    inmate = make_inmate(unit, by=officer, days_ago=300, years=4)
    made = corrected(inmate.sentences.get(), officer, years="3")
    pardon = actions.record_pardon(
        Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="reduced", years=1), reference="1-26-1",
        dated_on=day(-1), by=coordinator,
    )  # fmt: skip
    actions.verify_pardon(pardon, by=reviewer)
    now = Correction.objects.get(pk=made.pk)
    assert (made.release_before - now.release_before).days in (365, 366)
    corrections.confirm(now, by=director)
    kept = Correction.objects.get(pk=made.pk)
    assert kept.release_after == stored(inmate).release_on == now.release_after
    assert kept.release_before == now.release_before


def test_before_the_day_that_is_true_now_it_is_still_refused(unit, officer, director):
    """A day that had come when it was made, and that lies ahead again."""
    inmate = make_inmate(unit, by=officer, days_ago=400, years=2)
    remand = actions.add_forgotten_remand(
        inmate.sentences.get(), first_day=day(-600), day_after_last=day(-500), why="Forgotten at the entry of it",
        paper="PV 1", by=officer,
    )  # fmt: skip
    corrections.confirm(remand, by=director)
    period = inmate.sentences.get().remand_periods.get()
    made = corrected(inmate.sentences.get(), officer, years="1", months="3")
    assert made.presses_today
    gone = corrections.annul(correctables.find("remand"), period, **ON_PAPER, by=officer)
    corrections.confirm(gone, by=director)
    made = Correction.objects.get(pk=made.pk)
    assert made.first_date > clock.today()
    with pytest.raises(InvalidTransition, match="None of the days"):
        decided(made, director)


def test_days_worked_out_again_are_read_before_it_is_confirmed(client, two_facts, reviewer):
    Correction.objects.filter(pk=two_facts.pk).update(release_after=day(9))  # what a page showed yesterday
    client.force_login(reviewer)
    answer = client.post(reverse("inmates:correction_confirm", args=[two_facts.uuid]), follow=True)
    assert "read them again" in answer.content.decode()
    now = Correction.objects.get(pk=two_facts.pk)
    assert (now.state, now.release_after < clock.today()) == ("proposed", True)  # the page has worked them out
    client.post(reverse("inmates:correction_confirm", args=[two_facts.uuid]))
    assert Correction.objects.get(pk=two_facts.pk).state == "done"


def test_each_hour_they_are_worked_out_again(two_facts, as_application):
    right = Correction.objects.get(pk=two_facts.pk)
    Correction.objects.filter(pk=two_facts.pk).update(release_after=day(9))
    with as_application(), signed_context.service("daily"):
        assert escalate()["corrections_moved"] == 1
        assert escalate()["corrections_moved"] == 0
    assert Correction.objects.get(pk=two_facts.pk).release_after == right.release_after


def test_what_it_moves_is_written_again_while_it_waits_only_and_is_never_nothing(two_facts, director, reviewer):
    rows = Correction.objects.filter(pk=two_facts.pk)
    assert rows.update(moves=["release_date"]) == 1
    with pytest.raises(IntegrityError, match="never nothing"), transaction.atomic():
        rows.update(moves=[])
    decided(rows.get(), director)
    with pytest.raises(IntegrityError, match="while it waits"), transaction.atomic():
        rows.update(moves=["stay"])


def test_what_cannot_take_effect_any_longer_keeps_what_it_says(two_facts):
    kept = Correction.objects.get(pk=two_facts.pk)
    Sentence.objects.filter(pk=kept.record).update(years=9)
    assert not corrections.refresh(kept)
    assert Correction.objects.get(pk=kept.pk).release_after == kept.release_after


# Where the person is


@pytest.fixture
def moved(inmate, other_prison, officer, officer2, director):
    """Made in one prison; the person is in another by now."""
    made = corrected(inmate.sentences.get(), officer, years="0", months="1")
    transfer = transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    transfers.approve(transfer, by=director)
    transfers.accept(transfer, by=officer2)
    transfers.depart(transfer, by=officer)
    transfers.arrive(transfer, unit=other_prison.units.get(), registration_number="77", by=officer2)
    return made


def test_the_officer_in_charge_is_one_of_the_prison_where_the_person_is(
    client, moved, officer2, director, director2, as_application
):
    made = Correction.objects.get(pk=moved.pk)
    with pytest.raises(PermissionDenied):
        decided(made, director)  # of the prison where it was made
    url = reverse("inmates:correction_decide", args=[made.uuid])
    for user, offered in ((director, False), (officer2, True), (director2, True)):
        client.force_login(user)
        assert (url in client.get(made.get_absolute_url()).content.decode()) is offered, user
    client.force_login(officer2)
    assert "Corrections to confirm" in client.get(reverse("today")).content.decode()
    listed = client.get(reverse("inmates:corrections")).content.decode()
    assert made.get_absolute_url() in listed
    with as_application(by=officer2):
        assert decided(made, officer2).state == "decided"


def test_of_somebody_in_no_prison_it_is_where_it_was_made(inmate, officer, director, director2):
    case = inmate.cases.get()
    releases.release(inmate, ground="judicial", reference="O 1", at=ago(1), by=officer)
    made = corrected(inmate.sentences.get(), officer, years="0", months="1")
    assert Correction.objects.get(pk=made.pk).place == case.inmate.facility
    with pytest.raises(PermissionDenied):
        decided(made, director2)
    assert decided(made, director).state == "decided"


# A judgment on appeal meanwhile


@pytest.fixture
def overtaken(unit, officer, director):
    """Four years corrected to six months on paper, and a new term of three on appeal."""
    tried = make_inmate(unit, by=officer, legal_status="convicted_appeal", days_ago=300, years=4)
    made = decided(corrected(tried.sentences.get(), officer, years="0", months="6"), director)
    appeal = declare_appeal(tried.cases.get(), kind="appeal", party="prosecution", court="Rabat", at=ago(9), by=officer)
    decide_appeal(appeal, outcome="changed", on=day(-1), decision="R 1", sentence=Sentence(years=3), by=officer)
    return made


def test_after_a_new_term_on_appeal_it_can_be_refused(client, overtaken, director, reviewer):
    tried, until = overtaken.inmate, stored(overtaken.inmate).release_on
    with pytest.raises(ValidationError, match="Say why"):
        corrections.refuse(overtaken, reason=" ", by=reviewer)
    with pytest.raises(PermissionDenied):
        corrections.refuse(overtaken, reason="The judgment said four", by=director)  # who decided on it
    corrections.refuse(overtaken, reason="The judgment said four", by=reviewer)
    first = Sentence.everything.get(pk=overtaken.record)
    assert (first.years, first.months, first.stands) == (4, 0, False)
    assert (stored(tried).release_on, tried.sentences.standing().get().years) == (until, 3)
    assert not Correction.objects.waiting().exists()
    client.force_login(reviewer)
    assert "A later judgment has taken the place" in client.get(overtaken.get_absolute_url()).content.decode()


def test_or_confirmed_and_the_term_of_the_appeal_stands(overtaken, reviewer):
    until = stored(overtaken.inmate).release_on
    assert corrections.confirm(overtaken, by=reviewer).state == "done"
    assert stored(overtaken.inmate).release_on == until


def test_what_stands_is_put_back_with_all_its_checks(unit, officer, director, reviewer, client):
    """Beside it: of a judgment that stands nothing is said to have been overtaken."""
    tried = make_inmate(unit, by=officer, legal_status="convicted_appeal", days_ago=300, years=4)
    made = decided(corrected(tried.sentences.get(), officer, years="0", months="6"), director)
    corrections.refuse(made, reason="The judgment said four", by=reviewer)
    assert tried.sentences.standing().get().years == 4
    client.force_login(reviewer)
    assert "A later judgment has taken the place" not in client.get(made.get_absolute_url()).content.decode()
