"""Who works here: users, and their postings in prisons. Roles are Django groups, defined in `accounts/roles.py`."""

from functools import cached_property, partial

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import credentials, roles
from audit.history import tracked
from config import clock
from facilities.models import Facility


@tracked(exclude=["password", "last_login", "session_round"])
class User(AbstractUser):
    """A member of staff. National scope opens every prison's records to the roles that have it; else postings decide."""

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fr")
    national = models.BooleanField(
        _("national scope"), default=False, help_text=_("Sees the records of every prison, as far as the role allows.")
    )
    qualification = models.CharField(
        _("qualification"), max_length=120, blank=True, help_text=_("Kept with each assessment this person makes.")
    )

    session_round = models.PositiveIntegerField(_("round of sessions"), default=0, db_default=0, editable=False)

    class Meta(AbstractUser.Meta):
        abstract = False

    def __str__(self):
        return self.get_full_name() or self.username

    def _get_session_auth_hash(self, secret=None):
        """What a session must match to go on. Raising `session_round`, as the owner's functions do, ends all of them."""
        matches = super()._get_session_auth_hash(secret=secret)
        return f"{matches}{self.session_round}" if self.session_round else matches

    def check_password(self, raw_password):
        """Whether it is the user's. A hash of an older kind is written anew, as `save` would if the application might."""
        return check_password(
            raw_password, self.password, partial(credentials.write_password, self, deed=credentials.SAME_PASSWORD)
        )

    @property
    def sees_nation(self):
        """Whether scope is the whole country. A superuser has no wider scope than an ordinary user."""
        return self.national

    @cached_property
    def facility_ids(self):
        """Primary keys of the prisons where the user serves today, by posting or by a permanence."""
        posted = [posting.facility_id for posting in self.current_postings]
        return [*posted, *(pk for pk in self.stands_in if pk not in posted)]

    @cached_property
    def current_postings(self):
        """The user's postings of today, with their prisons."""
        return list(self.postings.current(clock.today()).select_related("facility"))

    @cached_property
    def stands_in(self):
        """`{prison: permissions}` of the permanences in force now: the permissions of the role stood in for."""
        if not getattr(self, "may_stand_in", True):  # as the user of a session was loaded
            return {}
        held = {}
        for facility, role in self.permanences.current(clock.now()).values_list("facility_id", "role"):
            held[facility] = held.get(facility, frozenset()) | roles.PERMISSIONS[role]
        return held

    @cached_property
    def one_side(self):
        """Keys of whoever takes no second step after this user, the user's own among them: who named them to stand in now,
        and who stands in now on their word.
        """
        now, side = clock.now(), {self.pk}
        if getattr(self, "may_stand_in", True):
            side.update(self.permanences.current(now).values_list("named_by", flat=True))
        if self.can("accounts.name_permanence"):
            side.update(self.permanences_named.current(now).values_list("user", flat=True))
        return frozenset(side)

    @cached_property
    def permissions_by_role(self):
        """`{role: permissions}` of the user's own roles, as `app.codename`."""
        held = {}
        rows = self.groups.values_list("name", "permissions__content_type__app_label", "permissions__codename")
        for role, app, code in rows:
            held.setdefault(role, set()).update([f"{app}.{code}"] if code else [])
        return held

    @cached_property
    def own_permissions(self):
        """The permissions of the user's own roles, wherever the user serves."""
        return frozenset().union(*self.permissions_by_role.values()) if self.is_active else frozenset()

    @cached_property
    def held_permissions(self):
        """All permissions of the user, as `app.codename`, without those that exclude each other.

        Superusers get what their groups give, like everyone. What a permanence adds holds at its prison only, see `can`.
        """
        if not self.is_active:
            return frozenset()
        return roles.without_conflicts(self.own_permissions.union(*self.stands_in.values()))

    def can(self, permission, at=None):
        """Whether the user holds `permission` (`app.codename`), and, with `at`, whether they hold it at that prison."""
        if permission not in self.held_permissions:
            return False
        if at is None:
            return True
        place = getattr(at, "pk", at)
        served = self.sees_nation or any(posting.facility_id == place for posting in self.current_postings)
        return (served and permission in self.own_permissions) or permission in self.stands_in.get(place, ())

    def require(self, permission, at=None):
        """As `can`, but raises PermissionDenied."""
        if not self.can(permission, at=at):
            raise PermissionDenied(permission)

    def has_role(self, name):
        """Whether the user is in the group of that role."""
        return name in self.role_names

    @cached_property
    def role_names(self):
        """The names of the user's roles."""
        return frozenset(self.permissions_by_role)


@tracked
class UserRole(User.groups.through):
    """A role of a user, for the row history: who held which role from when until when."""

    class Meta:
        proxy = True


class PostingQuerySet(models.QuerySet):
    """Reading postings."""

    def current(self, day):
        """Postings in force on a day (the end day itself is no longer served)."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))


@tracked
class Posting(models.Model):
    """Who serves where, from a day until (not including) another."""

    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="postings")
    facility = models.ForeignKey(Facility, verbose_name=_("prison"), on_delete=models.PROTECT, related_name="postings")
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["user", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="posting_ends_after_start"
            ),
            models.UniqueConstraint(fields=["user", "facility", "starts_on"], name="posting_once"),
        ]

    def __str__(self):
        return f"{self.user} · {self.facility}"

    def in_force(self, day):
        """Whether it is served on a day."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)
