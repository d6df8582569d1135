"""Separation from others, with its limits and its days."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from core.fields import EncryptedTextField
from core.workflow import paired_stamps
from facilities.models import Facility
from inmates.people.models import Inmate

USER = settings.AUTH_USER_MODEL
MOST_DAYS = 15  # in a row that may be authorised (Mandela Rule 44)
GAP_DAYS = 15  # policy: a gap shorter than this continues the count


class SeparationQuerySet(models.QuerySet):
    """Reading separations."""

    def running(self):
        """Separations not ended."""
        return self.filter(ended_on=None)

    def overdue(self, on):
        """Separations that run past the last day authorised."""
        return self.running().filter(authorised_until__lt=on)

    def to_authorise(self):
        """Emergencies that run and that nobody has authorised."""
        return self.running().filter(authorised_by=None)


@tracked
class Separation(models.Model):
    """An authorised period away from others. At most 15 consecutive days may be *authorised* (Mandela Rule 44); the
    facts (`began_on`, `ended_on`) are recorded as they were, even where they pass it: a breach is alerted, not hidden.

    One that could not wait is a fact before it is authorised: `emergency_at` says from which minute.
    """

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="separations")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="separations")
    reason = models.CharField(_("reason"), max_length=300)
    authorised_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    authorised_from = models.DateField(_("from"))
    authorised_until = models.DateField(_("until"), help_text=_("Last day. At most 15 consecutive days."))
    began_on = models.DateField(_("began on"))
    # An emergency is recorded from its minute and authorised, or ended, by the day `authorised_until`.
    emergency_at = models.DateTimeField(_("emergency, from"), null=True, blank=True, editable=False)
    emergency_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    health_checked = models.BooleanField(_("no medical objection"), default=False)
    breach_alerted_on = models.DateField(null=True, editable=False)

    objects = SeparationQuerySet.as_manager()

    class Meta:
        verbose_name = _("separation")
        verbose_name_plural = _("separations")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(authorised_until__gte=F("authorised_from")), name="separation_period_not_reversed"
            ),
            models.UniqueConstraint(fields=["inmate"], condition=Q(ended_on=None), name="separation_one_open"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="separation_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="separation_has_a_reason"),
            models.CheckConstraint(
                condition=Q(authorised_by__isnull=False) | Q(emergency_by__isnull=False),
                name="separation_authorised_or_an_emergency",
            ),
            models.CheckConstraint(
                condition=Q(authorised_by=None) | Q(emergency_by=None) | ~Q(authorised_by=F("emergency_by")),
                name="separation_emergency_authorised_by_another",
            ),
            *paired_stamps("separation", [("ended_on", "ended_by"), ("emergency_at", "emergency_by")]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="separation_at_most_15_days",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("authorised_by_id", "authorised_from", "authorised_until"),
                when=pgtrigger.Before,
                declare=[("total", "integer"), ("earliest", "date"), ("earlier", "record")],
                func=f"""
                    IF NEW.authorised_by_id IS NULL THEN
                        RETURN NEW;
                    END IF;
                    total := NEW.authorised_until - NEW.authorised_from + 1;
                    earliest := NEW.authorised_from;
                    LOOP
                        SELECT s.began_on AS began, COALESCE(s.ended_on, s.authorised_until) AS ended INTO earlier
                          FROM inmates_separation s
                         WHERE s.inmate_id = NEW.inmate_id AND s.id IS DISTINCT FROM NEW.id AND s.began_on < earliest
                           AND COALESCE(s.ended_on, s.authorised_until) >= earliest - {GAP_DAYS}
                         ORDER BY s.began_on DESC LIMIT 1;
                        EXIT WHEN NOT FOUND;
                        total := total + LEAST(earlier.ended, earliest - 1) - earlier.began + 1;
                        earliest := earlier.began;
                    END LOOP;
                    IF total > {MOST_DAYS} THEN
                        RAISE EXCEPTION 'separation: % days in a row, at most {MOST_DAYS} may be authorised', total
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 (two numbers of this file)
            )
        ]

    def __str__(self):
        return f"{self.inmate} · {self.authorised_from}"


class SeparationBarQuerySet(models.QuerySet):
    """Reading what forbids a separation."""

    def on(self, day):
        """What stood against a separation on `day`."""
        return self.filter(starts_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


@tracked
class SeparationBar(models.Model):
    """Why somebody must not be separated at all: pregnancy, nursing, a disability it would worsen (Mandela Rule 45,
    Bangkok Rule 22). Health data: read only by those who order or record separations.
    """

    class Ground(models.TextChoices):
        PREGNANT = "pregnant", _("Pregnant")
        NURSING = "nursing", _("Nursing, or with her infant")
        DISABILITY = "disability", _("A disability that separation would worsen")

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="separation_bars")
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices)
    source = EncryptedTextField(_("doctor or paper"), max_length=160)
    starts_on = models.DateField(_("from"))
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SeparationBarQuerySet.as_manager()

    class Meta:
        verbose_name = _("bar to separation")
        verbose_name_plural = _("bars to separation")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate", "ground"], condition=Q(ended_on=None), name="separation_bar_once_open"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="separation_bar_has_a_source"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")), name="separation_bar_ends_after_start"
            ),
            *paired_stamps("separation_bar", [("ended_on", "ended_by")]),
        ]

    def __str__(self):
        return self.get_ground_display()


@tracked
class SeparationDay(models.Model):
    """One day's facts of a separation: the health visit, hours out of the cell and of meaningful contact."""

    separation = models.ForeignKey(Separation, on_delete=models.PROTECT, related_name="days")
    day = models.DateField(_("day"))
    health_visit_by = EncryptedTextField(_("health visit by"), max_length=120, blank=True)
    hours_out = models.DecimalField(_("hours out of cell"), max_digits=4, decimal_places=1)
    hours_contact = models.DecimalField(_("hours of meaningful contact"), max_digits=4, decimal_places=1)
    note = EncryptedTextField(_("note"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("day of separation")
        verbose_name_plural = _("days of separation")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["separation", "day"], name="separation_day_once"),
            models.CheckConstraint(
                condition=Q(hours_out__gte=0, hours_out__lte=24, hours_contact__gte=0, hours_contact__lte=24),
                name="separation_day_has_24_hours",
            ),
        ]

    def __str__(self):
        return str(self.day)
