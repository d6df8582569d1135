"""Failed sign-ins, as the trail has them: for administrators and inspectors, when there are many."""

from datetime import timedelta

from django.db.models import Count, Max
from django.utils import timezone

from audit.models import Event

MANY = 20  # policy: in 24 hours, in the whole service; from then on administrators are told
VERBS = ("refused.session.opened", "refused.second_factor", "refused.account.enrolled")


def lately():
    """Those of the last 24 hours."""
    return Event.objects.filter(verb__in=VERBS, at__gt=timezone.now() - timedelta(hours=24))


def by_name_and_place():
    """`{tried, address, name, tries, last}`, the most first."""
    return (
        lately()
        .values("verb", "actor_name", "detail__tried", "detail__address")
        .annotate(tries=Count("pk"), last=Max("at"))
        .order_by("-tries", "-last")[:200]
    )
