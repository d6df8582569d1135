"""What shortens a term without a pardon: the committee's automatic reductions, and a court that puts a term right."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from config import clock
from core import sayings
from core.workflow import InvalidTransition
from inmates.people import corrections
from inmates.people.actions import corrections as correcting
from inmates.people.models import Correction, Inmate
from inmates.sentences import actions
from inmates.sentences.models import Adjustment, Offence, Sentence
from inmates.sentences.sayings import REDUCTION_ENTERED
from tests.factories import end_case, make_inmate, pdf
from tests.inmates.sentences.test_pardons import refused


def day(n):
    return clock.today() + timedelta(days=n)


@pytest.fixture
def convict(unit, officer):
    """Somebody whose five years began 800 days ago: more than a quarter is served."""
    return make_inmate(unit, by=officer, days_ago=800)


def scan():
    return SimpleUploadedFile("d.pdf", pdf(), content_type="application/pdf")


@pytest.fixture
def enter(convict, officer):
    """Enter a month taken by the committee ten days ago, unless said otherwise."""

    def act(sentence=None, by=officer, **fields):
        fields = {"source": "automatic", "decided_on": day(-10), "reference": "CAP 3", "months": 1} | fields
        if fields["source"] == "correction":
            fields = {"scan": scan()} | fields
        return actions.reduce_term(sentence or convict.sentences.get(), by=by, **({"confirmed": True} | fields))

    return act


def waiting(adjustment):
    return Correction.objects.get(subject="reduction", record=adjustment.pk, kind="entry")


@pytest.fixture
def reduce(enter, director):
    """The same, and a second person confirms it."""

    def act(**fields):
        adjustment = enter(**fields)
        if adjustment.annulled_at is not None:
            correcting.confirm(waiting(adjustment), by=director)
        return Adjustment.objects.get(pk=adjustment.pk)

    return act


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def test_a_decided_reduction_shortens_the_term_and_stands_in_the_steps(client, convict, officer, director):
    client.force_login(officer)
    before = convict.release_on
    address = reverse("inmates:sentence_reduce", args=[convict.uuid, convict.sentences.get().pk])
    data = {"source": "automatic", "decided_on": f"{day(-10):%d/%m/%Y}", "reference": "CAP 3", "months": "2"}
    page = client.get(address).content.decode()
    assert "reach terrorism is to be checked" in page
    asked = client.post(address, data)
    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["confirmed"])
    assert "CAP 3" in asked.content.decode()
    assert stored(convict).release_on == before
    assert client.post(address, data | {"confirmed": "on"}).status_code == 302
    assert stored(convict).release_on == before
    correcting.confirm(Correction.objects.get(), by=director)
    assert (before - stored(convict).release_on).days in range(59, 63)
    tab = client.get(reverse("inmates:tab_custody", args=[convict.uuid])).content.decode()
    for words in ("Reduced by 2 months on", "Automatic reduction (Law 03-23)", "CAP 3", "reduction decided"):
        assert words in tab


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("years", {"months": 0}),
        ("years", {"years": 5, "months": 0, "beyond": True}),
        ("years", {"months": 6}),  # more than a month a year
        ("decided_on", {"decided_on": "future"}),
        ("decided_on", {"decided_on": "early"}),  # a quarter of five years is 457 days
        ("decided_on", {"decided_on": "before", "beyond": True}),
        ("reference", {"reference": " "}),
        ("confirmed", {"confirmed": False}),
        ("source", {"source": "pardon"}),
    ],
)
def test_out_of_bounds_it_is_refused_at_its_field(reduce, convict, field, changes):
    days = {"future": day(1), "early": day(-400), "before": day(-900)}
    if "decided_on" in changes:
        changes = changes | {"decided_on": days[changes["decided_on"]]}
    before = convict.release_on
    refused(field, reduce, **changes)
    assert (Adjustment.objects.count(), stored(convict).release_on) == (0, before)


def test_beyond_what_is_reported_of_the_law_only_when_somebody_says_so(reduce, convict):
    assert reduce(months=6, beyond=True).by_how_much.months == 6
    refused("years", reduce)  # with what was granted before
    assert reduce(decided_on=day(-400), beyond=True)


def test_a_term_up_to_a_year_is_reduced_by_days(reduce, unit, officer):
    short = make_inmate(unit, by=officer, days_ago=200, years=0, months=10)
    sentence = short.sentences.get()
    refused("years", reduce, sentence=sentence, months=0, days=41)
    reduce(sentence=sentence, months=0, days=40)
    assert (short.release_on - stored(short).release_on).days == 40


def test_no_confirmation_where_the_law_surely_reaches(reduce, convict, settings):
    refused("confirmed", reduce, confirmed=False)
    convict.cases.get().offences.add(
        Offence.objects.create(law="Penal Code", article="360", label="Forging", terrorism=False)
    )
    reduce(confirmed=False)
    convict.cases.get().offences.add(Offence.objects.create(law="L", article="218-1", label="Act"))
    refused("confirmed", reduce, confirmed=False)
    settings.POLICY = settings.POLICY | {"automatic_reductions": True}
    reduce(confirmed=False, reference="CAP 4")


def test_a_court_puts_a_term_right_without_the_committees_bounds(reduce, convict):
    reduce(source="correction", reference="Rectification 4", years=2, months=0, confirmed=False, decided_on=day(-700))
    assert convict.release_on.year - stored(convict).release_on.year == 2


def test_who_may_and_of_which_sentence(reduce, convict, officer, officer2, director, inmate, unit):
    for user in (officer2, director):
        with pytest.raises(PermissionDenied):
            reduce(by=user)
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    life = Sentence(case=case, inmate=inmate, kind="life", starts_on=inmate.admitted_on)
    with pytest.raises(InvalidTransition, match="have no term"):
        reduce(sentence=actions.pronounce(life, by=officer))
    end_case(convict.cases.get(), state="acquitted", on=day(0), by=officer)
    with pytest.raises(InvalidTransition, match="quashed"):
        reduce()


def test_a_reduction_ends_a_settled_date(reduce, convict, officer, director):
    case = actions.open_case(convict, court="Fès", number="8", by=officer)
    second = actions.pronounce(Sentence(case=case, inmate=convict, years=2, starts_on=convict.admitted_on), by=officer)
    actions.settle_release_date(convict, release_on=day(900), reasons="R", source="S", sooner=True, by=director)
    reduce(sentence=second.case.inmate.sentences.order_by("id").first())
    assert stored(convict).release_basis == "unsettled"


def test_one_typed_wrong_is_corrected_or_annulled_by_two_people_and_a_pardons_never(reduce, convict, officer, director):
    adjustment, kind = reduce(months=2), corrections.find("reduction")
    before, reduced = convict.release_on, stored(convict).release_on
    correction = correcting.correct(
        kind, adjustment, {"months": "1"}, why="The decision says one.", paper="CAP 3", by=officer
    )
    correction.refresh_from_db()
    assert (correction.state, stored(convict).release_on) == ("proposed", reduced)
    correcting.confirm(correction, by=director)
    assert reduced < stored(convict).release_on < before
    annulment = correcting.annul(kind, adjustment, why="It is another person's.", paper="CAP 3", by=officer)
    correcting.confirm(annulment, by=director)
    assert stored(convict).release_on == before
    assert not Adjustment.objects.exists()
    assert Adjustment.everything.exists()


def test_the_database_asks_for_a_decision_and_a_length(convict, officer):
    good = {
        "sentence": convict.sentences.get(),
        "kind": "reduction",
        "source": "automatic",
        "decided_on": day(-10),
        "months": 1,
        "reference": "CAP 3",
        "entered_by": officer,
    }
    for wrong in ({"reference": ""}, {"months": 0}, {"kind": "remainder"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Adjustment.objects.create(**(good | wrong))
    Adjustment.objects.create(**good)


def test_whoever_is_free_by_it_is_told_of_the_same_day(reduce, enter, convict, unit, officer, director):
    reduce()
    assert not convict.tasks.open().exists()
    short = make_inmate(unit, by=officer, days_ago=200, years=0, months=10)
    entered = enter(sentence=short.sentences.get(), source="correction", months=5)
    assert not short.alerts.filter(kind="no_title").exists()
    correcting.confirm(waiting(entered), by=director)
    assert stored(short).release_on == day(-10)
    assert short.tasks.open().filter(kind="no_title", due_on=clock.today()).exists()
    assert set(short.alerts.filter(kind="no_title").values_list("audience", flat=True)) == {"prison", "national"}


def test_entered_by_one_person_it_waits_for_a_second_one(client, enter, convict, officer, director, reviewer):
    before = convict.release_on
    entered = enter(source="correction", years=4, months=11, decided_on=day(-1))
    made = waiting(entered)
    assert (made.state, made.moves[0], stored(convict).release_on) == ("proposed", "release_date", before)
    assert not convict.sentences.get().adjustments.exists()
    told = set(convict.alerts.filter(kind="correction").values_list("audience", flat=True))
    assert told == {"prison", "national", "reviewers"}
    with pytest.raises(PermissionDenied):
        correcting.confirm(made, by=officer)
    client.force_login(director)
    page = client.get(made.get_absolute_url()).content.decode()
    for words in ("4 years", "11 months", "CAP 3", "d.pdf", "A decision shortens the term."):
        assert words in page
    correcting.refuse(made, reason="The court said nothing of it", by=director)
    assert (stored(convict).release_on, Adjustment.objects.count()) == (before, 0)


def test_on_the_day_the_officer_in_charge_lets_it_take_effect_on_paper(enter, convict, director, reviewer):
    entered = enter(source="correction", years=2, months=10, decided_on=day(-1))  # the new end has come by now
    made = waiting(entered)
    assert made.first_date <= clock.today()
    correcting.decide_on_paper(made, paper="Note 7", by=director)
    assert stored(convict).release_on <= clock.today()
    with pytest.raises(PermissionDenied):
        correcting.confirm(made, by=director)
    assert correcting.confirm(made, by=reviewer).state == "done"


def test_a_courts_decision_is_entered_with_its_scan(enter):
    with pytest.raises(ValidationError) as refusal:
        enter(source="correction", scan=None)
    assert list(refusal.value.message_dict) == ["scan"]
    assert not Adjustment.everything.exists()


def test_one_that_waited_counts_no_longer_once_the_judgment_fell(enter, convict, officer, director):
    made = waiting(enter())
    end_case(convict.cases.get(), state="acquitted", on=day(0), by=officer)
    with pytest.raises(InvalidTransition, match="stands no longer"):
        correcting.confirm(made, by=director)


def test_one_decision_counts_once_for_a_sentence(client, enter, convict, officer, director):
    made = waiting(enter())
    for again in ({}, {"reference": " cap 3 ", "months": 2}):
        refused("reference", enter, **again)
    correcting.confirm(made, by=director)
    refused("reference", enter)
    client.force_login(officer)
    typed = {
        "source": "automatic",
        "decided_on": f"{day(-10):%d/%m/%Y}",
        "reference": "CAP 3",
        "months": 1,
        "confirmed": "on",
    }
    page = client.post(reverse("inmates:sentence_reduce", args=[convict.uuid, convict.sentences.get().pk]), typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reference"])
    assert 'value="CAP 3"' in page.content.decode()
    assert Adjustment.objects.count() == 1


def test_another_decision_of_that_day_or_the_same_once_not_confirmed_is_entered(enter, director):
    correcting.refuse(waiting(enter()), reason="Of a namesake", by=director)
    for fields in ({}, {"reference": "CAP 4"}, {"decided_on": day(-9)}):
        correcting.confirm(waiting(enter(**fields)), by=director)
    assert Adjustment.objects.count() == 3


def test_two_that_wait_never_take_more_than_the_term(enter, convict, director):
    first, second = (waiting(enter(source="correction", years=3, reference=f"A {n}")) for n in range(2))
    correcting.confirm(first, by=director)
    with pytest.raises(InvalidTransition, match="nothing would be left"):
        correcting.confirm(second, by=director)


def test_who_entered_it_withdraws_it_while_it_waits_and_nobody_else(client, enter, convict, officer, director):
    made = waiting(enter())
    with pytest.raises(PermissionDenied):
        correcting.withdraw(made, by=director)
    client.force_login(officer)
    page = reverse("inmates:correction", args=[made.uuid])
    address = reverse("inmates:correction_withdraw", args=[made.uuid])
    assert address in client.get(page).content.decode()
    assert client.post(address).status_code == 302
    made.refresh_from_db()
    assert (made.state, Adjustment.objects.count()) == ("withdrawn", 0)
    assert not convict.alerts.filter(kind="correction", acknowledged_at=None).exists()
    with pytest.raises(InvalidTransition):
        correcting.confirm(made, by=director)
    correcting.confirm(waiting(enter()), by=director)
    assert Adjustment.objects.count() == 1


def test_the_list_of_what_waits_says_why_in_the_readers_language(client, enter, director):
    enter()
    client.force_login(director)
    page = client.get(reverse("inmates:corrections")).content.decode()
    assert sayings.MARK not in page
    assert sayings.words(REDUCTION_ENTERED.mark) in page
