"""The pages: a step from proposal to answer, who reads what of an exit, lists, the admission form, figures."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from audit.models import Event
from config import clock
from facilities.models import Facility
from inmates.custody.actions import admissions, placements
from inmates.custody.models import DetentionOrder
from inmates.people.models import Inmate
from inmates.separate import in_force, papers
from inmates.separate.actions import appeals, intake, leaving
from inmates.separate.models import SeparateStep
from reports import separate_system
from tests import factories
from tests.inmates.separate.conftest import WHY, decided, proposed

pytestmark = pytest.mark.django_db
SECRET = "He finished the round and asked to leave the wing."


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def page(user, name, *args):
    return signed_in(user).get(reverse(f"inmates:{name}", args=args)).content.decode()


def test_from_the_proposal_to_the_answer(inmate, terrorism, officer, director, reviewer):
    inmate.cases.get().offences.add(terrorism)
    form = signed_in(officer).get(reverse("inmates:separate_propose", args=[inmate.uuid]))
    assert form.context["form"].initial["ground"] == "conviction"  # as the offences say
    made = signed_in(officer).post(form.request["PATH_INFO"], {"ground": "conviction", "reasons": ""})
    step = SeparateStep.objects.get()
    address = reverse("inmates:separate_step", args=[step.uuid])
    assert made.url == address
    assert "You proposed it" not in page(officer, "separate_step", step.uuid)
    refused = signed_in(director).post(address, {"act": "refuse", "answer": "No."})
    assert refused.status_code == 422
    assert signed_in(officer).post(address, {"act": "decide"}).status_code == 403
    assert signed_in(director).post(address, {"act": "decide"}).status_code == 302
    told = {"act": "serve", "served_on": clock.today(), "how": "handed", "language": "ar"}
    assert signed_in(director).post(address, told).status_code == 403
    assert signed_in(officer).post(address, told).status_code == 302
    said = {"act": "appeal", "made_on": clock.today(), "grounds": "I was never there.", "signed": "on"}
    assert signed_in(officer).post(address, said).status_code == 302
    answer = {"act": "answer", "outcome": "quashed", "reasons": WHY}
    assert signed_in(reviewer).post(address, answer).status_code == 302
    step.refresh_from_db()
    assert step.quashed_on == clock.today()
    verbs = set(Event.objects.filter(inmate_id=inmate.pk, verb__startswith="separate").values_list("verb", flat=True))
    assert {"separate.proposed", "separate.decided", "separate.served", "separate.appeal_answered"} <= verbs


def test_an_act_at_the_wrong_moment_changes_nothing(inmate, officer, director):
    step = decided(inmate, officer=officer, director=director)
    address = reverse("inmates:separate_step", args=[step.uuid])
    assert signed_in(director).post(address, {"act": "decide"}).status_code == 422
    assert signed_in(officer).post(address, {"act": "withdraw"}).status_code in (302, 409, 422)
    step.refresh_from_db()
    assert step.state == "decided"


@pytest.mark.parametrize("who", ["assessor", "reviewer"])
def test_who_classifies_reads_of_every_exit_that_it_was_decided_and_nothing_else(
    inmate, officer, director, appeals_officer, who, request
):
    user = request.getfixturevalue(who)
    decided(inmate, officer=officer, director=director)
    for ground in ("graduation", "gone"):
        step = decided(inmate, officer=officer, director=director, ground=ground, reasons=SECRET, served_by=officer)
        appeals.record(step, made_on=clock.today(), grounds=SECRET, by=officer)
        step.refresh_from_db()
        for shown in (page(user, "separate_step", step.uuid), page(user, "tab_separate", inmate.uuid)):
            assert SECRET not in shown
            assert step.get_ground_display() not in shown
            assert "By decision" in shown
        assert step.get_ground_display() in page(officer, "separate_step", step.uuid)
        assert SECRET in page(appeals_officer, "separate_step", step.uuid)
        assert signed_in(user).get(reverse("inmates:separate_notice_pdf", args=[step.uuid])).status_code == 403
        decided(inmate, officer=officer, director=director)  # and in again
    lists = signed_in(user).get(reverse("inmates:separate") + "?list=appeals").content.decode()
    assert "After graduation" not in lists


def test_the_timeline_of_who_classifies_is_silent_too(inmate, officer, director, assessor):
    decided(inmate, officer=officer, director=director)
    decided(inmate, officer=officer, director=director, ground="graduation", reasons=SECRET)
    assert not Event.objects.filter(inmate_id=inmate.pk, detail__icontains="graduation").exists()


def test_the_lists_and_the_marked_ones(inmate, unit, terrorism, officer, director, officer2):
    bare, unsure = (factories.make_inmate(unit, by=officer) for _ in range(2))
    inmate.cases.get().offences.add(terrorism)
    sure, other = proposed(inmate, by=officer), proposed(unsure, by=officer)
    red = signed_in(officer).get(reverse("inmates:separate"))
    assert {entry["inmate"].pk for entry in red.context["rows"]} == {inmate.pk, bare.pk, unsure.pk}
    assert not signed_in(officer2).get(reverse("inmates:separate")).context["rows"]
    waiting = signed_in(director).get(reverse("inmates:separate") + "?list=decide")
    assert {entry["row"].pk: entry["sure"] for entry in waiting.context["rows"]} == {sure.pk: True, other.pk: False}
    address = reverse("inmates:separate")
    assert signed_in(officer).post(address, {"step": str(sure.uuid)}).status_code == 403
    signed_in(director).post(address, {"step": str(other.uuid)})
    assert SeparateStep.objects.filter(state="decided").count() == 0
    signed_in(director).post(address, {"step": [str(sure.uuid), "x"]})
    assert SeparateStep.objects.get(state="decided").pk == sure.pk
    work = {one.label: one.count for one in signed_in(officer).get("/").context["worklists"]}
    assert work["Separate system: without a ground"] == 2


def test_leaving_by_the_page(inmate, officer, director, assessor):
    decided(inmate, officer=officer, director=director)
    address = reverse("inmates:separate_leave", args=[inmate.uuid])
    sent = {"reference": ""}
    assert signed_in(officer).post(address, sent).status_code == 422  # no exit is decided
    decided(inmate, officer=officer, director=director, ground="gone")
    assert "Aïn Borja" in page(officer, "separate_leave", inmate.uuid)
    assert signed_in(assessor).post(address, sent).status_code == 403
    assert signed_in(officer).post(address, sent).status_code == 302
    assert inmate.admissions.get().left_for == "Aïn Borja"
    assert "Transfer to an ordinary prison" in signed_in(officer).get(inmate.get_absolute_url()).content.decode()


def test_the_profile_says_the_ground_or_that_there_is_none(inmate, officer, director):
    profile = inmate.get_absolute_url()
    assert "No ground holds this person" in signed_in(officer).get(profile).content.decode()
    proposed_ = proposed(inmate, by=officer)
    assert "No ground yet: one is proposed." in signed_in(officer).get(profile).content.decode()
    assert "Decide on the separate system" in signed_in(director).get(profile).content.decode()
    signed_in(director).post(reverse("inmates:separate_step", args=[proposed_.uuid]), {"act": "decide"})
    shown = signed_in(officer).get(profile).content.decode()
    assert "Terrorism conviction" in shown
    assert "No ground" not in shown


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_notice_reads_in_each_language(inmate, officer, director, language):
    decided(inmate, officer=officer, director=director)
    step = decided(inmate, officer=officer, director=director, ground="gone")
    letter = papers.notice(step, language)
    with translation.override(language):
        assert letter.title == translation.gettext("Notice of a step of the separate system")
    answer = signed_in(officer).get(reverse("inmates:separate_notice_pdf", args=[step.uuid]) + f"?language={language}")
    assert answer["Content-Type"] == "application/pdf"
    assert Event.objects.filter(verb="separate_paper.viewed", inmate_id=inmate.pk).exists()


def test_nobody_prints_a_notice_of_what_nobody_decided(inmate, officer):
    step = proposed(inmate, by=officer)
    assert signed_in(officer).get(reverse("inmates:separate_notice_pdf", args=[step.uuid])).status_code == 404


def test_figures_as_of_any_day(unit, inmate, officer, director):
    other = factories.make_inmate(unit, by=officer)
    decided(inmate, officer=officer, director=director)
    decided(other, officer=officer, director=director, ground="radicalised")
    decided(other, officer=officer, director=director, ground="graduation")
    today = clock.today()
    figures = separate_system.figures(today)
    assert figures["held"] == {"charge": 0, "conviction": 1, "radicalised": 0, "none": 1}
    assert figures["in"] == {"charge": 0, "conviction": 1, "radicalised": 1}
    assert figures["out"] == {"changed": 0, "gone": 0, "graduation": 1, "released": 0}
    leaving.leave(other, by=officer)
    assert separate_system.figures(today)["held"]["none"] == 0
    assert separate_system.figures(today)["out"]["released"] == 0  # counted once, with its cause
    yesterday = separate_system.figures(today - timedelta(days=1))
    assert yesterday["held"] == {"charge": 0, "conviction": 0, "radicalised": 0, "none": 2}
    assert sum(yesterday["in"].values()) == 0


def test_small_figures_and_causes_are_not_for_everybody():
    counted = {
        "held": {"charge": 30, "conviction": 40, "radicalised": 2, "none": 9},
        "in": {"charge": 10, "conviction": 3, "radicalised": 0},
        "out": {"changed": 1, "gone": 2, "graduation": 6, "released": 8},
    }
    everything = separate_system.shown(counted, nation=True, causes=True)
    assert everything == counted
    hidden = separate_system.shown(counted, nation=False, causes=True)
    assert hidden["held"]["radicalised"] is None
    assert sum(value is None for value in hidden["held"].values()) == 2  # else it could be subtracted
    assert hidden["out"]["changed"] is None
    silent = separate_system.shown(counted, nation=True, causes=False)
    assert silent["out"] == {"decided": 9, "released": 8}


def _returned(inmate, unit, *, officer, **more):
    order = DetentionOrder(
        kind="judgment", authority="Rabat", reference="Retour 1", issued_on=clock.today() - timedelta(days=1)
    )
    return admissions.take_in(
        inmate,
        admissions.Arrival(
            token=uuid4(),
            unit=unit,
            order=order,
            legal_status="convicted_final",
            registration_number="R-1",
            **more,
        ),
        by=officer,
    )


def test_who_comes_back_from_an_ordinary_prison_was_not_at_liberty(inmate, unit, officer, director, monkeypatch):
    decided(inmate, officer=officer, director=director)
    decided(inmate, officer=officer, director=director, ground="gone")
    leaving.leave(inmate, by=officer)
    today, now = clock.today() + timedelta(days=3), clock.now() + timedelta(days=3)
    monkeypatch.setattr(clock, "today", lambda: today)
    monkeypatch.setattr(clock, "now", lambda: now)
    stay = _returned(Inmate.objects.get(pk=inmate.pk), unit, officer=officer, came_from="Aïn Borja")
    assert stay.came_from == "Aïn Borja"
    assert not inmate.times_at_large.exists()
    assert in_force.standing(inmate) is None  # a ground belongs to its stay
    assert "Aïn Borja" in page(officer, "tab_separate", inmate.uuid)
    assert not stay.separate_steps.exists()  # no offence says it, the form neither: on the list of those without


@pytest.mark.parametrize(
    ("named", "offence", "given"),
    [
        ("", True, "conviction"),
        ("", False, None),
        ("radicalised", False, "radicalised"),
        ("conviction", False, None),  # what the offences deny is not proposed, and the admission not refused
    ],
)
def test_the_ground_is_proposed_with_the_admission(
    inmate, unit, terrorism, forgery, officer, director, named, offence, given
):
    decided(inmate, officer=officer, director=director)
    decided(inmate, officer=officer, director=director, ground="gone")
    leaving.leave(inmate, at=clock.now() - timedelta(minutes=5), by=officer)
    inmate.cases.get().offences.set([terrorism if offence else forgery])
    stay = _returned(
        Inmate.objects.get(pk=inmate.pk), unit, officer=officer, separate_ground=named, separate_report=WHY
    )
    steps = [(step.ground, step.state, step.proposed_by) for step in stay.separate_steps.all()]
    assert steps == ([(given, "proposed", officer)] if given else [])


def test_nobody_is_placed_in_an_ordinary_wing_and_in_a_mixed_one_with_a_reason(inmate, prison, officer):
    Facility.objects.filter(pk=prison.pk).update(system="mixed")
    ordinary = factories.UnitFactory(facility=prison, name="O", system="ordinary")
    mixed = factories.UnitFactory(facility=prison, name="M", system="mixed")
    given = {"exception_reason": WHY, "exception_until": clock.today() + timedelta(days=3)}
    with pytest.raises(ValidationError):
        placements.place(inmate, unit=ordinary, reason="x", **given, by=officer)
    with pytest.raises(ValidationError):
        placements.place(inmate, unit=mixed, reason="x", by=officer)
    assert placements.place(inmate, unit=mixed, reason="x", **given, by=officer).exceptions == ["mixed"]


def test_the_units_of_a_separate_prison_are_separate(prison):
    unit = prison.units.get(name="A")
    for system in ("mixed", "ordinary"):
        unit.system = system
        with pytest.raises(ValidationError):
            unit.clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            unit.save()
    Facility.objects.filter(pk=prison.pk).update(system="mixed")
    unit.save()
    prison.system = "separate"
    with pytest.raises(ValidationError):
        prison.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        prison.save()


def test_an_imported_register_proposes_the_grounds_that_its_offences_give(prison, officer, terrorism):
    person = factories.make_inmate(prison.units.get(name="A"), by=officer)
    bare = factories.make_inmate(prison.units.get(name="A"), by=officer)
    imported = [
        SimpleNamespace(inmate=one, admission=one.admissions.get(), case=one.cases.get(), offences=offences, by=officer)
        for one, offences in ((person, [terrorism]), (bare, []))
    ]
    intake.propose_for_imported(imported)
    step = SeparateStep.objects.get()
    assert (step.inmate, step.ground, step.state, step.proposed_by) == (person, "conviction", "proposed", officer)


def test_the_form_of_a_readmission_names_the_prison_they_went_to(inmate, unit, officer, director):
    decided(inmate, officer=officer, director=director)
    decided(inmate, officer=officer, director=director, ground="gone")
    leaving.leave(inmate, by=officer)
    form = signed_in(officer).get(reverse("inmates:readmit", args=[inmate.uuid])).context["form"]
    assert form.stay.initial["came_from"] == "Aïn Borja"


def test_ordinary_prisons_are_names_and_no_destination_of_a_transfer(inmate, other_prison, officer):
    address = reverse("inmates:transfer_new", args=[inmate.uuid])
    offered = signed_in(officer).get(address).context["form"].fields["destination"].queryset
    assert other_prison in offered
    other_prison.units.all().delete()
    Facility.objects.filter(pk=other_prison.pk).update(system="ordinary")
    assert other_prison not in signed_in(officer).get(address).context["form"].fields["destination"].queryset
