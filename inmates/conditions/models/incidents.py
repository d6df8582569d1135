"""Incidents, the people in them, and the disciplinary outcome for each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.fields import EncryptedTextField
from core.workflow import paired_stamps
from facilities.models import Facility, Unit
from inmates.people.models import Annullable, Inmate, standing_rows

USER = settings.AUTH_USER_MODEL


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

    OF_HEALTH = (Kind.SELF_HARM, Kind.HUNGER_STRIKE)  # what happened is read by whoever may see health data

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="incidents")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    happened_at = models.DateTimeField(_("happened at"))
    kind = models.CharField(_("kind"), max_length=18, choices=Kind.choices)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices, default=Severity.MINOR)
    location = models.CharField(_("where"), max_length=120, blank=True)
    account = EncryptedTextField(_("what happened"))
    measures = EncryptedTextField(_("what was done"), blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(account=""), name="incident_says_what_happened")]

    def __str__(self):
        return f"{self.get_kind_display()} · {timezone.localdate(self.happened_at):%Y-%m-%d}"

    @property
    def of_health(self):
        """Whether its account tells of somebody's health."""
        return self.kind in self.OF_HEALTH


@tracked
class IncidentPerson(Annullable):
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

    objects = standing_rows()
    everything = models.Manager()

    class Meta:
        verbose_name = _("person in an incident")
        verbose_name_plural = _("people in incidents")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "inmate"], condition=Q(annulled_at=None), name="incident_person_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="")
                | (Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(outcome_reason="")),
                name="discipline_decided_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(appeal_decided_by=None) | ~Q(appeal_decided_by=F("decided_by")),
                name="discipline_appeal_decided_by_another",
            ),
            *paired_stamps("discipline", [("decided_on", "decided_by")]),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.get_part_display()}"
