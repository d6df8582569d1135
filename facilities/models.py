"""Where people are held, and how each tier is treated."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from audit.history import tracked


class Sex(models.TextChoices):
    """Sex as registered; units and prisons hold one or both."""

    MALE = "M", _("Male")
    FEMALE = "F", _("Female")


class Tier(models.IntegerChoices):
    """The three risk tiers. A person without one is 'not yet classified', stored as NULL, or 0 in unit rules."""

    ONE = 1, _("Tier 1, most dangerous")
    TWO = 2, _("Tier 2, reconcilable")
    THREE = 3, _("Tier 3, lower risk")


class System(models.TextChoices):
    """Whom a place holds: people of the separate system alone, others alone, or both.

    Ordinary prisons, and ordinary wings of a mixed one, keep their own registers: here they are names of places elsewhere.
    """

    SEPARATE = "separate", pgettext_lazy("of a prison or a unit", "Separate")
    MIXED = "mixed", pgettext_lazy("of a prison or a unit", "Mixed")
    ORDINARY = "ordinary", pgettext_lazy("of a prison or a unit", "Ordinary")


UNIT_AND_PRISON = _("In a separate prison every unit is separate, in an ordinary one none is.")
UNCLASSIFIED = 0
REVIEW_DAYS = 90  # policy: between two reviews, where the regime of a tier says no other


class TwoScripts(models.Model):
    """A place with an Arabic and a French name; `name` is the one of the reader's script."""

    name_ar = models.CharField(_("name in Arabic"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name in the reader's script."""
        return self.name_ar if (get_language() or "").startswith("ar") else self.name_fr


@tracked
class Region(TwoScripts):
    """One of the ten regional directorates."""

    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("regional directorate")
        verbose_name_plural = _("regional directorates")
        ordering = ["name_fr"]


class FacilityQuerySet(models.QuerySet):
    """Reading prisons."""

    def visible_to(self, user):
        """The prisons whose records this user may see: all with national scope, else those of current postings."""
        if user.sees_nation:
            return self
        return self.filter(pk__in=user.facility_ids)

    def open_on(self, day):
        """Prisons in service on a day."""
        return self.filter(Q(opened_on=None) | Q(opened_on__lte=day)).filter(Q(closed_on=None) | Q(closed_on__gt=day))


@tracked
class Facility(TwoScripts):
    """A prison (*établissement pénitentiaire*)."""

    class Kind(models.TextChoices):
        LOCAL = "local", _("Local prison")
        CENTRAL = "central", _("Central prison")

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("Used in addresses, for example sale-2"))
    region = models.ForeignKey(
        Region, verbose_name=_("regional directorate"), on_delete=models.PROTECT, related_name="facilities"
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.LOCAL)
    system = models.CharField(_("whom it holds"), max_length=8, choices=System.choices, default=System.SEPARATE)
    holds_men = models.BooleanField(_("holds men"), default=True)
    holds_women = models.BooleanField(_("holds women"), default=False)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("prison")
        verbose_name_plural = _("prisons")
        ordering = ["name_fr"]
        constraints = [
            models.CheckConstraint(condition=Q(holds_men=True) | Q(holds_women=True), name="facility_holds_somebody"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gt=F("opened_on")),
                name="facility_closed_after_opened",
            ),
        ]

    def get_absolute_url(self):
        """The prison's own page."""
        return reverse("facilities:detail", args=[self.code])

    def clean(self):
        """Of a separate or an ordinary prison the units are what it is, before the trigger says so."""
        if self.pk and self.system != System.MIXED and self.units.exclude(system=self.system).exists():
            raise ValidationError({"system": UNIT_AND_PRISON})

    def holds(self, sex):
        """Whether the prison holds people of this sex."""
        return self.holds_men if sex == Sex.MALE else self.holds_women


class UnitQuerySet(models.QuerySet):
    """Reading units."""

    def visible_to(self, user):
        """Units of the prisons that the user may see."""
        return self if user.sees_nation else self.filter(facility_id__in=user.facility_ids)

    def in_use(self, day):
        """Units not closed on a day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))


@tracked
class Unit(models.Model):
    """A wing (*quartier*): a separate place inside a prison, with its own rules on who may live there.

    `tiers` lists the tiers it takes, 0 standing for people not yet classified. Working capacity is what may be used today,
    certified capacity what the place was built for; both count places. In a separate prison every unit is separate
    (`system`), in an ordinary one none is: the database holds it. Nobody is placed in an ordinary unit.
    """

    class Purpose(models.TextChoices):
        TIER = "tier", _("Tier wing")
        REMAND = "remand", _("Remand")
        PROGRAMME = "programme", _("Programme")
        SEPARATION = "separation", _("Separation")
        RECEPTION = "reception", _("Reception")
        MEDICAL = "medical", _("Medical")

    facility = models.ForeignKey(Facility, verbose_name=_("prison"), on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("name"), max_length=60)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, default=Sex.MALE)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices, default=Purpose.TIER)
    system = models.CharField(_("whom it holds"), max_length=8, choices=System.choices, default=System.SEPARATE)
    tiers = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("tiers taken"),
        help_text=_("1, 2, 3; 0 for people not yet classified"),
    )
    takes_untried = models.BooleanField(_("takes the untried"), default=True)
    takes_convicted = models.BooleanField(_("takes the convicted"), default=True)
    certified_capacity = models.PositiveIntegerField(_("certified capacity"), validators=[MinValueValidator(1)])
    working_capacity = models.PositiveIntegerField(_("working capacity"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["facility", "name"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "name"], name="unit_name_once_per_prison"),
            models.CheckConstraint(
                condition=Q(working_capacity__lte=F("certified_capacity")), name="unit_working_within_certified"
            ),
            models.CheckConstraint(
                condition=Q(tiers__contained_by=[0, 1, 2, 3]) & ~Q(tiers=[]), name="unit_tiers_known"
            ),
            models.CheckConstraint(
                condition=Q(takes_untried=True) | Q(takes_convicted=True), name="unit_takes_somebody"
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """A unit of a separate or an ordinary prison is what the prison is, before the trigger says so."""
        if self.facility_id and self.facility.system not in (System.MIXED, self.system):
            raise ValidationError({"system": UNIT_AND_PRISON})


def in_arabic():
    """Whether the reader reads Arabic."""
    return (get_language() or "").startswith("ar")


@tracked
class Regime(models.Model):
    """How one tier is treated. Administrators edit it; every change is kept in the row history.

    Hours are a day's, visits and calls as stated. Meaningful contact of two hours or less a day would be solitary confinement
    and is never a tier's regime (Mandela Rules 43-45).
    """

    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices, unique=True)
    hours_out_of_cell = models.DecimalField(
        _("hours out of cell a day"), max_digits=4, decimal_places=1, validators=[MaxValueValidator(24)]
    )
    hours_contact = models.DecimalField(
        _("hours of meaningful contact a day"), max_digits=4, decimal_places=1, validators=[MaxValueValidator(24)]
    )
    visits_per_month = models.PositiveSmallIntegerField(_("family visits a month"))
    visit_minutes = models.PositiveSmallIntegerField(_("minutes a visit"))
    calls_per_week = models.PositiveSmallIntegerField(_("calls a week"))
    call_minutes = models.PositiveSmallIntegerField(_("minutes a call"))
    association = models.CharField(_("association"), max_length=200, blank=True)
    association_ar = models.CharField(_("association, in Arabic"), max_length=200, blank=True)
    work_and_education = models.CharField(_("work and education"), max_length=200, blank=True)
    work_and_education_ar = models.CharField(_("work and education, in Arabic"), max_length=200, blank=True)
    review_interval_days = models.PositiveSmallIntegerField(
        _("days between reviews"), default=REVIEW_DAYS, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("regime")
        verbose_name_plural = _("regimes")
        ordering = ["tier"]
        constraints = [
            models.CheckConstraint(condition=Q(tier__in=[1, 2, 3]), name="regime_of_a_known_tier"),
            models.CheckConstraint(
                condition=Q(hours_contact__gt=2),
                name="regime_is_never_solitary",
                violation_error_message=_(
                    "22 hours or more a day without meaningful contact is solitary confinement; it can never be a tier's regime."
                ),
            ),
            models.CheckConstraint(
                condition=Q(hours_contact__lte=24) & Q(hours_out_of_cell__lte=24), name="regime_day_has_24_hours"
            ),
            models.CheckConstraint(
                condition=Q(visits_per_month__gte=1),
                name="regime_keeps_family_contact",
                violation_error_message=_("Family contact is never removed."),
            ),
            models.CheckConstraint(condition=Q(review_interval_days__gte=1), name="regime_review_interval"),
        ]

    def __str__(self):
        return self.get_tier_display()

    @property
    def association_words(self):
        """With whom time is spent, in Arabic for its readers where that is stored, else in French."""
        return (in_arabic() and self.association_ar) or self.association

    @property
    def work_words(self):
        """Work and education, likewise."""
        return (in_arabic() and self.work_and_education_ar) or self.work_and_education
