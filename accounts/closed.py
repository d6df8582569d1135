"""Accounts of those who watch over others, decide or run a prison, once closed: told to inspectors and the national office."""

from datetime import timedelta

from django.utils import timezone

from accounts import roles
from audit.models import Event

OF = (roles.INSPECTOR, roles.REVIEWER, roles.DIRECTOR, roles.SYSADMIN)
TOLD = 7  # days on the first page
SHOWN = 30  # days on the page


def lately(user, days=TOLD):
    """Events of such closings that a user may be told of: of the country, or of their prisons."""
    events = Event.objects.filter(verb="account.closed", detail__roles__has_any_keys=OF)
    return events.visible_to(user).filter(at__gt=timezone.now() - timedelta(days=days)).exclude(actor_id=user.pk)


def told_to(user, days=TOLD):
    """`[(event, names of the roles held)]`, the newest first."""
    return [
        (event, [roles.LABELS.get(name, name) for name in event.detail["roles"]])
        for event in lately(user, days).order_by("-pk")[:200]
    ]
