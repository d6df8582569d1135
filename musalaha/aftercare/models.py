"""Life after release: contacts, and new convictions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from core.fields import EncryptedTextField
from core.workflow import paired_stamps
from inmates.custody.models import Admission
from inmates.people.models import Annullable, Inmate, standing_rows

USER = settings.AUTH_USER_MODEL


class FollowUpQuerySet(models.QuerySet):
    """Reading contacts after release."""

    def due(self, on):
        """Contacts to be made by `on`, of people not lost sight of."""
        return self.filter(done_on=None, lost=False, due_on__lte=on)

    def overdue(self, on):
        """Contacts that were to be made before `on`, of people not lost sight of."""
        return self.due(on).exclude(due_on=on)


@tracked
class FollowUp(Annullable):
    """A contact with somebody some months after release, on the stay that ended: non-graduates have them too.

    It is annulled with a release that was entered by mistake.
    """

    class Contact(models.TextChoices):
        MET = "met", _("Met")
        PHONE = "phone", _("By phone")
        FAMILY = "family", _("Through the family")
        NOT_FOUND = "not_found", _("Not found")
        DECLINED = "declined", _("Did not wish contact")

    REACHED = (Contact.MET, Contact.PHONE, Contact.FAMILY)

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
    support = EncryptedTextField(_("support given"), max_length=300, blank=True)
    lost = models.BooleanField(_("lost to follow-up"), default=False)
    note = EncryptedTextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    objects = standing_rows(FollowUpQuerySet)
    everything = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        default_permissions = ()
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["admission", "months"], condition=Q(annulled_at=None), name="follow_up_once"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | (~Q(contact="") & Q(recorded_by__isnull=False)),
                name="follow_up_done_somehow",
            ),
            *paired_stamps("follow_up", [("done_on", "recorded_by")]),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.months}"


@tracked
class Reconviction(Annullable):
    """A final conviction for an act after release. Allegations never stand here."""

    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="reconvictions")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="reconvictions")
    act_on = models.DateField(_("date of the act"))
    final_on = models.DateField(_("conviction final on"))
    terrorism = models.BooleanField(_("terrorism"))
    source = models.CharField(_("source: court, number"), max_length=200)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = standing_rows()
    everything = models.Manager()

    class Meta:
        verbose_name = _("reconviction")
        verbose_name_plural = _("reconvictions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(final_on__gte=F("act_on")), name="reconviction_final_after_the_act"),
            models.CheckConstraint(condition=~Q(source=""), name="reconviction_has_a_source"),
            models.UniqueConstraint(
                fields=["inmate", "act_on", "source"], condition=Q(annulled_at=None), name="reconviction_once"
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.final_on}"


@tracked
class RecordCheck(Annullable):
    """The criminal record read on a day after release. What it showed is entered as reconvictions, one by one.

    It makes known, as a contact does, whether somebody was convicted again by that day.
    """

    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="record_checks")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="record_checks")
    checked_on = models.DateField(_("read on"))
    reference = models.CharField(_("reference of the extract"), max_length=120)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = standing_rows()
    everything = models.Manager()

    class Meta:
        verbose_name = _("check of the criminal record")
        verbose_name_plural = _("checks of the criminal record")
        default_permissions = ()
        ordering = ["checked_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="record_check_has_a_reference"),
            models.UniqueConstraint(
                fields=["admission", "checked_on"], condition=Q(annulled_at=None), name="record_check_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.checked_on}"
