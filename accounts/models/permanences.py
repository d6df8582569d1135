"""Permanence: a colleague named to stand in for a role of a prison, by name and for hours, not for good."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models.users import User
from audit.history import tracked
from config import clock
from facilities.models import Facility

LONGEST = timedelta(hours=72)


class PermanenceQuerySet(models.QuerySet):
    """Reading permanences."""

    def current(self, now):
        """Those in force at a moment."""
        return self.filter(starts_at__lte=now, ends_at__gt=now).filter(Q(ended_at=None) | Q(ended_at__gt=now))

    def visible_to(self, user):
        """Those of the prisons in scope, and the user's own."""
        if user.sees_nation:
            return self
        return self.filter(Q(facility_id__in=user.facility_ids) | Q(user=user))


@tracked
class Permanence(models.Model):
    """Who stands in for which role of a prison, from and until which moment (at most 72 hours), named by whom and why.

    It works at once and is reported. Four eyes hold act by act: whoever did the first step does not take the second,
    whatever roles they hold that night, and neither does who stands in on their word (`User.one_side`).
    """

    ROLES = (roles.DIRECTOR, roles.OFFICER)
    STAND_INS = frozenset({roles.DIRECTOR, roles.OFFICER, roles.ASSESSOR})
    """Roles of those who may be named, and no other: who serves in a prison."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.PROTECT, related_name="permanences")
    facility = models.ForeignKey(Facility, verbose_name=_("prison"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=30, choices=[(name, roles.LABELS[name]) for name in ROLES])
    starts_at = models.DateTimeField(_("from"), default=clock.now)
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    named_by = models.ForeignKey(
        User, verbose_name=_("named by"), on_delete=models.PROTECT, related_name="permanences_named"
    )
    named_at = models.DateTimeField(_("named at"), default=clock.now)
    ended_by = models.ForeignKey(
        User, verbose_name=_("ended by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = PermanenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("permanence")
        verbose_name_plural = _("permanences")
        ordering = ["-starts_at", "-pk"]
        permissions = [("name_permanence", "Can name who stands in for a role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) & Q(ends_at__lte=F("starts_at") + LONGEST),
                name="permanence_at_most_72_hours",
            ),
            models.CheckConstraint(condition=~Q(named_by=F("user")), name="permanence_named_by_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="permanence_says_why"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="permanence_ended_by_and_when",
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.facility}"
