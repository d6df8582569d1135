"""The profile and the timeline show what the role may see elsewhere, and no more; every look is recorded."""

from django.test import Client
from django.urls import reverse

from audit import trail
from audit.models import Event


def open_as(user, address):
    client = Client()
    client.force_login(user)
    return client.get(address)


def test_a_look_at_a_profile_is_recorded(inmate, officer):
    assert open_as(officer, inmate.get_absolute_url()).status_code == 200
    event = Event.objects.get(verb="inmate.viewed")
    assert (event.actor_id, event.inmate_id) == (officer.pk, inmate.pk)


def test_a_refused_look_leaves_no_view_but_a_404(inmate, officer2):
    assert open_as(officer2, inmate.get_absolute_url()).status_code == 404
    assert not Event.objects.filter(verb="inmate.viewed").exists()


def test_reviewers_never_read_of_applications_on_the_timeline(inmate, reviewer, coordinator, officer):
    trail.record("application.recorded", by=officer, inmate=inmate)
    trail.record("enrolment.withdrawn", by=officer, inmate=inmate)
    address = reverse("timeline", args=[inmate.uuid])
    for_reviewer = [told.event.verb for told in open_as(reviewer, address).context["events"]]
    for_coordinator = [told.event.verb for told in open_as(coordinator, address).context["events"]]
    assert not [verb for verb in for_reviewer if verb.startswith(("application.", "enrolment."))]
    assert "application.recorded" in for_coordinator


def test_the_coordinator_never_reads_of_assessments_on_the_timeline(inmate, reviewer, coordinator, assessor):
    trail.record("assessment.started", by=assessor, inmate=inmate)
    address = reverse("timeline", args=[inmate.uuid])
    assert "assessment.started" not in [told.event.verb for told in open_as(coordinator, address).context["events"]]
    assert "assessment.started" in [told.event.verb for told in open_as(reviewer, address).context["events"]]


def test_the_timeline_can_be_narrowed_to_deeds(inmate, officer):
    trail.viewed("inmate", by=officer, inmate=inmate)
    verbs = [
        told.event.verb
        for told in open_as(officer, reverse("timeline", args=[inmate.uuid]) + "?kind=changes").context["events"]
    ]
    assert "inmate.viewed" not in verbs
    assert "inmate.admitted" in verbs


def test_the_sentence_is_told_step_by_step(inmate, officer):
    text = open_as(officer, inmate.get_absolute_url()).content.decode()
    assert "5 years from" in text


def test_a_profile_asks_at_most_twenty_queries(inmate, officer, django_assert_max_num_queries):
    client = Client()
    client.force_login(officer)
    with django_assert_max_num_queries(20):
        page = client.get(inmate.get_absolute_url())
    assert page.status_code == 200
    assert inmate.registration_number in page.content.decode()
