"""Stays in custody: the order, the admission, the ground and the number; and where a person is, moment by moment."""

import uuid
from operator import attrgetter

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.fields.ranges import DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.sayings import words
from documents.models import StoredFile
from facilities.models import Facility, Unit
from inmates.people.models import Annullable, Inmate, LegalStatus, standing_rows
from inmates.sentences.models import Case, CourtAppeal

USER = settings.AUTH_USER_MODEL


class TsTzRange(Func):
    """`tstzrange(lower, upper, bounds)`."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class DateRange(Func):
    """`daterange(lower, upper, bounds)`."""

    function = "DATERANGE"
    output_field = DateRangeField()


class DetentionOrderQuerySet(models.QuerySet):
    """Reading detention orders."""

    def unlifted(self):
        """Orders that nobody has lifted, whether or not they have run out."""
        return self.filter(lifted_on=None)

    def in_force_on(self, day):
        """Orders neither lifted nor run out on `day`; the last day counts."""
        return self.unlifted().filter(Q(expires_on=None) | Q(expires_on__gte=day))

    def expired_on(self, day):
        """Orders that had run out by `day` without being lifted or extended."""
        return self.unlifted().filter(expires_on__lt=day)

    def expiring_by(self, day):
        """Orders not lifted that run out by `day`, or have run out."""
        return self.unlifted().filter(expires_on__lte=day)


@tracked
class DetentionOrder(Annullable):
    """The paper (*titre de détention*) under which a person is held. Many may hold one person at a time.

    `expires_on` is the last day it holds, where it has one. Lifted or expired, it holds nobody any longer. `ended_by` is the
    court's answer that lifted it, where the case was sent back for retrial.
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
    ended_by = models.ForeignKey(CourtAppeal, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    provisional = models.BooleanField(_("provisional"), default=False)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = standing_rows(DetentionOrderQuerySet)
    everything = DetentionOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("detention order")
        verbose_name_plural = _("detention orders")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")), name="order_expires_after_issue"
            ),
            models.CheckConstraint(condition=~Q(reference="") & ~Q(authority=""), name="order_names_its_paper"),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(lifted_on__isnull=False), name="order_ended_by_a_ruling_is_lifted"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.reference}"

    def in_force_on(self, day):
        """Whether it is neither lifted nor run out on `day`; the last day counts."""
        return self.lifted_on is None and (self.expires_on is None or self.expires_on >= day)

    @property
    def why_lifted(self):
        """Why it was lifted, in the reader's language; an older row that a retrial ended says it as it was written."""
        if self.ended_by_id is not None and not self.lifted_reason:
            return gettext("Quashed and sent back: %(ruling)s") % {"ruling": self.ended_by.decision}
        return words(self.lifted_reason)

    @property
    def earlier(self):
        """What it said before it was extended or put right: `(reference, last day)`, the newest first, from its history."""
        said = [(self.reference, self.expires_on)]
        for row in sorted(self.events.all(), key=attrgetter("pgh_id"), reverse=True):
            if (row.reference, row.expires_on) not in said:
                said.append((row.reference, row.expires_on))
        return said[1:]

    def lifted_before(self, day):
        """Whether it was lifted by `day`, the first of a stay, and so belongs to an earlier stay."""
        return day is not None and self.lifted_on is not None and self.lifted_on <= day and self.issued_on < day

    def clean(self):
        """Refuse an order that ends before it was issued, at its field, before the constraint does."""
        if self.expires_on and self.issued_on and self.expires_on < self.issued_on:
            raise ValidationError({"expires_on": _("The end lies before the start.")})


class AdmissionQuerySet(models.QuerySet):
    """Reading stays in custody."""

    def visible_to(self, user):
        """Stays of people whose record the user may open."""
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def open(self):
        """Stays not ended."""
        return self.filter(released_at=None)


@tracked
class Admission(Annullable):
    """One stay in custody, from admission to release (*levée d'écrou*). One open stay a person; stays never overlap.

    `release_file` is the record as it stood at the door: the cases with their sentences, what it says still held, and
    the sentences that were served on a person's word.
    One that was entered for the wrong person is annulled with its places, legal statuses and numbers.
    """

    class Ground(models.TextChoices):
        """Ground on which somebody left.

        Death and transfers abroad or to an ordinary prison aside, all of them end at liberty: contacts after release are
        planned and the years in which a new conviction counts begin. None of them says anything of guilt: that stands in the
        case, which an acquittal, a dismissal and a judgment without prison close, and the other grounds leave as it is.
        """

        TERM_SERVED = "term_served", _("Term served")
        PARDON = "pardon", _("Royal pardon")
        ACQUITTAL = "acquittal", _("Acquittal")
        DISMISSED = "dismissed", _("Charges dismissed")
        NO_PRISON = "no_prison", _("Suspended or fine-only judgment")
        PROVISIONAL = "provisional", _("Provisional release")
        CONDITIONAL = "conditional", _("Conditional release")
        JUDICIAL = "judicial", _("Release ordered by a judge in writing")
        CIVIL_ENDED = "civil_ended", _("Civil imprisonment ended")
        ORDER_ENDED = "order_ended", _("Detention order ended")
        ABROAD = "abroad", _("Transfer abroad")
        ORDINARY = "ordinary", _("Transfer to an ordinary prison")
        DEATH = "death", pgettext_lazy("of a person", "Death")

    NOT_AT_LIBERTY = (Ground.DEATH, Ground.ABROAD, Ground.ORDINARY)

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
    came_from = models.CharField(_("came from the ordinary prison"), max_length=120, blank=True)
    left_for = models.CharField(_("left for the ordinary prison"), max_length=120, blank=True, editable=False)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    released_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(_("ground of release"), max_length=12, choices=Ground.choices, blank=True)
    release_reference = models.CharField(_("release paper"), max_length=120, blank=True)
    release_document = models.ForeignKey(
        StoredFile,
        verbose_name=_("scan of the release paper"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    identity_check = models.CharField(_("how identity was checked"), max_length=200, blank=True)
    property_return = models.CharField(_("property returned"), max_length=200, blank=True)
    release_file = models.JSONField(null=True, blank=True, editable=False)

    objects = standing_rows(AdmissionQuerySet)
    everything = AdmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate"], condition=Q(released_at=None, annulled_at=None), name="admission_one_open"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(released_at__gt=F("admitted_at")), name="admission_released_after"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, ground="", released_by=None)
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(ground="")),
                name="admission_released_on_a_ground_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(ground="judicial") | ~Q(release_reference=""), name="admission_judge_orders_in_writing"
            ),
            models.CheckConstraint(
                condition=Q(ground="ordinary") & ~Q(left_for="") | ~Q(ground="ordinary") & Q(left_for=""),
                name="admission_left_for_an_ordinary_prison",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=False)
                | Q(release_document=None, identity_check="", property_return="", release_file__isnull=True),
                name="admission_door_only_at_release",
            ),
            ExclusionConstraint(
                name="admission_no_overlap",
                expressions=[
                    ("inmate", RangeOperators.EQUAL),
                    (TsTzRange("admitted_at", "released_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(annulled_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["admitted_at"], name="admission_by_day"),
            models.Index(fields=["released_at"], name="release_by_day"),
        ]

    def __str__(self):
        return f"{self.inmate} · {timezone.localdate(self.admitted_at):%Y-%m-%d}"

    @property
    def next_stay(self):
        """The stay after this one, or None."""
        return self.inmate.admissions.filter(admitted_at__gt=self.admitted_at).order_by("admitted_at").first()

    def since(self, name, *, day=False):
        """The condition that a moment, or with `day` a day, lies in this stay or after it, before the next one began."""
        following = self.next_stay
        begins, ends = self.admitted_at, following and following.admitted_at
        if day:
            begins, ends = timezone.localdate(begins), ends and timezone.localdate(ends)
        found = Q(**{f"{name}__gte": begins})
        return found & Q(**{f"{name}__lt": ends}) if ends else found


class LegalStatusPeriodQuerySet(models.QuerySet):
    """Reading legal statuses."""

    def on(self, day):
        """Periods that ran on `day`: one at most a person."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))


@tracked
class LegalStatusPeriod(Annullable):
    """On what ground somebody was held, from a day until (not including) another, within one stay."""

    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="legal_statuses")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="legal_statuses")
    status = models.CharField(_("legal status"), max_length=20, choices=LegalStatus.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = standing_rows(LegalStatusPeriodQuerySet)
    everything = LegalStatusPeriodQuerySet.as_manager()

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
                condition=Q(annulled_at=None),
            ),
        ]

    def __str__(self):
        return self.get_status_display()


@tracked
class RegistrationNumber(Annullable):
    """The number in a prison's register (*numéro d'écrou*): unique per prison, never reused; a transfer adds one.

    Annulled with an admission that was entered for the wrong person, it is free for the right one.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", verbose_name=_("prison"))
    number = models.CharField(_("registration number"), max_length=20)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="registration_numbers")
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="registration_numbers")
    given_on = models.DateField(_("given on"))

    objects = standing_rows()
    everything = models.Manager()

    class Meta:
        verbose_name = _("registration number")
        verbose_name_plural = _("registration numbers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "number"],
                condition=Q(annulled_at=None),
                name="registration_number_once_per_prison",
            ),
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

    def against_rules(self):
        """Placements that run now against rules of their unit."""
        return self.current().exclude(exceptions=[])

    def overdue(self, on):
        """Placements against the rules whose exception ended before `on`."""
        return self.against_rules().filter(exception_until__lt=on)

    def on(self, day):
        """Placements that ran when `day` ended: who was in custody then, and where.

        A stay without a running placement is that of somebody who escaped; court and hospital leave the place as it is.
        """
        moment = clock.end_of(day)
        return self.filter(during__startswith__lt=moment).filter(
            Q(during__upper_inf=True) | Q(during__endswith__gte=moment)
        )


@tracked
class Placement(Annullable):
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

    objects = standing_rows(PlacementQuerySet)
    everything = PlacementQuerySet.as_manager()

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
                condition=Q(annulled_at=None),
            ),
            models.CheckConstraint(
                condition=Q(annulled_at=None) | Q(during__upper_inf=False), name="placement_annulled_runs_no_longer"
            ),
        ]
        indexes = [
            models.Index(fields=["unit"], condition=Q(during__upper_inf=True), name="placement_current_by_unit"),
            models.Index(fields=["facility"], condition=Q(during__upper_inf=True), name="placement_current_by_prison"),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.unit}"
