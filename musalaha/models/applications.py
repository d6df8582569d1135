"""Applications: what the inmate asked for, and what came of it."""

import uuid
from dataclasses import replace

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import tracked
from config import clock
from core.fields import EncryptedTextField
from core.workflow import Step, paired_stamps
from documents.models import StoredFile
from facilities.models import Facility, Tier
from inmates.people.models import Inmate
from musalaha.models.cohorts import Cohort

USER = settings.AUTH_USER_MODEL
UNANSWERED = ["recorded", "waiting"]
WITH_A_PLACE = ["accepted", "enrolled"]
APPLICATION_LIVE = [*UNANSWERED, *WITH_A_PLACE]
ANSWER = Step("musalaha.select", at="inmate.facility", stamp="decided")
TAKE_BACK = Step("musalaha.record_application", at="inmate.facility")


class ApplicationQuerySet(models.QuerySet):
    """Reading applications. Assessors and reviewers never see them."""

    def visible_to(self, user):
        """Applications of people whose record the user may open, for those who may see the programme."""
        if not user.can("musalaha.view_programme"):
            return self.none()
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def live(self):
        """Applications that still wait or stand."""
        return self.filter(state__in=Application.LIVE)

    def unanswered(self):
        """Applications that nobody has accepted or declined yet."""
        return self.filter(state__in=UNANSWERED)

    def with_a_place(self):
        """Applications that take a place in their round."""
        return self.filter(state__in=WITH_A_PLACE)

    def awaiting_exception(self):
        """Unanswered applications of people in tier 1 for whom a reviewer's exception is requested."""
        return self.unanswered().filter(exception_asked_on__isnull=False, exception_by=None, inmate__tier=Tier.ONE)


@tracked
class Application(models.Model):
    """The inmate's own request to join. Only the inmate asks; staff record it, with a signature or a witness.

    `document` is the scan of the signed consent form, `request_document` that of the request itself, such as a letter.
    """

    class State(models.TextChoices):
        RECORDED = "recorded", pgettext_lazy("of an application", "Recorded")
        WAITING = "waiting", _("Waiting list")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken_back", _("Taken back by the inmate")
        ENROLLED = "enrolled", _("Enrolled")
        CLOSED = "closed", pgettext_lazy("of an application", "Closed")

    LIVE = APPLICATION_LIVE
    UNANSWERED = UNANSWERED
    WITH_A_PLACE = WITH_A_PLACE
    TRANSITIONS = {
        (State.RECORDED, State.WAITING): ANSWER,
        (State.RECORDED, State.ACCEPTED): ANSWER,
        (State.RECORDED, State.DECLINED): ANSWER,
        (State.RECORDED, State.TAKEN_BACK): TAKE_BACK,
        (State.RECORDED, State.CLOSED): Step(None),
        (State.WAITING, State.ACCEPTED): ANSWER,
        (State.WAITING, State.DECLINED): ANSWER,
        (State.WAITING, State.TAKEN_BACK): TAKE_BACK,
        (State.WAITING, State.CLOSED): Step(None),
        # Also when the round begins without them or is cancelled.
        (State.ACCEPTED, State.WAITING): replace(ANSWER, follows=True),
        (State.ACCEPTED, State.ENROLLED): Step("musalaha.manage_rounds", at="cohort.facility"),
        (State.ACCEPTED, State.TAKEN_BACK): TAKE_BACK,
        (State.ACCEPTED, State.CLOSED): Step(None),
        (State.ENROLLED, State.CLOSED): Step(None),
        (State.CLOSED, State.ENROLLED): Step(None),  # only when a removal is set aside on appeal
    }

    class Channel(models.TextChoices):
        STAFF = "staff", _("Recorded by staff")
        LETTER = "letter", _("Letter from the inmate")
        CNDH = "cndh", _("Through the human-rights council (CNDH)")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="applications")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", verbose_name=_("prison"))
    asked_on = models.DateField(_("asked on"))
    statement = EncryptedTextField(_("statement, in the inmate's words"))
    dictated = models.BooleanField(_("dictated"), default=False)
    channel = models.CharField(_("channel"), max_length=6, choices=Channel.choices, default=Channel.STAFF)
    consent_version = models.CharField(_("version of the consent form"), max_length=10, default="1")
    consent_language = models.CharField(
        _("language of the consent form"), max_length=2, choices=settings.LANGUAGES, default="ar"
    )
    signed = models.BooleanField(_("signed by the inmate"), default=True)
    witness = models.CharField(_("witness"), max_length=120, blank=True)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    request_document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    finish_outside = models.BooleanField(_("wishes to finish outside if released in mid-round"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECORDED)
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")
    eligibility = models.JSONField(_("eligibility when last checked"), default=list)
    checked_on = models.DateField(null=True)
    exception_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    exception_on = models.DateField(null=True)
    exception_reason = models.TextField(_("reasons of the exception"), blank=True)
    exception_asked_on = models.DateField(null=True)
    exception_asked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    exception_request = models.CharField(_("why an exception is asked for"), max_length=300, blank=True)
    exception_answer = models.CharField(_("why the exception was not granted"), max_length=300, blank=True)
    decision_reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate"],
                condition=Q(state__in=APPLICATION_LIVE),
                name="application_one_live",
            ),
            models.CheckConstraint(condition=Q(signed=True) | ~Q(witness=""), name="application_signed_or_witnessed"),
            models.CheckConstraint(condition=~Q(statement=""), name="application_has_a_statement"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decision_reason=""), name="application_declined_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_A_PLACE) | Q(cohort__isnull=False, decided_by__isnull=False),
                name="application_accepted_into_a_round",
            ),
            models.CheckConstraint(
                condition=Q(exception_by=None) | ~Q(exception_reason=""), name="application_exception_has_reasons"
            ),
            models.CheckConstraint(
                condition=Q(exception_asked_on=None, exception_asked_by=None)
                | Q(exception_asked_on__isnull=False, exception_asked_by__isnull=False),
                name="application_exception_asked_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(exception_by=None) | Q(exception_asked_by=None) | ~Q(exception_by=F("exception_asked_by")),
                name="application_exception_granted_by_another",
            ),
            *paired_stamps("application", [("decided_on", "decided_by"), ("exception_on", "exception_by")]),
        ]
        indexes = [models.Index(fields=["asked_on"], condition=Q(state__in=UNANSWERED), name="application_queue")]

    def __str__(self):
        return f"{self.inmate} · {self.asked_on}"
