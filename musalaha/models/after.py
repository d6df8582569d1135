"""Pardon files, and life after release."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from inmates.custody.models import Admission
from inmates.people.models import Inmate
from inmates.sentences.models import Pardon, PardonInstrument, Sentence
from musalaha.models.people import Enrolment

USER = settings.AUTH_USER_MODEL


class PardonFileQuerySet(models.QuerySet):
    """Reading pardon files."""

    def visible_to(self, user):
        """Files of people whose record the user may open."""
        return self.filter(inmate__in=Inmate.objects.visible_to(user))


@tracked
class PardonFile(models.Model):
    """The case put together for a pardon. It grants nothing; its outcome is a `Pardon` recorded from an instrument."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("In preparation")
        SENT = "sent", _("Sent")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        CLOSED = "closed", _("Closed")

    MOVES = {
        State.PREPARING: {State.SENT, State.GRANTED, State.CLOSED},
        State.SENT: {State.GRANTED, State.REFUSED, State.CLOSED},
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="pardon_files")
    sentence = models.ForeignKey(Sentence, null=True, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="pardon_files"
    )
    requester = models.CharField(_("requested by"), max_length=16, choices=PardonInstrument.Requester.choices)
    occasion = models.CharField(_("occasion"), max_length=120)
    opinion = models.TextField(_("opinion"), blank=True)
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
                fields=["inmate", "sentence"], condition=Q(state__in=["preparing", "sent"]), name="pardon_file_one_live"
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.occasion}"


@tracked
class FollowUp(models.Model):
    """A contact with somebody after release, due some months on; on the stay that ended, so that non-graduates have
    them too.
    """

    class Contact(models.TextChoices):
        MET = "met", _("Met")
        PHONE = "phone", _("By phone")
        FAMILY = "family", _("Through the family")
        NOT_FOUND = "not_found", _("Not found")
        DECLINED = "declined", _("Did not wish contact")

    class Known(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_KNOWN = "not_known", _("Not known")

    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="follow_ups")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(_("months after release"))
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    contact = models.CharField(_("contact"), max_length=10, choices=Contact.choices, blank=True)
    housing = models.CharField(_("housing"), max_length=9, choices=Known.choices, default=Known.NOT_KNOWN)
    work = models.CharField(_("work"), max_length=9, choices=Known.choices, default=Known.NOT_KNOWN)
    training = models.CharField(_("training"), max_length=9, choices=Known.choices, default=Known.NOT_KNOWN)
    support = models.CharField(_("support given"), max_length=300, blank=True)
    lost = models.BooleanField(_("lost to follow-up"), default=False)
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        default_permissions = ()
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["admission", "months"], name="follow_up_once"),
            models.CheckConstraint(
                condition=Q(done_on=None) | (~Q(contact="") & Q(recorded_by__isnull=False)),
                name="follow_up_done_somehow",
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.months}"


@tracked
class Reconviction(models.Model):
    """A final conviction for an act after release. Allegations never stand here (DOMAIN 2)."""

    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="reconvictions")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="reconvictions")
    act_on = models.DateField(_("date of the act"))
    final_on = models.DateField(_("conviction final on"))
    terrorism = models.BooleanField(_("terrorism"))
    source = models.CharField(_("source: court, number"), max_length=200)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reconviction")
        verbose_name_plural = _("reconvictions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(final_on__gte=F("act_on")), name="reconviction_final_after_the_act"),
            models.CheckConstraint(condition=~Q(source=""), name="reconviction_has_a_source"),
            models.UniqueConstraint(fields=["inmate", "act_on", "source"], name="reconviction_once"),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.final_on}"
