"""Answers, alarms and titles of the programme: written by one reader, read by the others in their own language."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from config import clock
from core.sayings import words
from inmates.people.models import Alert, Task
from inmates.sentences.models import Pardon
from musalaha import daily, eligibility
from musalaha.actions import enrolments, pardon_follow_through, sessions
from musalaha.models import Session
from tests.application_rights import rewriting
from tests.test_sayings import in_each_language


def all_differ(reading):
    texts = in_each_language(reading)
    return len(set(texts.values())) == 3 and not any("§" in text for text in texts.values())


def test_an_answer_kept_with_an_application_is_read_by_each(person, apply):
    with translation.override("ar"):
        application = apply(person(tier=1), channel="letter")
    application.refresh_from_db()
    failing = eligibility.against(eligibility.read(application.eligibility))
    assert [rule.code for rule in failing] == ["tier"]
    assert all_differ(lambda: failing[0].why)
    assert all_differ(lambda: failing[0].what_would_change)


def test_a_session_of_the_timetable_is_named_and_held_in_the_readers_language(cohort, coordinator):
    with translation.override("fr"):
        sessions.make_timetable(cohort, by=coordinator)
    session = Session.objects.filter(strand="rights").order_by("starts_at").first()
    texts = in_each_language(lambda: session.subject)
    assert texts == {
        "en": "Human rights and law 1",
        "fr": "Droits de l'Homme et droit 1",
        "ar": "حقوق الإنسان والقانون 1",
    }
    assert all_differ(lambda: words(session.organisation))


def test_hours_since_a_pardon_was_recorded_are_counted_when_read(recorded, settings):
    pardon = recorded()
    alert = Alert.objects.get(inmate=pardon.inmate)
    assert alert.text.startswith("Recorded 0 hours ago")
    with rewriting():
        Pardon.objects.filter(pk=pardon.pk).update(recorded_at=clock.now() - timedelta(hours=49))
    Alert.objects.update(raised_at=clock.now() - timedelta(hours=2))
    daily.escalate_pardons()
    alert.refresh_from_db()
    assert alert.text.startswith("Recorded 49 hours ago")
    assert all_differ(lambda: alert.text)


def test_a_verified_pardon_says_what_is_to_be_done(recorded, reviewer):
    with translation.override("ar"):
        pardon = pardon_follow_through.verify_pardon(recorded(), by=reviewer)
    assert all_differ(lambda: Task.objects.get(inmate=pardon.inmate).text)


def test_a_return_names_the_place_and_what_stands_against_it(running, officer, unit, person):
    unit.working_capacity = 1
    unit.save()
    person()
    with translation.override("ar"):
        enrolment = enrolments.withdraw(running.enrolments.first(), by=officer)
    task = Task.objects.get(inmate=enrolment.inmate, kind="return_unit")
    assert all_differ(lambda: task.text)
    assert task.text.startswith("Back to A, Salé 2, never to a worse regime. The unit is full:")
    with translation.override("ar"):
        assert "سلا 2" in task.text


def test_a_session_without_number_and_subject_is_refused(cohort):
    with pytest.raises(IntegrityError), transaction.atomic():
        cohort.sessions.create(starts_at=clock.now(), strand="rights")
    assert cohort.sessions.create(starts_at=clock.now(), strand="rights", title="Droit").subject == "Droit"
