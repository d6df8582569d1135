"""A judge's order that somebody is not to communicate (*interdiction de communiquer*), for a time."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from core.workflow import paired_stamps
from documents.models import StoredFile
from inmates.people.models import Annullable, Inmate, standing_rows
from inmates.sentences.wording import day_in_words

USER = settings.AUTH_USER_MODEL


class NoCommunicationQuerySet(models.QuerySet):
    """Reading orders of no communication."""

    def in_force_on(self, day):
        """Orders that run on `day`: the first and the last day count, the day of lifting no longer."""
        return self.filter(starts_on__lte=day, until__gte=day).filter(Q(lifted_on=None) | Q(lifted_on__gt=day))

    def not_over(self, day):
        """Orders that run on `day` or will run after it."""
        return self.filter(until__gte=day, lifted_on=None)


@tracked
class NoCommunication(Annullable):
    """A judge forbids somebody to communicate, with everybody or with those named, from a day to a last day.

    Never with counsel: an order has no word for it, and `Contact` no row of it.
    """

    class Reach(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody but counsel")
        NAMED = "named", _("Those named")

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="no_communications")
    authority = models.CharField(_("issued by"), max_length=120)
    reference = models.CharField(_("reference"), max_length=80)
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"))
    reach = models.CharField(_("with whom"), max_length=9, choices=Reach.choices)
    named = models.CharField(_("their names"), max_length=300, blank=True)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    lifted_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_reference = models.CharField(_("by which decision"), max_length=120, blank=True)

    objects = standing_rows(NoCommunicationQuerySet)
    everything = NoCommunicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("order of no communication")
        verbose_name_plural = _("orders of no communication")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("starts_on")), name="no_communication_not_reversed"),
            models.CheckConstraint(
                condition=~Q(authority="") & ~Q(reference=""), name="no_communication_names_its_paper"
            ),
            models.CheckConstraint(
                condition=Q(reach="everybody", named="") | (Q(reach="named") & ~Q(named="")),
                name="no_communication_says_with_whom",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None, lifted_reference="")
                | (Q(lifted_on__isnull=False) & ~Q(lifted_reference="")),
                name="no_communication_lifted_by_a_decision",
            ),
            *paired_stamps("no_communication", [("lifted_on", "lifted_by")]),
        ]

    def __str__(self):
        return self.reference

    @property
    def text(self):
        """Days, reach and paper as a sentence, in the language now spoken."""
        whom = self.named if self.reach == self.Reach.NAMED else _("everybody")
        values = {"start": day_in_words(self.starts_on), "until": day_in_words(self.until), "order": self.reference}
        text = _("With %(whom)s, from %(start)s until %(until)s (order %(order)s); never against counsel.")
        return text % (values | {"whom": whom})
