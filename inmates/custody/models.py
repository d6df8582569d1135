"""Custody: under which order a person is held, where, since when, with whom not, and how they left."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.fields.ranges import DateRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from documents.models import StoredFile
from facilities.models import Facility, Unit
from inmates.people.models import Inmate, LegalStatus
from inmates.sentences.models import Case

USER = settings.AUTH_USER_MODEL


class TsTzRange(Func):
    """`tstzrange(lower, upper, bounds)`."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class DateRange(Func):
    """`daterange(lower, upper, bounds)`."""

    function = "DATERANGE"
    output_field = DateRangeField()


@tracked
class DetentionOrder(models.Model):
    """The paper (*titre de détention*) under which a person is held. Many may hold one person at a time.

    `expires_on` is the last day it holds, where it has one. Lifted or expired, it holds nobody any longer.
    """

    class Kind(models.TextChoices):
        REMAND = "remand", _("Remand warrant")
        JUDGMENT = "judgment", _("Judgment")
        ARREST = "arrest", _("Arrest warrant")
        CIVIL = "civil", _("Civil imprisonment order")
        REGISTER = "register", _("Register line (provisional)")

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="detention_orders")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="detention_orders")
    kind = models.CharField(_("kind of order"), max_length=10, choices=Kind.choices)
    authority = models.CharField(_("issued by"), max_length=120)
    reference = models.CharField(_("reference"), max_length=80)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    lifted_reason = models.CharField(_("why lifted"), max_length=200, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("detention order")
        verbose_name_plural = _("detention orders")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")), name="order_expires_after_issue"
            ),
            models.CheckConstraint(condition=~Q(reference="") & ~Q(authority=""), name="order_names_its_paper"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.reference}"


class AdmissionQuerySet(models.QuerySet):
    """Reading stays in custody."""

    def visible_to(self, user):
        """Stays of people whose record the user may open."""
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def open(self):
        """Stays not ended."""
        return self.filter(released_at=None)

    def in_custody_on(self, day):
        """Stays that ran when `day` ended."""
        moment = clock.end_of(day)
        return self.filter(admitted_at__lt=moment).filter(Q(released_at=None) | Q(released_at__gte=moment))


@tracked
class Admission(models.Model):
    """One stay in custody, from admission to release (*levée d'écrou*). One open stay a person; stays never overlap."""

    class Ground(models.TextChoices):
        """Why somebody left (DOMAIN 2)."""

        TERM_SERVED = "term_served", _("Term served")
        PARDON = "pardon", _("Royal pardon")
        ACQUITTAL = "acquittal", _("Acquittal")
        PROVISIONAL = "provisional", _("Provisional release")
        CONDITIONAL = "conditional", _("Conditional release")
        CIVIL_ENDED = "civil_ended", _("Civil imprisonment ended")
        ABROAD = "abroad", _("Transfer abroad")
        DEATH = "death", _("Death")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="admissions")
    facility = models.ForeignKey(
        Facility, on_delete=models.PROTECT, related_name="admissions", verbose_name=_("prison of admission")
    )
    order = models.OneToOneField(
        DetentionOrder, on_delete=models.PROTECT, related_name="admission", verbose_name=_("detention order")
    )
    admitted_at = models.DateTimeField(_("admitted at"))
    admitted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    released_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(_("ground of release"), max_length=12, choices=Ground.choices, blank=True)
    release_reference = models.CharField(_("release paper"), max_length=120, blank=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["inmate"], condition=Q(released_at=None), name="admission_one_open"),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(released_at__gt=F("admitted_at")), name="admission_released_after"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, ground="", released_by=None)
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(ground="")),
                name="admission_released_on_a_ground_by_somebody",
            ),
            ExclusionConstraint(
                name="admission_no_overlap",
                expressions=[
                    ("inmate", RangeOperators.EQUAL),
                    (TsTzRange("admitted_at", "released_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["admitted_at"], name="admission_by_day"),
            models.Index(fields=["released_at"], name="release_by_day"),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.admitted_at:%Y-%m-%d}"


@tracked
class LegalStatusPeriod(models.Model):
    """On what ground somebody was held, from a day until (not including) another, within one stay."""

    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="legal_statuses")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="legal_statuses")
    status = models.CharField(_("legal status"), max_length=20, choices=LegalStatus.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("legal status")
        verbose_name_plural = _("legal statuses")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="legal_status_lasts_a_day"
            ),
            ExclusionConstraint(
                name="legal_status_one_at_a_time",
                expressions=[
                    ("inmate", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return self.get_status_display()


@tracked
class RegistrationNumber(models.Model):
    """The number in a prison's register (*numéro d'écrou*): unique per prison, never reused; a transfer adds one."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", verbose_name=_("prison"))
    number = models.CharField(_("registration number"), max_length=20)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="registration_numbers")
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="registration_numbers")
    given_on = models.DateField(_("given on"))

    class Meta:
        verbose_name = _("registration number")
        verbose_name_plural = _("registration numbers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["facility", "number"], name="registration_number_once_per_prison"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9A-Z/-]+$"), name="registration_number_without_spaces"
            ),
        ]
        indexes = [models.Index(fields=["number"], name="registration_number_lookup")]

    def __str__(self):
        return self.number


class PlacementQuerySet(models.QuerySet):
    """Reading placements."""

    def current(self):
        """Placements that run now."""
        return self.filter(during__upper_inf=True)

    def on(self, day):
        """Placements that ran when `day` ended."""
        moment = clock.end_of(day)
        return self.filter(during__startswith__lt=moment).filter(
            Q(during__upper_inf=True) | Q(during__endswith__gte=moment)
        )


@tracked
class Placement(models.Model):
    """A person in a unit for a period, start included, end excluded. One place at a time, without exception.

    Where the place is full or its rules do not fit, `exception_reason` and `exception_until` say why and until when.
    """

    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="placements")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="placements")
    facility = models.ForeignKey(
        Facility, on_delete=models.PROTECT, related_name="placements", verbose_name=_("prison")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements", verbose_name=_("unit"))
    during = DateTimeRangeField(_("period"), default_bounds="[)")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    exceptions = models.JSONField(_("rules not met"), default=list, blank=True)
    exception_reason = models.CharField(_("why against the rules"), max_length=300, blank=True)
    exception_until = models.DateField(_("exception until"), null=True, blank=True)
    placed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(during__isempty=False), name="placement_never_empty"),
            models.CheckConstraint(condition=Q(during__lower_inf=False), name="placement_begins"),
            models.CheckConstraint(
                condition=Q(exceptions=[]) | (~Q(exception_reason="") & Q(exception_until__isnull=False)),
                name="placement_exception_has_reason_and_end",
            ),
            ExclusionConstraint(
                name="placement_one_place_at_a_time",
                expressions=[("inmate", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]
        indexes = [
            models.Index(fields=["unit"], condition=Q(during__upper_inf=True), name="placement_current_by_unit"),
            models.Index(fields=["facility"], condition=Q(during__upper_inf=True), name="placement_current_by_prison"),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.unit}"


@tracked
class Outing(models.Model):
    """Out of the prison and expected back: court, hospital, or on the road in a transfer. The placement stays."""

    class Kind(models.TextChoices):
        COURT = "court", _("Court")
        HOSPITAL = "hospital", _("Hospital")
        TRANSFER = "transfer", _("On the road")
        ESCAPE = "escape", _("Escaped")
        OTHER = "other", _("Other")

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="outings")
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="outings")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="outings")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    due_back_at = models.DateTimeField(_("due back at"), null=True, blank=True)
    back_at = models.DateTimeField(_("back at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    cancelled_reason = models.CharField(_("why cancelled"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("outing")
        verbose_name_plural = _("outings")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate"], condition=Q(left_at__isnull=False, back_at=None), name="outing_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(back_at=None) | Q(left_at__isnull=False, back_at__gt=F("left_at")),
                name="outing_back_after_leaving",
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.get_kind_display()}"


class TransferQuerySet(models.QuerySet):
    """Reading transfers."""

    def visible_to(self, user):
        """Transfers from or to the user's prisons; a sender keeps its orders after the departure."""
        if not user.can("inmates.view_record"):
            return self.none()
        if user.sees_nation:
            return self
        return self.filter(Q(origin_id__in=user.facility_ids) | Q(destination_id__in=user.facility_ids))

    def live(self):
        """Transfers not yet ended."""
        return self.filter(state__in=["proposed", "approved", "accepted", "departed"])


@tracked
class Transfer(models.Model):
    """A move (*transfèrement*) to another prison. Responsibility passes on arrival."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved by the sender")
        ACCEPTED = "accepted", _("Accepted by the receiver")
        DEPARTED = "departed", _("On the road")
        ARRIVED = "arrived", _("Arrived")
        REFUSED = "refused", _("Refused")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        State.PROPOSED: {State.APPROVED, State.REFUSED, State.CANCELLED},
        State.APPROVED: {State.ACCEPTED, State.REFUSED, State.CANCELLED},
        State.ACCEPTED: {State.DEPARTED, State.CANCELLED},
        State.DEPARTED: {State.ARRIVED},
    }

    class Reason(models.TextChoices):
        CLASSIFICATION = "classification", _("Change of tier")
        CAPACITY = "capacity", _("Overcrowding")
        FAMILY = "family", _("Nearer to the family")
        SAFETY = "safety", _("Safety")
        COURT = "court", _("Nearer to the court")
        MEDICAL = "medical", _("Medical care")
        PROGRAMME = "programme", _("Musalaha round")
        RETURN = "return", _("Return")

    class Refusal(models.TextChoices):
        NO_PLACE = "no_place", _("No place")
        KEEP_APART = "keep_apart", _("Keep apart")
        NO_UNIT = "no_unit", _("No unit fits")
        COURT_DATE = "court_date", _("Court date")
        MEDICAL = "medical", _("Medical reasons")
        NO_LONGER_NEEDED = "no_longer_needed", _("No longer needed")
        RELEASED = "released", _("Released in the meantime")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="transfers")
    origin = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="transfers_out", verbose_name=_("from"))
    destination = models.ForeignKey(
        Facility, on_delete=models.PROTECT, related_name="transfers_in", verbose_name=_("to")
    )
    reason = models.CharField(_("reason"), max_length=16, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    national = models.BooleanField(_("national or urgent order"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit on arrival")
    )
    proposed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    departed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    refusal = models.CharField(_("why refused or cancelled"), max_length=16, choices=Refusal.choices, blank=True)
    file_at_departure = models.JSONField(default=dict, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate"],
                condition=Q(state__in=["proposed", "approved", "accepted", "departed"]),
                name="transfer_one_live",
            ),
            models.CheckConstraint(condition=~Q(origin=F("destination")), name="transfer_goes_elsewhere"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="transfer_approved_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "cancelled"]) | ~Q(refusal=""), name="transfer_refusal_has_a_code"
            ),
            models.CheckConstraint(
                condition=~Q(state="departed") | Q(departed_at__isnull=False), name="transfer_departed_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="arrived") | Q(arrived_at__isnull=False), name="transfer_arrived_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.inmate}: {self.origin} → {self.destination}"


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
                        RAISE EXCEPTION 'separation: % days in a row, at most 15 may be authorised', total USING ERRCODE = 'check_violation';
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


@tracked
class RollCount(models.Model):
    """A count of everybody in a prison at one moment. A difference is explained before it is signed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="roll_counts")
    counted_at = models.DateTimeField(default=clock.now)
    counted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    explanation = models.CharField(_("explanation of the difference"), max_length=300, blank=True)
    signed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("roll count")
        verbose_name_plural = _("roll counts")
        default_permissions = ()
        ordering = ["-counted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("counted_by")), name="roll_signed_by_another"
            )
        ]

    def __str__(self):
        return f"{self.facility} · {self.counted_at:%Y-%m-%d %H:%M}"


@tracked
class RollCountLine(models.Model):
    """One unit's line of a roll count: placed less out, against counted."""

    count = models.ForeignKey(RollCount, on_delete=models.CASCADE, related_name="lines")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    placed = models.PositiveIntegerField()
    out = models.PositiveIntegerField()
    counted = models.PositiveIntegerField(_("counted"))

    class Meta:
        verbose_name = _("line of a roll count")
        verbose_name_plural = _("lines of roll counts")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["count", "unit"], name="roll_line_once")]

    def __str__(self):
        return f"{self.unit}: {self.counted}"

    @property
    def expected(self):
        """People who should be in the unit."""
        return self.placed - self.out

    @property
    def difference(self):
        """Counted less expected."""
        return self.counted - self.expected


@tracked
class Contact(models.Model):
    """A visit or call that took place."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Family visit")
        CALL = "call", _("Call")
        LAWYER = "lawyer", _("Lawyer")
        CONSULAR = "consular", _("Consular visit")
        INSPECTION = "inspection", _("Human-rights visit")

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="contacts")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("day"), default=clock.today)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    person = models.CharField(_("who"), max_length=120, blank=True)
    relation = models.CharField(_("relation"), max_length=60, blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("visit or call")
        verbose_name_plural = _("visits and calls")
        default_permissions = ()

    def __str__(self):
        return f"{self.get_kind_display()} · {self.on}"


class TaskQuerySet(models.QuerySet):
    """Reading tasks."""

    def open(self):
        """Tasks not done."""
        return self.filter(done_at=None)

    def visible_to(self, user):
        """Tasks of the user's prisons (all with national scope)."""
        if not user.can("inmates.view_record"):
            return self.none()
        return self if user.sees_nation else self.filter(facility_id__in=user.facility_ids)


@tracked
class Task(models.Model):
    """Something to settle by a day: a placement that no longer fits, a date to be asked for, an offence to enter."""

    class Kind(models.TextChoices):
        PLACEMENT = "placement", _("Placement no longer fits")
        RETURN_UNIT = "return_unit", _("Return to the earlier unit")
        OFFENCE = "offence", _("Enter the offence")
        TERM_OVER = "term_over", _("Term already over: check at once")
        TERM_RANGE = "term_range", _("Term outside the offence's range")
        RELEASE_DATE = "release_date", _("Settle the release date")
        NEW_INFORMATION = "new_information", _("New information")
        OTHER = "other", _("Other")

    inmate = models.ForeignKey(Inmate, on_delete=models.CASCADE, related_name="tasks")
    facility = models.ForeignKey(Facility, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("task"), max_length=16, choices=Kind.choices)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    due_on = models.DateField(_("due on"))
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    done_note = models.CharField(_("what was done"), max_length=300, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["inmate", "kind"], condition=Q(done_at=None), name="task_one_open_a_kind"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False), name="task_done_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["facility", "due_on"], condition=Q(done_at=None), name="task_open_by_prison")]

    def __str__(self):
        return self.get_kind_display()


@tracked
class Alert(models.Model):
    """Something to be told at once: a separation past its fifteenth day, a release overdue. Never erased."""

    class Kind(models.TextChoices):
        SEPARATION_BREACH = "separation_breach", _("Separation past 15 days")
        RELEASE_OVERDUE = "release_overdue", _("Release overdue")
        ORDER_EXPIRED = "order_expired", _("Detention order expired")
        PARDON_UNVERIFIED = "pardon_unverified", _("Unverified pardon that would free somebody")
        REVIEW_OVERDUE = "review_overdue", _("Review long overdue")
        OUTING_OVERDUE = "outing_overdue", _("Not back in time")
        KEEP_APART = "keep_apart", _("Two people who must not meet were put together")

    class Audience(models.TextChoices):
        PRISON = "prison", _("The prison")
        REVIEWERS = "reviewers", _("Reviewers")
        NATIONAL = "national", _("National office and inspectors")

    inmate = models.ForeignKey(Inmate, on_delete=models.CASCADE, related_name="alerts")
    facility = models.ForeignKey(Facility, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("alert"), max_length=18, choices=Kind.choices)
    audience = models.CharField(_("for"), max_length=10, choices=Audience.choices)
    raised_on = models.DateField(default=clock.today)
    raised_at = models.DateTimeField(default=clock.now)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    acknowledged_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["inmate", "kind", "audience", "reference"], name="alert_once")]

    def __str__(self):
        return self.get_kind_display()
