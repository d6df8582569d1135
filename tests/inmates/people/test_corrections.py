"""What was entered wrong is put right: at once, or by two people where it moves a release date or the ground of a tier."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from audit.models import Event
from config import clock
from core.workflow import InvalidTransition, StaleRecord
from inmates.classification.models import ReviewTrigger
from inmates.conditions.actions import incidents
from inmates.conditions.models import Contact, Incident
from inmates.custody.derived_columns import disagreements
from inmates.custody.holds import holds
from inmates.custody.models import DetentionOrder
from inmates.people import corrections as correctables
from inmates.people.actions import alerts, corrections
from inmates.people.actions.waiting_corrections import escalate
from inmates.people.models import Alert, Correction, Inmate
from inmates.people.panels import cautions
from inmates.sentences.actions import pronounce, recompute
from inmates.sentences.models import RemandPeriod, Sentence
from tests.factories import also
from tests.inmates.classification.conftest import decided

State = Correction.State


def fix(record, key, by, **values):
    """Correct a record with a reason and a paper that will do."""
    return corrections.correct(
        correctables.find(key), record, values, why="Copied wrong from the judgment", paper="Judgment 7/2020", by=by
    )


def stored_date(inmate):
    return Inmate.objects.values_list("release_on", flat=True).get(pk=inmate.pk)


@pytest.fixture
def sentence(inmate):
    return inmate.sentences.get()


@pytest.fixture
def waiting(sentence, officer):
    """A year more than was typed, which nobody has confirmed yet."""
    return fix(sentence, "sentence", officer, years=str(sentence.years + 1))


@pytest.fixture
def visit(inmate, officer):
    return Contact.objects.create(
        inmate=inmate, facility=inmate.facility, kind="visit", minutes=30, recorded_by=officer
    )


def test_what_moves_nothing_is_corrected_at_once_and_the_old_value_stays_readable(sentence, officer, client):
    correction = fix(sentence.case, "case", officer, number="77/2020", court=sentence.case.court)
    sentence.case.refresh_from_db()
    assert (correction.state, correction.moves, sentence.case.number) == (State.DONE, [], "77/2020")
    assert list(correction.changes) == ["number"]
    client.force_login(officer)
    page = client.get(reverse("inmates:tab_corrections", args=[sentence.inmate.uuid])).content.decode()
    assert correction.changes["number"][0] in page
    assert "77/2020" in page
    assert Event.objects.filter(verb="correction.made", inmate_id=sentence.inmate_id).count() == 1


def test_what_moves_the_release_date_waits_for_a_second_person(waiting, sentence, inmate, officer, director):
    years, before = sentence.years, stored_date(inmate)
    sentence.refresh_from_db()
    assert (waiting.state, waiting.moves, sentence.years) == (State.PROPOSED, ["release_date", "sentence"], years)
    assert (waiting.release_before, stored_date(inmate)) == (before, before)
    assert set(Alert.objects.filter(kind="correction").values_list("audience", flat=True)) == {
        "prison",
        "national",
        "reviewers",
    }
    confirmed = corrections.confirm(waiting, by=director)
    sentence.refresh_from_db()
    assert (confirmed.state, sentence.years, stored_date(inmate)) == (State.DONE, years + 1, waiting.release_after)
    assert waiting.release_after > before
    assert not list(disagreements())


def test_each_reader_is_told_of_it_once(waiting, inmate, director, reviewer, coordinator):
    for reader in (director, reviewer, coordinator):
        assert alerts.waiting_for(reader).filter(inmate=inmate, kind=Alert.Kind.CORRECTION).count() == 1


def test_nobody_confirms_their_own(waiting, officer, director):
    with pytest.raises(PermissionDenied):
        corrections.confirm(waiting, by=officer)
    also(officer, roles.DIRECTOR)
    both = type(officer).objects.get(pk=officer.pk)
    with pytest.raises(PermissionDenied, match="somebody else confirms"):
        corrections.confirm(waiting, by=both)
    for fields in ({"state": "done"}, {"state": "done", "confirmed_by": officer, "confirmed_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.filter(pk=waiting.pk).update(**fields)
    assert Correction.objects.get().state == State.PROPOSED


def test_any_authorised_confirmer_in_the_country_confirms(waiting, reviewer):
    assert corrections.confirm(waiting, by=reviewer).confirmed_by == reviewer


def test_refused_with_a_reason_it_changes_nothing(waiting, sentence, inmate, director):
    years, before = sentence.years, stored_date(inmate)
    with pytest.raises(ValidationError, match="Say why"):
        corrections.refuse(waiting, reason=" ", by=director)
    corrections.refuse(waiting, reason="The judgment says otherwise", by=director)
    sentence.refresh_from_db()
    assert (sentence.years, stored_date(inmate)) == (years, before)
    with pytest.raises(InvalidTransition):
        corrections.confirm(waiting, by=director)


def test_on_the_day_of_either_date_it_takes_effect_on_paper(sentence, inmate, officer, director, reviewer):
    start = clock.today() - timedelta(days=365 * sentence.years)
    early = fix(sentence, "sentence", officer, starts_on=(start - timedelta(days=30)).isoformat())
    assert early.release_after < clock.today()
    with pytest.raises(ValidationError, match="paper"):
        corrections.decide_on_paper(early, paper="", by=director)
    decided = corrections.decide_on_paper(early, paper="Note 3", by=director)
    assert (decided.state, stored_date(inmate)) == (State.DECIDED, early.release_after)
    assert [correction.pk for correction in Correction.objects.waiting()] == [early.pk]
    with pytest.raises(PermissionDenied, match="somebody else"):
        corrections.confirm(early, by=director)
    assert corrections.confirm(early, by=reviewer).state == State.DONE
    assert stored_date(inmate) == early.release_after


def test_decided_on_paper_and_not_confirmed_it_is_taken_back(sentence, inmate, officer, director, reviewer):
    before = stored_date(inmate)
    start = clock.today() - timedelta(days=365 * sentence.years + 30)
    early = fix(sentence, "sentence", officer, starts_on=start.isoformat())
    corrections.decide_on_paper(early, paper="Note 3", by=director)
    assert stored_date(inmate) != before
    corrections.refuse(early, reason="Another judgment was meant", by=reviewer)
    assert stored_date(inmate) == before


def test_before_either_day_nobody_decides_alone(waiting, director):
    with pytest.raises(InvalidTransition, match="None of the days"):
        corrections.decide_on_paper(waiting, paper="Note 3", by=director)
    assert Correction.objects.get().state == State.PROPOSED


def test_unconfirmed_it_is_told_again_each_hour(waiting):
    told = Alert.objects.filter(kind="correction")
    told.update(acknowledged_by=waiting.made_by, acknowledged_at=clock.now())
    assert escalate()["corrections_escalated"] == 0
    told.update(raised_at=clock.now() - timedelta(minutes=61))
    assert escalate()["corrections_escalated"] == 3
    assert escalate()["corrections_escalated"] == 0
    assert list(told.values_list("acknowledged_at", flat=True)) == [None] * 3


@pytest.mark.parametrize("end", ["confirm", "refuse"])
def test_once_it_is_decided_nobody_is_told_of_it_any_longer(waiting, director, reviewer, end):
    assert alerts.waiting_for(reviewer).filter(kind="correction").exists()
    if end == "confirm":
        corrections.confirm(waiting, by=director)
    else:
        corrections.refuse(waiting, reason="The judgment says so.", by=director)
    for reader in (director, reviewer):
        assert not alerts.waiting_for(reader).filter(kind="correction").exists()


def test_a_record_changed_meanwhile_is_corrected_anew(waiting, sentence, director):
    Sentence.objects.filter(pk=sentence.pk).update(years=9)
    with pytest.raises(StaleRecord):
        corrections.confirm(waiting, by=director)
    assert Sentence.objects.get(pk=sentence.pk).years == 9


def test_confirming_what_changed_meanwhile_is_told_on_the_page(client, waiting, sentence, director):
    Sentence.objects.filter(pk=sentence.pk).update(years=9)
    client.force_login(director)
    answer = client.post(reverse("inmates:correction_confirm", args=[waiting.uuid]), follow=True)
    assert answer.status_code == 200
    assert "correct it anew" in str(answer.content)
    waiting.refresh_from_db()
    assert (waiting.state, Sentence.objects.get(pk=sentence.pk).years) == (State.PROPOSED, 9)


@pytest.mark.parametrize(
    ("why", "paper", "field"), [("short", "J 7", "why"), ("Copied wrong from it all", " ", "paper")]
)
def test_it_says_why_and_on_what_paper(sentence, officer, why, paper, field):
    with pytest.raises(ValidationError) as refusal:
        corrections.correct(correctables.find("sentence"), sentence, {"months": "3"}, why=why, paper=paper, by=officer)
    assert list(refusal.value.error_dict) == [field]
    assert not Correction.objects.exists()


def test_what_would_not_hold_or_differs_in_nothing_is_refused(sentence, officer, assessor):
    with pytest.raises(ValidationError, match="Nothing differs"):
        fix(sentence, "sentence", officer, years=str(sentence.years))
    with pytest.raises(ValidationError):
        fix(sentence, "sentence", officer, years="0")
    with pytest.raises(PermissionDenied):
        fix(sentence, "sentence", assessor, years="3")
    assert not Correction.objects.exists()


def test_one_correction_of_a_record_waits_at_a_time(waiting, sentence, officer):
    with pytest.raises(InvalidTransition, match="waits"):
        fix(sentence, "sentence", officer, months="3")
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.bulk_create([Correction(**{**_fields(waiting), "uuid": "0" * 32})])


def _fields(correction):
    return {
        field.attname: getattr(correction, field.attname) for field in correction._meta.fields if not field.primary_key
    }


def test_a_visit_of_another_person_counts_no_longer_and_stays_stored(visit, inmate, officer, reviewer):
    kind = correctables.find("contact")
    correction = corrections.annul(kind, visit, why="It was his brother's visit", paper="Visits book", by=officer)
    assert (correction.state, inmate.contacts.count()) == (State.DONE, 0)
    assert Contact.everything.get(pk=visit.pk).annulled_at is not None
    with pytest.raises(Contact.DoesNotExist):
        Contact.objects.get(pk=visit.pk)
    with pytest.raises(InvalidTransition, match="annulled"):
        corrections.annul(kind, visit, why="It was his brother's visit", paper="Visits book", by=officer)


def test_remand_entered_for_the_wrong_person_moves_the_date_once_confirmed(sentence, inmate, officer, director):
    first = sentence.starts_on - timedelta(days=40)
    fixed = RemandPeriod.objects.create(sentence=sentence, first_day=first, day_after_last=first + timedelta(days=10))
    recompute(inmate, cause="sentence", by=officer)
    with_credit = stored_date(inmate)
    correction = corrections.annul(
        correctables.find("remand"), fixed, why="Held in the place of another", paper="Remand order 3", by=officer
    )
    assert (correction.moves, stored_date(inmate)) == (["release_date", "sentence"], with_credit)
    corrections.confirm(correction, by=director)
    assert stored_date(inmate) == with_credit + timedelta(days=10)


def test_an_order_on_the_wrong_person_holds_nobody_once_confirmed(inmate, officer, director):
    order = DetentionOrder.objects.create(
        inmate=inmate, kind="civil", authority="Court", reference="C 9", issued_on=clock.today()
    )
    assert any("C 9" in str(hold.text) for hold in holds(inmate))
    made = corrections.annul(
        correctables.find("order"), order, why="Meant for a namesake", paper="Letter 5", by=officer
    )
    assert (made.state, made.moves) == (State.PROPOSED, ["holds", "order_end"])
    assert any("C 9" in str(hold.text) for hold in holds(inmate))
    corrections.confirm(made, by=director)
    assert not any("C 9" in str(hold.text) for hold in holds(inmate))


def test_the_order_of_an_admission_is_never_annulled(inmate, officer):
    order = inmate.admissions.get().order
    with pytest.raises(InvalidTransition, match="admitted on this order"):
        corrections.annul(correctables.find("order"), order, why="Meant for a namesake", paper="Letter 5", by=officer)
    assert DetentionOrder.objects.filter(pk=order.pk).exists()


def test_legal_status_and_number_take_the_list_along(inmate, officer):
    fix(inmate.legal_statuses.get(), "legal_status", officer, status="civil_imprisonment")
    fix(inmate.registration_numbers.get(), "number", officer, number="99871")
    inmate.refresh_from_db()
    assert (inmate.legal_status, inmate.registration_number) == ("civil_imprisonment", "99871")
    assert not list(disagreements())


def test_the_page_shows_what_moves_before_it_is_kept(client, officer, sentence, inmate):
    client.force_login(officer)
    url = reverse("inmates:correct", args=["sentence", sentence.pk])
    data = {
        "kind": "term", "years": sentence.years + 2, "months": 0, "days": 0,
        "starts_on": f"{sentence.starts_on:%d/%m/%Y}",
        "pronounced_on": f"{sentence.pronounced_on:%d/%m/%Y}" if sentence.pronounced_on else "",
        "final_on": f"{sentence.final_on:%d/%m/%Y}" if sentence.final_on else "",
        "why": "Copied wrong from the judgment", "paper": "Judgment 7/2020",
    }  # fmt: skip
    asked = client.post(url, data)
    assert "The release date moves" in asked.content.decode()
    assert not Correction.objects.exists()
    changed = client.post(
        url, data | {"years": sentence.years + 3, "confirmed": asked.context["form"].data["confirmed"]}
    )
    assert "The release date moves" in changed.content.decode()  # something else than what was read
    assert not Correction.objects.exists()
    client.post(url, data | {"confirmed": asked.context["form"].data["confirmed"]})
    assert Correction.objects.get().moves == ["release_date", "sentence"]


def test_a_form_without_a_paper_keeps_what_was_typed(client, officer, visit):
    client.force_login(officer)
    url = reverse("inmates:correct", args=["contact", visit.pk])
    answer = client.post(
        url, {"kind": "call", "on": "01/02/2020", "minutes": "12", "why": "A line that was typed wrong"}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"paper"}
    assert 'value="12"' in answer.content.decode()
    visit.refresh_from_db()
    assert visit.kind == "visit"


def test_another_prisons_record_does_not_exist(client, officer2, sentence, waiting):
    client.force_login(officer2)
    for url in (
        reverse("inmates:correct", args=["sentence", sentence.pk]),
        reverse("inmates:annul", args=["sentence", sentence.pk]),
        reverse("inmates:correction", args=[waiting.uuid]),
    ):
        assert client.get(url).status_code == 404
    assert client.get(reverse("inmates:correct", args=["nothing", 1])).status_code == 404


def test_an_incident_is_corrected_from_its_page(client, officer, officer2, inmate):
    incident = Incident.objects.create(
        facility=inmate.facility,
        happened_at=clock.now().replace(second=0, microsecond=0) - timedelta(days=1),
        kind="violence",
        account="A blow in the yard.",
        recorded_by=officer,
    )
    client.force_login(officer)
    url = reverse("inmates:correct", args=["incident", incident.pk])
    assert url in client.get(reverse("inmates:incident", args=[incident.uuid])).content.decode()
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {
        "happened_at": f"{timezone.localtime(incident.happened_at):%d/%m/%Y %H:%M}",
        "kind": "threat",
        "why": "A threat and no blow, says the file",
        "paper": "Report 4",
    }
    client.post(url, data)
    incident.refresh_from_db()
    assert incident.kind == "threat"
    assert list(Correction.objects.get().changes) == ["kind"]
    client.force_login(officer2)
    assert client.get(url).status_code == 404


def test_the_end_of_an_order_is_never_moved_by_one_person(inmate, officer, director):
    """Nobody is held longer, or freed, because one person typed another day."""
    order = DetentionOrder.objects.create(
        inmate=inmate, kind="civil", authority="Court", reference="C 9", issued_on=clock.today(),
        expires_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    made = fix(order, "order", officer, expires_on=(clock.today() + timedelta(days=60)).isoformat())
    assert (made.state, made.moves) == (State.PROPOSED, ["order_end"])
    assert DetentionOrder.objects.get(pk=order.pk).expires_on == clock.today() + timedelta(days=30)
    assert corrections.confirm(made, by=director).state == State.DONE
    assert DetentionOrder.objects.get(pk=order.pk).expires_on == clock.today() + timedelta(days=60)
    assert fix(order, "order", officer, reference="C 10").state == State.DONE  # a reference holds nobody


def test_that_a_judgment_is_final_is_no_correction(inmate, officer):
    inmate.sentences.update(final_on=None, final_reference="")
    sentence = inmate.sentences.get()
    with pytest.raises(ValidationError) as refusal:
        fix(sentence, "sentence", officer, final_on=clock.today().isoformat())
    assert list(refusal.value.message_dict) == ["final_on"]
    inmate.legal_statuses.update(status="convicted_appeal")
    with pytest.raises(ValidationError) as refusal:
        fix(inmate.legal_statuses.get(), "legal_status", officer, status="convicted_final")
    assert list(refusal.value.message_dict) == ["status"]
    assert not Correction.objects.exists()


def test_after_an_annulled_sentence_the_right_one_may_be_entered(sentence, inmate, officer, director):
    kind = correctables.find("sentence")
    made = corrections.annul(kind, sentence, why="It is the sentence of a namesake", paper="Letter 5", by=officer)
    corrections.confirm(made, by=director)
    inmate.refresh_from_db()
    assert inmate.release_on is None
    right = Sentence(case=sentence.case, inmate=inmate, years=2, starts_on=sentence.starts_on)
    pronounce(right, by=officer)
    assert inmate.sentences.standing().get() == right


def test_no_link_of_a_chain_of_judgments_is_annulled(inmate, sentence, officer):
    later = Sentence(case=sentence.case, inmate=inmate, years=1, starts_on=sentence.starts_on, replaces=sentence)
    Sentence.objects.filter(pk=sentence.pk).update(replaced_on=clock.today())
    later.save()
    for link in (sentence, later):
        link.refresh_from_db()
        with pytest.raises(InvalidTransition, match="chain"):
            corrections.annul(
                correctables.find("sentence"), link, why="It is the sentence of a namesake", paper="L 5", by=officer
            )
    assert Sentence.objects.filter(case=sentence.case).count() == 2


@pytest.fixture
def serious(inmate, officer):
    """A serious incident in which the person took part."""
    incident = Incident(
        facility=inmate.facility, happened_at=clock.now(), kind="violence", severity="serious", account="A blow."
    )
    return incidents.record(incident, people=[(inmate, "author")], by=officer)


def test_an_incident_that_was_no_serious_one_calls_for_no_early_review(inmate, serious, officer):
    called = ReviewTrigger.objects.open().filter(inmate=inmate, incident=serious)
    assert called.exists()
    fix(serious, "incident", officer, severity="minor")
    assert not called.exists()
    fix(Incident.objects.get(), "incident", officer, severity="serious")
    assert called.count() == 1
    corrections.annul(
        correctables.find("part"), serious.people.get(), why="A namesake took part in it", paper="R 4", by=officer
    )
    assert not called.exists()


def test_the_incident_that_a_decision_answered_to_waits_for_a_second_person(
    inmate, serious, officer, assessor, reviewer, director
):
    decided(inmate, tier=2, assessor=assessor, reviewer=reviewer)
    assert ReviewTrigger.objects.exclude(answered_by=None).exists()
    made = fix(serious, "incident", officer, severity="minor")
    assert (made.state, made.moves, Incident.objects.get().severity) == (State.PROPOSED, ["tier_ground"], "serious")
    assert Alert.objects.filter(kind="correction", inmate=inmate).count() == 3
    corrections.confirm(made, by=director)
    assert Incident.objects.get().severity == "minor"


def test_where_an_incident_was_is_not_told_to_whoever_classifies(client, serious, officer, assessor, director):
    made = fix(serious, "incident", officer, location="Workshop of Atlas-77")
    url = reverse("inmates:correction", args=[made.uuid])
    for user, told in ((director, True), (assessor, False)):
        client.force_login(user)
        assert ("Atlas-77" in client.get(url).content.decode()) == told, user


def test_a_correction_that_waits_stands_among_the_cautions(waiting, inmate, officer, director):
    assert "Correction" in [caution.label for caution in cautions(officer, inmate)]
    corrections.confirm(waiting, by=director)
    assert "Correction" not in [caution.label for caution in cautions(officer, inmate)]
