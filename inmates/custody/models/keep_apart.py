"""Non-association: with whom a person must not be."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from inmates.people.models import Inmate

USER = settings.AUTH_USER_MODEL


@tracked
class KeepApartGroup(models.Model):
    """Several people of whom no two may meet, or one whom none of the others may meet; pairs follow from it."""

    name = models.CharField(_("name"), max_length=120)
    reason = models.CharField(_("reason"), max_length=300)
    centre = models.ForeignKey(
        Inmate,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("kept from all others"),
    )
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(default=clock.today)

    class Meta:
        verbose_name = _("non-association group")
        verbose_name_plural = _("non-association groups")
        default_permissions = ()

    def __str__(self):
        return self.name


class KeepApartQuerySet(models.QuerySet):
    """Reading keep-apart duties."""

    def open(self):
        """Duties in force."""
        return self.filter(closed_on=None)

    def of(self, inmate):
        """Duties that concern one person."""
        return self.filter(Q(first=inmate) | Q(second=inmate))


@tracked
class KeepApart(models.Model):
    """Two people who must not meet (*séparation obligatoire*), how far, and why. A pair is stored once, lower first."""

    class Scope(models.TextChoices):
        CELL = "cell", _("Same cell")
        UNIT = "unit", _("Same unit")
        PRISON = "prison", _("Whole prison")

    first = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(KeepApartGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="pairs")
    scope = models.CharField(_("scope"), max_length=6, choices=Scope.choices, default=Scope.UNIT)
    reason = models.CharField(_("reason"), max_length=300)
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(default=clock.today)
    closed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True)
    closed_reason = models.CharField(_("why closed"), max_length=300, blank=True)

    objects = KeepApartQuerySet.as_manager()

    class Meta:
        verbose_name = _("non-association")
        verbose_name_plural = _("non-associations")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="keep_apart_pair_ordered"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(closed_on=None), name="keep_apart_pair_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="keep_apart_has_a_reason"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | (Q(closed_by__isnull=False) & ~Q(closed_reason="")),
                name="keep_apart_closed_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.first_id} / {self.second_id}"
