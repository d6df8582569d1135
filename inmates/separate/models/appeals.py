"""The inmate's appeals against steps of the separate system."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import tracked
from core.fields import EncryptedTextField
from core.workflow import paired_stamps
from inmates.people.models import Inmate
from inmates.separate.models.steps import SeparateStep

USER = settings.AUTH_USER_MODEL


class SeparateAppealQuerySet(models.QuerySet):
    """Reading appeals."""

    def visible_to(self, user):
        """Appeals of people whose record the user may open."""
        return self.filter(step__inmate__in=Inmate.objects.visible_to(user))

    def live(self):
        """Appeals not answered, of stays that go on."""
        return self.filter(outcome="", step__admission__released_at=None, step__admission__annulled_at=None)

    def overdue(self, on):
        """Appeals whose answer was due before `on`; never on the due day itself."""
        return self.filter(due_on__lt=on)


@tracked
class SeparateAppeal(models.Model):
    """The inmate's appeal (*recours*), answered by a third: neither who proposed the step nor who decided it."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Decision upheld")
        QUASHED = "quashed", pgettext_lazy("of the separate system", "Decision quashed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.OneToOneField(SeparateStep, on_delete=models.PROTECT, related_name="appeal")
    proposer = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    decider = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(_("made on"))
    grounds = EncryptedTextField(_("grounds, in the inmate's words"))
    signed = models.BooleanField(_("signed by the inmate"), default=True)
    witness = models.CharField(_("witness"), max_length=120, blank=True)
    late_reason = models.CharField(_("why a late appeal is admitted"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("answer due"))
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome.choices, blank=True)
    reasons = EncryptedTextField(_("reasons of the answer"), blank=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)

    objects = SeparateAppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal against a step of the separate system")
        verbose_name_plural = _("appeals against steps of the separate system")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposer")) & ~Q(decided_by=F("decider")),
                name="separate_appeal_answered_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by=None)
                | ~Q(outcome="") & ~Q(reasons="") & Q(decided_by__isnull=False),
                name="separate_appeal_answered_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(grounds="") & (Q(signed=True) | ~Q(witness="")), name="separate_appeal_signed_or_witnessed"
            ),
            *paired_stamps("separate_appeal", [("decided_on", "decided_by")]),
        ]

    def __str__(self):
        return f"{self.step} · {self.made_on}"
