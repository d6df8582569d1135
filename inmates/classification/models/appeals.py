"""The inmate's appeals against tier decisions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.fields import EncryptedTextField
from core.workflow import paired_stamps
from documents.models import StoredFile
from inmates.classification.models.decisions import TierDecision
from inmates.people.models import Inmate

USER = settings.AUTH_USER_MODEL


class AppealQuerySet(models.QuerySet):
    """Reading appeals."""

    def visible_to(self, user):
        """Appeals of people whose record the user may open, for those who may see classification."""
        if not user.can("inmates.view_classification"):
            return self.none()
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def live(self):
        """Appeals not yet answered."""
        return self.filter(outcome="")

    def overdue(self, on):
        """Appeals whose answer was due before `on`; never on the due day itself."""
        return self.live().filter(due_on__lt=on)


@tracked
class Appeal(models.Model):
    """The inmate's appeal (*recours*) against a tier decision, answered by a third person."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Decision upheld")
        CHANGED = "changed", _("Decision changed")
        SENT_BACK = "sent_back", _("Sent back for a new assessment")
        LAPSED = "lapsed", _("Lapsed on release")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="appeals")
    decision = models.OneToOneField(TierDecision, on_delete=models.PROTECT, related_name="appeal")
    assessor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    decider = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(_("made on"))
    grounds = EncryptedTextField(_("grounds, in the inmate's words"))
    signed = models.BooleanField(_("signed by the inmate"), default=True)
    witness = models.CharField(_("witness"), max_length=120, blank=True)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    late_reason = models.CharField(_("why a late appeal is admitted"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(_("answer due on"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    reasons = EncryptedTextField(_("reasons of the answer"), blank=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    new_decision = models.OneToOneField(TierDecision, null=True, on_delete=models.PROTECT, related_name="from_appeal")

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | (~Q(decided_by=F("assessor")) & ~Q(decided_by=F("decider"))),
                name="appeal_decided_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(outcome="lapsed")
                | (Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(reasons="")),
                name="appeal_answered_with_reasons",
            ),
            models.CheckConstraint(condition=Q(signed=True) | ~Q(witness=""), name="appeal_signed_or_witnessed"),
            models.CheckConstraint(condition=~Q(grounds=""), name="appeal_has_grounds"),
            *paired_stamps("appeal", [("decided_on", "decided_by")]),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.made_on}"
