"""Changes to accounts: asked for by one administrator, made when a second approves, never one person's act."""

import uuid

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.users import User
from audit.history import tracked
from config import clock
from core.workflow import Step

ANOTHER = _("Another system administrator decides: nobody approves what they asked for.")
NOT_OWN = _("Nobody decides about their own account.")


class AccountChangeQuerySet(models.QuerySet):
    """Reading changes to accounts."""

    def waiting(self):
        """Those that a second administrator has not answered."""
        return self.filter(state=AccountChange.State.ASKED)

    def enrolling(self):
        """Those made whose user may still choose a password with the two codes."""
        return self.filter(
            kind__in=AccountChange.ENROLLING,
            state=AccountChange.State.APPROVED,
            enrolled_at=None,
            tries__lt=AccountChange.MOST_TRIES,
            decided_at__gt=clock.now() - settings.ENROLMENT_LASTS,
        )


@tracked
class AccountChange(models.Model):
    """One change to one account: what it was, what it is to be, why, who asked and who approved.

    The database makes it (`accounts_make_change`), and only for two different system administrators in office, neither of
    whom is the user concerned. `before` and `after` hold the same keys; which ones, the kind says.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("New account")
        ACCESS = "access", _("Person, roles and scope")
        POSTING = "posting", _("Posting to a prison")
        POSTING_END = "posting_end", _("End of a posting")
        RESET = "reset", _("New password and second factor")
        FACTOR = "factor", _("New second factor")
        ENABLE = "enable", _("Account enabled again")
        CLOSE = "close", _("Account closed by two")
        NIGHT_CODE = "night_code", _("Night code for a prison")
        FIRST = "first", _("First administrator")

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for a second administrator")
        APPROVED = "approved", pgettext_lazy("a change to an account", "Approved")
        REFUSED = "refused", pgettext_lazy("a change to an account", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("a change to an account", "Withdrawn")

    class Identified(models.TextChoices):
        """How the administrator who asks made sure who lost a password or a key, or comes back."""

        SERVICE_CARD = "service_card", _("In person, with the service card")
        IDENTITY_CARD = "identity_card", _("In person, with the national identity card")
        DIRECTOR = "director", _("By their director, in writing")

    # After these the user chooses a password with two codes, one from each administrator.
    ENROLLING = (Kind.NEW, Kind.RESET, Kind.ENABLE, Kind.FIRST)
    ONE_AT_A_TIME = (Kind.ACCESS, Kind.RESET, Kind.FACTOR, Kind.ENABLE, Kind.CLOSE)
    MOST_TRIES = 5

    TRANSITIONS = {
        (State.ASKED, State.APPROVED): Step(
            "accounts.approve_change", stamp="decided", not_by={"asked_by": ANOTHER, "subject": NOT_OWN}
        ),
        (State.ASKED, State.REFUSED): Step(
            "accounts.approve_change", stamp="decided", not_by={"asked_by": ANOTHER, "subject": NOT_OWN}
        ),
        (State.ASKED, State.WITHDRAWN): Step(
            "accounts.ask_change", own={"accounts.ask_change": "asked_by"}, stamp="decided"
        ),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    subject = models.ForeignKey(
        User, verbose_name=_("user"), null=True, blank=True, on_delete=models.PROTECT, related_name="account_changes"
    )
    before = models.JSONField(_("what it was"), default=dict, blank=True)
    after = models.JSONField(_("what it is to be"), default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(
        User, verbose_name=_("asked by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    refusal = models.CharField(_("why not"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    enrolled_at = models.DateTimeField(_("password chosen at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("failed tries with the codes"), default=0)

    objects = AccountChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change to an account")
        verbose_name_plural = _("changes to accounts")
        ordering = ["-asked_at", "-pk"]
        permissions = [
            ("ask_change", "Can ask for a change to an account"),
            ("approve_change", "Can approve a change that another administrator asked for"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="withdrawn") | Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="account_change_by_two",
            ),
            models.CheckConstraint(
                condition=Q(kind="first") | Q(asked_by__isnull=False), name="account_change_asked_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None) | (~Q(state="asked") & Q(decided_at__isnull=False)),
                name="account_change_decided_when",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="account_change_says_why"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""), name="account_change_refused_with_reason"
            ),
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(state="asked", kind__in=["access", "reset", "factor", "enable", "close"]),
                name="account_change_one_waits",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.subject or self.after.get('username', '')}"

    @property
    def username(self):
        """The user name concerned, also of an account that is not there yet; empty for what concerns a prison."""
        return self.subject.username if self.subject_id else self.after.get("username", "")


class IncompatibleRoles(models.Model):
    """Two roles that no account may hold at once. Written from `roles.incompatible` after each migration."""

    first = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="incompatible_roles_once"),
        ]

    def __str__(self):
        return f"{self.first} × {self.second}"
