"""Restricted records: read by the people named for them alone. Each step takes two people; none says why."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import tracked
from config import clock
from core.workflow import Step, paired_stamps
from inmates.people.models.identity import Inmate

USER = settings.AUTH_USER_MODEL
LONGEST = timedelta(days=366)  # until a restriction is looked at again, and until an access ends


class RestrictionStepQuerySet(models.QuerySet):
    """Reading what was asked for and what holds."""

    def in_scope_of(self, user):
        """Steps about people whom this user may have to do with, whether or not their records are open to them."""
        return self.filter(inmate__in=Inmate.objects.in_scope_of(user))

    def restricting(self):
        """Restrictions in force: one a person."""
        return self.filter(kind=RestrictionStep.Kind.RESTRICT, state=RestrictionStep.State.APPROVED)

    def naming(self, on):
        """Accesses by name that hold on a day, the last one included."""
        return self.filter(kind=RestrictionStep.Kind.NAME, state=RestrictionStep.State.APPROVED, until__gte=on)

    def closed_to(self, user):
        """Primary keys of the people whose restricted records this user is not named for."""
        if user.can("inmates.read_restricted"):
            return self.none().values("inmate")
        named = self.naming(clock.today()).filter(user=user)
        return self.restricting().exclude(inmate__in=named.values("inmate")).values("inmate")

    def waiting(self):
        """Steps that a second person has not answered."""
        return self.filter(state=RestrictionStep.State.ASKED)

    def approved(self):
        """Steps that hold."""
        return self.filter(state=RestrictionStep.State.APPROVED)


@tracked
class RestrictionStep(models.Model):
    """One step about who reads a record: that it is restricted, until when, that somebody is named for it, that it is lifted.

    One person asks, another approves, and nobody approves their own access. Taking an access away is done by one, at once.
    There is no field for a cause, and there will be none: what would stand in it is what the restriction protects.
    """

    class Kind(models.TextChoices):
        RESTRICT = "restrict", _("Restrict the record")
        NAME = "name", _("Name a reader")
        RENEW = "renew", _("Renew the restriction")
        LIFT = "lift", _("Lift the restriction")

    class State(models.TextChoices):
        ASKED = "asked", _("Awaiting a second person")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Not approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ENDED = "ended", pgettext_lazy("of a restriction", "Ended")

    _ANSWER = Step(
        "inmates.restrict_record",
        at="inmate.facility",
        stamp="decided",
        not_by={
            "asked_by": _("You asked for it: somebody else answers."),
            "user": _("It is your own access: somebody else answers."),
        },
    )
    TRANSITIONS = {
        (State.ASKED, State.APPROVED): _ANSWER,
        (State.ASKED, State.REFUSED): _ANSWER,
        (State.ASKED, State.WITHDRAWN): Step(
            "inmates.restrict_record", at="inmate.facility", stamp="ended", follows=True
        ),
        (State.APPROVED, State.ENDED): Step(
            "inmates.restrict_record", at="inmate.facility", stamp="ended", follows=True
        ),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.CASCADE, related_name="restriction_steps")
    kind = models.CharField(_("step"), max_length=8, choices=Kind.choices)
    user = models.ForeignKey(
        USER, verbose_name=_("reader"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    until = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(default=clock.today)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = RestrictionStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a restriction")
        verbose_name_plural = _("steps of a restriction")
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="restriction_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(user=None) | ~Q(decided_by=F("user")),
                name="restriction_not_for_oneself",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"], decided_by=None)
                | Q(state__in=["approved", "refused", "ended"], decided_by__isnull=False),
                name="restriction_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["withdrawn", "ended"], ended_by__isnull=False)
                | Q(state__in=["asked", "approved", "refused"], ended_by=None),
                name="restriction_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind="name", user__isnull=False, until__isnull=False)
                | Q(kind__in=["restrict", "renew"], user=None, until__isnull=False)
                | Q(kind="lift", user=None, until=None),
                name="restriction_says_what_it_needs",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__lte=F("asked_on") + LONGEST), name="restriction_ends_within_a_year"
            ),
            *paired_stamps("restriction", [("decided_at", "decided_by"), ("ended_at", "ended_by")]),
            models.UniqueConstraint(
                fields=["inmate"],
                condition=Q(kind="restrict", state__in=["asked", "approved"]),
                name="restriction_one_open",
            ),
            models.UniqueConstraint(
                fields=["inmate", "user"],
                condition=Q(kind="name", state__in=["asked", "approved"]),
                name="restriction_reader_one_open",
            ),
            models.UniqueConstraint(
                fields=["inmate", "kind"],
                condition=Q(kind__in=["renew", "lift"], state="asked"),
                name="restriction_asked_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.inmate_id}"
