"""With whom a person must not be, what happened, and separation with its limits."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from facilities.models import Facility, Unit
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
        verbose_name = _("keep-apart group")
        verbose_name_plural = _("keep-apart groups")
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
        verbose_name = _("keep-apart duty")
        verbose_name_plural = _("keep-apart duties")
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


@tracked
class Incident(models.Model):
    """Something that happened, and what was done. Contact with ordinary prisoners is a type of its own."""

    class Kind(models.TextChoices):
        VIOLENCE = "violence", _("Violence")
        THREAT = "threat", _("Threat")
        RECRUITMENT = "recruitment", _("Recruitment or indoctrination")
        ORDINARY_CONTACT = "ordinary_contact", _("Contact with ordinary prisoners")
        CONTRABAND = "contraband", _("Forbidden object")
        SELF_HARM = "self_harm", _("Self-harm")
        HUNGER_STRIKE = "hunger_strike", _("Hunger strike")
        ESCAPE = "escape", _("Escape or attempt")
        DAMAGE = "damage", _("Damage")
        OTHER = "other", _("Other")

    class Severity(models.TextChoices):
        MINOR = "minor", _("Minor")
        SERIOUS = "serious", _("Serious")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="incidents")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    happened_at = models.DateTimeField(_("happened at"))
    kind = models.CharField(_("kind"), max_length=18, choices=Kind.choices)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices, default=Severity.MINOR)
    location = models.CharField(_("where"), max_length=120, blank=True)
    account = models.TextField(_("what happened"))
    measures = models.TextField(_("what was done"), blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(account=""), name="incident_says_what_happened")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.happened_at:%Y-%m-%d}"


@tracked
class IncidentPerson(models.Model):
    """One person's part in an incident, the disciplinary outcome if any, and the appeal against it."""

    class Part(models.TextChoices):
        ALLEGED_AUTHOR = "author", _("Alleged author")
        VICTIM = "victim", _("Victim")
        WITNESS = "witness", _("Witness")
        INVOLVED = "involved", _("Involved")

    class Outcome(models.TextChoices):
        NONE = "none", _("No measure")
        WARNING = "warning", _("Warning")
        LOSS = "loss", _("Loss of a privilege")
        SEPARATION = "separation", _("Separation")
        DISMISSED = "dismissed", _("Not established")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="people")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="incident_parts")
    part = models.CharField(_("part"), max_length=8, choices=Part.choices, default=Part.INVOLVED)
    outcome = models.CharField(_("disciplinary outcome"), max_length=10, choices=Outcome.choices, blank=True)
    outcome_reason = models.CharField(_("reasons"), max_length=300, blank=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    appealed_on = models.DateField(_("appealed on"), null=True, blank=True)
    appeal_outcome = models.CharField(_("answer to the appeal"), max_length=300, blank=True)
    appeal_decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("person in an incident")
        verbose_name_plural = _("people in incidents")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["incident", "inmate"], name="incident_person_once"),
            models.CheckConstraint(
                condition=Q(outcome="")
                | (Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(outcome_reason="")),
                name="discipline_decided_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(appeal_decided_by=None) | ~Q(appeal_decided_by=F("decided_by")),
                name="discipline_appeal_decided_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.get_part_display()}"


@tracked
class Separation(models.Model):
    """An authorised period away from others. At most 15 consecutive days may be *authorised* (Mandela Rule 44); the
    facts (`began_on`, `ended_on`) are recorded as they were, even where they pass it: a breach is alerted, not hidden.
    """

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="separations")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="separations")
    reason = models.CharField(_("reason"), max_length=300)
    authorised_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    authorised_from = models.DateField(_("from"))
    authorised_until = models.DateField(_("until"), help_text=_("Last day. At most 15 consecutive days."))
    began_on = models.DateField(_("began on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    health_checked = models.BooleanField(_("no medical objection"), default=False)
    breach_alerted_on = models.DateField(null=True, editable=False)

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
        ]
        triggers = [
            pgtrigger.Trigger(
                name="separation_at_most_15_days",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("authorised_from", "authorised_until"),
                when=pgtrigger.Before,
                declare=[("total", "integer"), ("earliest", "date"), ("earlier", "record")],
                func="""
                    total := NEW.authorised_until - NEW.authorised_from + 1;
                    earliest := NEW.authorised_from;
                    LOOP
                        SELECT s.began_on AS began, COALESCE(s.ended_on, s.authorised_until) AS ended INTO earlier
                          FROM inmates_separation s
                         WHERE s.inmate_id = NEW.inmate_id AND s.id IS DISTINCT FROM NEW.id AND s.began_on < earliest
                           AND COALESCE(s.ended_on, s.authorised_until) >= earliest - 15
                         ORDER BY s.began_on DESC LIMIT 1;
                        EXIT WHEN NOT FOUND;
                        total := total + LEAST(earlier.ended, earliest - 1) - earlier.began + 1;
                        earliest := earlier.began;
                    END LOOP;
                    IF total > 15 THEN
                        RAISE EXCEPTION 'separation: % days in a row, at most 15 may be authorised', total
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.inmate} · {self.authorised_from}"


@tracked
class SeparationDay(models.Model):
    """One day's facts of a separation: the health visit, hours out of the cell and of meaningful contact."""

    separation = models.ForeignKey(Separation, on_delete=models.PROTECT, related_name="days")
    day = models.DateField(_("day"))
    health_visit_by = models.CharField(_("health visit by"), max_length=120, blank=True)
    hours_out = models.DecimalField(_("hours out of cell"), max_digits=4, decimal_places=1)
    hours_contact = models.DecimalField(_("hours of meaningful contact"), max_digits=4, decimal_places=1)
    note = models.CharField(_("note"), max_length=300, blank=True)
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
