"""Alerts to a prison or an office: acknowledged, never erased."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core import sayings
from facilities.models import Facility
from inmates.people.models.identity import Inmate

USER = settings.AUTH_USER_MODEL


@tracked
class Alert(models.Model):
    """Something that an audience must know at once: a separation past its fifteenth day, a release overdue. Never erased."""

    class Kind(models.TextChoices):
        SEPARATION_BREACH = "separation_breach", _("Separation past 15 days")
        RELEASE_OVERDUE = "release_overdue", _("Release overdue")
        ORDER_EXPIRED = "order_expired", _("Detention order expired")
        ORDER_EXPIRING = "order_expiring", _("Detention order about to expire")
        ORDER_ENDLESS = "order_endless", _("Detention order without a last day")
        NO_TITLE = "no_title", _("Held without a title")
        TERM_NOT_FINAL = "term_not_final", _("Pronounced term about to end, judgment not final")
        PRESUMED_PAST = "presumed_past", _("Held past the presumed end: the prosecutor must answer")
        SETTLED_LATE = "settled_late", _("Settled for a day after the latest end by the rules")
        APPEAL_UNSENT = "appeal_unsent", _("Declaration of appeal not sent to the court in time")
        RELEASE_DATE = "release_date", _("Release date to be settled")
        EARLIER_CUSTODY = "earlier_custody", _("Custody before a sentence not decided: its end may be wrong")
        RELEASE_DISPUTED = "release_disputed", _("Released on a written order against our record")
        RELEASE_UNPROVEN = "release_unproven", _("No scan of the release order after a day")
        RELEASE_TAKEN_BACK = "release_taken_back", _("Release entered by mistake, taken back")
        ADMISSION_UNDONE = "admission_undone", _("Admission entered for the wrong person, taken back")
        SENTENCE_ENDED = "sentence_ended", _("Sentence not final ended by a decision outside an appeal")
        RELEASED_ON_ROAD = "released_on_road", _("Released on the road between two prisons")
        RELEASE_CORRECTED = "release_corrected", _("A correction moves the day on which somebody was to be released")
        PARDON_UNVERIFIED = "pardon_unverified", _("Unverified pardon that would free somebody")
        REVIEW_OVERDUE = "review_overdue", _("Review long overdue")
        OUTING_OVERDUE = "outing_overdue", _("Not back in time")
        OPENED_ELSEWHERE = "opened_elsewhere", _("Record of another prison opened in an emergency")
        CORRECTION = "correction", _("Correction that waits for a second person")
        KEEP_APART = "keep_apart", _("Two people who must not meet were put together")
        MINOR_WITH_ADULTS = "minor_with_adults", _("A minor is held beside adults")
        BARRED_SEPARATION = "barred_separation", _("Separated, although age or health forbids it")
        NOT_AUTHORISED = "not_authorised", _("In a separation unit without an authorisation")
        EMERGENCY = "emergency", _("Separated in an emergency: to be authorised or ended")
        NO_GROUND = "no_separate_ground", _("Held in the separate system without a ground")
        OUTSIDER_IN_ROUND = "outsider_in_round", _("In a programme unit without taking part in its round")

    # Kinds that tell of the programme, for those who may know of it (`people.participation`).
    ABOUT_THE_PROGRAMME = (Kind.OUTSIDER_IN_ROUND,)

    # Kinds that tell of nothing but what a record holds: of a restricted one, for the people named for it.
    OF_A_RECORD = (Kind.REVIEW_OVERDUE, Kind.CORRECTION, Kind.OUTSIDER_IN_ROUND)

    # Kinds that are answered by whoever answers for the one who did it: a director, the national office, an inspector.
    SUPERVISED = (Kind.OPENED_ELSEWHERE,)

    # Kinds that say something of a stay that runs, and nothing of anybody who has left.
    OF_A_STAY = (
        Kind.RELEASE_OVERDUE, Kind.ORDER_EXPIRED, Kind.ORDER_EXPIRING, Kind.NO_TITLE, Kind.TERM_NOT_FINAL,
        Kind.PRESUMED_PAST, Kind.SETTLED_LATE, Kind.RELEASE_DATE, Kind.PARDON_UNVERIFIED, Kind.REVIEW_OVERDUE,
        Kind.OUTING_OVERDUE, Kind.MINOR_WITH_ADULTS, Kind.BARRED_SEPARATION, Kind.NOT_AUTHORISED, Kind.OUTSIDER_IN_ROUND,
        Kind.NO_GROUND,
    )  # fmt: skip

    # Of these and others, kinds that say something of a person and nothing of the place: they go where the person is held.
    GO_WITH_THE_PERSON = (
        Kind.RELEASE_OVERDUE, Kind.ORDER_EXPIRED, Kind.ORDER_EXPIRING, Kind.ORDER_ENDLESS, Kind.NO_TITLE,
        Kind.TERM_NOT_FINAL, Kind.PRESUMED_PAST, Kind.SETTLED_LATE, Kind.RELEASE_DATE, Kind.EARLIER_CUSTODY,
        Kind.PARDON_UNVERIFIED, Kind.REVIEW_OVERDUE, Kind.NO_GROUND,
    )  # fmt: skip

    WHEREVER = "revoked:"  # how the reference of one begins that is told of somebody at liberty too

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
    said = models.JSONField(
        _("detail"), default=list, blank=True, editable=False
    )  # sayings: what the system says of it
    note = models.CharField(_("note"), max_length=300, blank=True)  # what a person wrote
    reference = models.CharField(max_length=60, blank=True)
    acknowledged_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["inmate", "kind", "audience", "reference"], name="alert_once"),
            models.CheckConstraint(condition=~Q(said=[]) | ~Q(note=""), name="alert_says_something"),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def text(self):
        """What has happened, in the reader's language, and what somebody noted; nothing of a record closed to the reader."""
        if self.inmate.closed and self.kind not in self.SUPERVISED:
            return ""
        return sayings.noted(self.said, self.note)
