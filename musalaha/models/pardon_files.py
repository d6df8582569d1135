"""Pardon files: what is sent on for a graduate."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.fields import EncryptedTextField
from core.workflow import Step, live_states
from inmates.people.models import Inmate
from inmates.sentences.models import Pardon, PardonInstrument, Sentence
from musalaha.models.enrolments import Enrolment

USER = settings.AUTH_USER_MODEL
MANAGE = Step("musalaha.manage_pardon_files", at="inmate.facility")


class PardonFileQuerySet(models.QuerySet):
    """Reading pardon files."""

    def visible_to(self, user):
        """Files of people whose record the user may open."""
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def live(self):
        """Files not yet answered or closed."""
        return self.filter(state__in=PardonFile.LIVE)


@tracked
class PardonFile(models.Model):
    """The case put together for a pardon. It grants nothing; its outcome is a `Pardon` recorded from an instrument."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("In preparation")
        SENT = "sent", _("Sent")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        CLOSED = "closed", _("Closed")

    TRANSITIONS = {
        (State.PREPARING, State.SENT): MANAGE,
        (State.PREPARING, State.GRANTED): Step(None),  # follows from the verification of its pardon
        (State.PREPARING, State.CLOSED): MANAGE,
        (State.SENT, State.GRANTED): Step(None),
        (State.SENT, State.REFUSED): MANAGE,
        (State.SENT, State.CLOSED): MANAGE,
    }
    LIVE = live_states(TRANSITIONS)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="pardon_files")
    sentence = models.ForeignKey(Sentence, null=True, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="pardon_files"
    )
    requester = models.CharField(_("requested by"), max_length=16, choices=PardonInstrument.Requester.choices)
    occasion = models.CharField(_("occasion"), max_length=120)
    opinion = EncryptedTextField(_("opinion"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREPARING)
    pardon = models.OneToOneField(Pardon, null=True, blank=True, on_delete=models.PROTECT, related_name="file")
    opened_on = models.DateField(default=clock.today)
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(_("sent on"), null=True)
    closed_on = models.DateField(null=True)
    closing_note = models.CharField(_("answer"), max_length=300, blank=True)

    objects = PardonFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("pardon file")
        verbose_name_plural = _("pardon files")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate", "sentence"],
                condition=Q(state__in=["preparing", "sent"]),  # `LIVE`, which cannot be named here
                name="pardon_file_one_live",
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.occasion}"
