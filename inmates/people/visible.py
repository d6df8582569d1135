"""The person whom an address names, within the reader's scope, and how a page about them is headed."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from audit import sight
from core.templatetags.display import colon
from inmates.people.models import Inmate, RestrictionStep


def visible_person(request, uuid, *related):
    """The person whose record this user may open, else 404 as for one who does not exist; `related` is read along."""
    people = Inmate.objects.visible_to(request.user).select_related("facility", "unit", *related)
    person = get_object_or_404(people, uuid=uuid)
    sight.opened(person)
    return person


def person_on_duty(request, uuid, *related):
    """The person for an act of holding, counting, health or release: whoever has them in scope, named for a restricted record
    or not; `closed` says which. Such a page shows the duty view at most (`docs/decisions/restricted-records.md`).
    """
    people = Inmate.objects.on_duty(request.user).select_related("facility", "unit", *related)
    person = get_object_or_404(people, uuid=uuid)
    sight.opened(person)
    return person


def closed_among(user, people):
    """Primary keys of those of these people whose restricted records this user is not named for; each of them knows it."""
    people = [person for person in people if person is not None]
    keys = {person.pk for person in people}
    closed = set()
    if keys:
        closed = set(RestrictionStep.objects.closed_to(user).filter(inmate__in=keys).values_list("inmate", flat=True))
    for person in people:
        person.closed = person.pk in closed
    return closed


def tab_or_profile(inmate, tab):
    """The address of a tab of the record; of the duty view, where the record is closed to its reader."""
    return inmate.get_absolute_url() if inmate.closed else reverse(tab, args=[inmate.uuid])


def named(title, inmate):
    """A page's heading with the person it is about."""
    return f"{title}{colon()}{inmate.name}"
