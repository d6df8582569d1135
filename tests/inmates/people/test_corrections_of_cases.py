"""Cases entered for the wrong person, and papers handed out before a correction."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals import actions as court_appeals
from inmates.custody import daily as custody_daily
from inmates.custody.actions import orders, releases
from inmates.custody.holds import holds, nothing_holds
from inmates.custody.models import DetentionOrder
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Alert, Correction, Inmate
from inmates.sentences import actions
from inmates.sentences.models import Case, CourtAppeal, Fine, Sentence
from tests.application_rights import rewriting
from tests.factories import ago, end_case, make_inmate

WHY = {"why": "It is the case of a namesake", "paper": "Letter 5"}


def annul(record, key, by):
    return corrections.annul(correctables.find(key), record, by=by, **WHY)


@pytest.fixture
def remanded(unit, officer):
    return make_inmate(unit, by=officer, legal_status="remand")


def test_a_case_of_somebody_else_holds_nobody_once_confirmed(remanded, officer, director):
    case = remanded.cases.get()
    made = annul(case, "case", officer)
    assert (made.state, made.moves) == (Correction.State.PROPOSED, ["holds"])
    assert remanded.cases.count() == 1
    corrections.confirm(made, by=director)
    assert not Case.objects.filter(pk=case.pk).exists()
    assert Case.everything.get(pk=case.pk).annulled_at is not None
    assert [hold.kind for hold in holds(remanded)] == ["order"]  # the order of admission stands by itself again


def test_its_orders_are_orders_without_a_case(remanded, officer, director):
    order = remanded.admissions.get().order
    order.case = remanded.cases.get()
    order.save()
    corrections.confirm(annul(order.case, "case", officer), by=director)
    remanded.refresh_from_db()
    assert [hold.order_id for hold in holds(remanded)] == [order.pk]
    assert nothing_holds(Inmate.objects.in_custody()) == []
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=clock.today() - timedelta(days=1))
    assert holds(remanded) == []
    assert nothing_holds(Inmate.objects.in_custody()) == [remanded]


def test_whom_it_alone_held_is_told_of_at_once(remanded, officer, director):
    orders.lift_order(remanded.admissions.get().order, on=clock.today(), reason="Judge", by=officer)
    order = DetentionOrder(kind="remand", authority="TPI", reference="O 2", issued_on=clock.today())
    order.case = remanded.cases.get()
    orders.add_order(remanded, order=order, by=officer)
    Alert.objects.filter(inmate=remanded).delete()
    corrections.confirm(annul(order.case, "case", officer), by=director)
    corrections.confirm(annul(order, "order", officer), by=director)
    custody_daily.run()
    assert Alert.objects.filter(inmate=remanded, kind="no_title").exists()


def test_a_case_with_nothing_on_it_is_annulled_at_once(inmate, officer):
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    until = inmate.release_on
    assert annul(case, "case", officer).state == Correction.State.DONE
    inmate.refresh_from_db()
    assert inmate.release_on == until


@pytest.mark.parametrize("what", ["sentence", "fine"])
def test_what_hangs_on_it_is_named_and_annulled_first(inmate, officer, director, what):
    case = actions.open_case(inmate, court="Fès", number="8/26", by=officer)
    if what == "sentence":
        start = inmate.admitted_on
        hanging = Sentence(
            case=case, inmate=inmate, years=2, starts_on=start, relation="confused", relation_decision="R"
        )
        actions.pronounce(hanging, by=officer)
    else:
        hanging = Fine.objects.create(case=case, amount=700, remaining=700)
    with pytest.raises(InvalidTransition, match="2 years · 8/26" if what == "sentence" else "fine of 700"):
        annul(case, "case", officer)
    made = annul(hanging, what, officer)
    if made.state == Correction.State.PROPOSED:
        corrections.confirm(made, by=director)
    annul(case, "case", officer)


def test_a_chain_of_judgments_goes_with_its_case(inmate, officer, director):
    """The judgment on appeal and the one it replaced: neither goes alone, both go with the case."""
    case = inmate.cases.get()
    inmate.sentences.update(final_on=None, final_reference="")
    appeal = court_appeals.declare_appeal(case, kind="appeal", party="person", court="R", reference="1", by=officer)
    court_appeals.decide_appeal(
        appeal, outcome="changed", on=clock.today(), decision="R 1", sentence=Sentence(years=4), by=officer
    )
    with pytest.raises(InvalidTransition, match="chain of judgments"):
        annul(inmate.sentences.standing().get(), "sentence", officer)
    made = annul(case, "case", officer)
    assert "release_date" in made.moves
    corrections.confirm(made, by=director)
    inmate.refresh_from_db()
    assert (inmate.release_on, inmate.release_basis) == (None, "none")
    assert not inmate.sentences.standing().exists()


def test_taken_back_the_chain_counts_again(monkeypatch, inmate, officer, director, reviewer):
    case, until = inmate.cases.get(), inmate.release_on
    inmate.sentences.update(final_on=None, final_reference="")
    appeal = court_appeals.declare_appeal(case, kind="appeal", party="person", court="R", reference="1", by=officer)
    sentence = Sentence(years=5)
    court_appeals.decide_appeal(
        appeal, outcome="changed", on=clock.today(), decision="R 1", sentence=sentence, by=officer
    )
    made = annul(case, "case", officer)
    monkeypatch.setattr("config.clock.today", lambda: made.first_date)
    corrections.decide_on_paper(made, paper="Note 3", by=director)
    inmate.refresh_from_db()
    assert inmate.release_on is None
    corrections.refuse(made, reason="It is his", by=reviewer)
    inmate.refresh_from_db()
    assert inmate.release_on == until
    assert inmate.cases.get() == case


def test_its_appeals_are_on_no_register(inmate, officer, director):
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    end_case(case, state="acquitted", on=clock.today(), by=officer)
    case.refresh_from_db()
    court_appeals.declare_appeal(case, kind="appeal", party="person", court="R", reference="1", by=officer)
    assert CourtAppeal.objects.to_send().count() == 1
    annul(case, "case", officer)
    assert CourtAppeal.objects.to_send().count() == 0
    assert CourtAppeal.objects.visible_to(officer).count() == 0
    appeal = CourtAppeal.objects.get()
    with pytest.raises(InvalidTransition, match="annulled"):
        court_appeals.send_appeal(appeal, proof="Slip 4", by=officer)


def test_the_page_offers_it_and_says_what_stands_against_it(client, inmate, officer):
    client.force_login(officer)
    case = inmate.cases.get()
    address = reverse("inmates:annul", args=["case", case.pk])
    tab = reverse("inmates:tab_corrections", args=[inmate.uuid])
    assert address not in client.get(tab).content.decode()
    assert "Annul first what hangs on this case" in client.post(address, WHY, follow=True).content.decode()
    other = actions.open_case(inmate, court="Fès", number="8", by=officer)
    assert reverse("inmates:annul", args=["case", other.pk]) in client.get(tab).content.decode()


# Papers handed out before


@pytest.fixture
def printed(client, unit, officer):
    """Somebody released, the order of release printed."""
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=30)
    releases.release(inmate, ground="provisional", reference="O-1", at=ago(2), by=officer)
    inmate.refresh_from_db()
    client.force_login(officer)
    stay = inmate.admissions.get()
    for _time in range(2):
        assert client.get(reverse("inmates:release_paper", args=[inmate.uuid, stay.uuid])).status_code == 200
    return inmate


def number_of(inmate):
    stay = inmate.admissions.get()
    return f"{timezone.localtime(stay.released_at).year}/L-{stay.pk}"


def test_papers_issued_before_are_named_before_and_marked_after(client, printed, officer):
    case, name = printed.cases.get(), f"Order to release {number_of(printed)}"
    data = {"court": case.court, "number": "77/2020", "offences": [], "why": WHY["why"], "paper": "J 7"}
    made = corrections.correct(
        correctables.find("case"), case, {"number": "77/2020"}, why=data["why"], paper="J 7", by=officer
    )
    assert [(one["paper"], one["number"]) for one in made.papers] == [("release_paper", number_of(printed))]
    page = client.get(reverse("inmates:correction", args=[made.uuid])).content.decode()
    assert name in page
    assert "Issued before this correction" in page
    tab = client.get(reverse("inmates:tab_corrections", args=[printed.uuid])).content.decode()
    assert name in tab
    assert "issued before the correction of" in tab
    asked = client.post(reverse("inmates:annul", args=["case", case.pk]), WHY).content.decode()
    assert f"Issued before, and stays as it was issued: {name}" in asked


def test_papers_issued_before_are_marked_where_they_are_listed(client, printed, officer):
    tab = reverse("inmates:tab_custody", args=[printed.uuid])
    client.force_login(officer)
    words = "issued before a correction of"
    assert words not in client.get(tab).content.decode()
    case = printed.cases.get()
    made = corrections.correct(
        correctables.find("case"), case, {"number": "77/2020"}, why=WHY["why"], paper="J 7", by=officer
    )
    for page in (tab, printed.get_absolute_url()):
        text = client.get(page).content.decode()
        assert words in text
        assert reverse("inmates:correction", args=[made.uuid]) in text


def test_of_somebody_without_papers_none_are_named(client, inmate, officer):
    made = corrections.correct(
        correctables.find("case"), inmate.cases.get(), {"number": "77/2020"}, why=WHY["why"], paper="J 7", by=officer
    )
    assert made.papers == []
    client.force_login(officer)
    assert "Issued before" not in client.get(reverse("inmates:correction", args=[made.uuid])).content.decode()


def test_an_older_correction_that_only_counted_says_how_many(client, inmate, officer):
    made = corrections.correct(
        correctables.find("case"), inmate.cases.get(), {"number": "77/2020"}, why=WHY["why"], paper="J 7", by=officer
    )
    with rewriting():
        Correction.objects.filter(pk=made.pk).update(papers={"release_paper.viewed": 3})
    client.force_login(officer)
    page = client.get(reverse("inmates:correction", args=[made.uuid])).content.decode()
    assert "Papers printed before" in page
    assert client.get(reverse("inmates:tab_corrections", args=[inmate.uuid])).status_code == 200


def test_the_steps_of_the_date_name_a_case_as_it_is_called_since(inmate, officer):
    case = inmate.cases.get()
    starts_on = inmate.sentences.get().starts_on
    other = actions.open_case(inmate, court="Fès", number="2611/76", by=officer)
    one_more = Sentence(case=other, inmate=inmate, years=2, starts_on=starts_on, relation="confused")
    one_more.relation_decision = "Arrêt 5"
    actions.pronounce(one_more, by=officer)
    before = inmate.release_computations.first()
    assert "2611/76" in str(before.steps)
    corrections.correct(correctables.find("case"), other, {"number": "2611/77"}, by=officer, **WHY)
    last = inmate.release_computations.first()
    assert (last.on, last.basis) == (before.on, before.basis)
    assert "2611/77" in str(last.steps)
    assert "2611/76" not in str(last.steps)
    assert case.number in str(last.steps)
