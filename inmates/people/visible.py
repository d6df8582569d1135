"""The person whom an address names, within the reader's scope, and how a page about them is headed."""

from django.shortcuts import get_object_or_404

from audit import sight
from core.templatetags.display import colon
from inmates.people.models import Inmate


def visible_person(request, uuid, *related):
    """The person whose record this user may open, else 404 as for one who does not exist; `related` is read along."""
    people = Inmate.objects.visible_to(request.user).select_related("facility", "unit", *related)
    person = get_object_or_404(people, uuid=uuid)
    sight.opened(person)
    return person


def named(title, inmate):
    """A page's heading with the person it is about."""
    return f"{title}{colon()}{inmate.name}"
