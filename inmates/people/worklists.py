"""Worklists of people: tasks, and restrictions to be looked at again."""

from django.db.models import OuterRef, Subquery

from inmates.people.models import RestrictionStep, Task


def open_tasks(user):
    """Tasks not done in the user's scope, the earliest due first."""
    return Task.objects.visible_to(user).open().select_related("inmate", "facility").order_by("due_on", "id")


def reviews_of_restrictions(user):
    """Restrictions in force in the user's scope with the day on which each is looked at again (`review_on`), earliest first."""
    kinds = [RestrictionStep.Kind.RESTRICT, RestrictionStep.Kind.RENEW]
    latest = RestrictionStep.objects.approved().filter(inmate=OuterRef("inmate"), kind__in=kinds)
    return (
        RestrictionStep.objects.in_scope_of(user)
        .restricting()
        .annotate(review_on=Subquery(latest.order_by("-decided_at").values("until")[:1]))
        .select_related("inmate__facility")
        .order_by("review_on", "id")
    )
