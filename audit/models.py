"""The trail. An event says what somebody did or saw; a seal ties the events into one chain that shows every later edit."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

HISTORY_SEALED = "history.sealed"  # an event of the sealer's own: the digests of the rows that one transaction wrote
HISTORY_REWRITTEN = "history.rewritten"  # ... of the owner's: digests that took the place of others, see `rewriting`


class EventQuerySet(models.QuerySet):
    """Reading the trail; nobody changes it, and the database refuses the application's user who tries."""

    def about(self, inmate):
        """Events on one person."""
        return self.filter(inmate_id=inmate.pk)

    def visible_to(self, user):
        """Events that an inspector may read: of their prisons; of what concerns no prison, one's own acts."""
        if user.sees_nation:
            return self
        return self.filter(models.Q(facility_id__in=user.facility_ids) | models.Q(actor_id=user.pk))

    def changes(self):
        """What was done, without what was only looked at."""
        return self.acts().exclude(verb__endswith=".viewed").exclude(verb__startswith="refused.")

    def acts(self):
        """What people did, saw or were refused, without the digests of the row history."""
        return self.exclude(verb__in=[HISTORY_SEALED, HISTORY_REWRITTEN])


class Event(models.Model):
    """One thing that somebody did, saw or was refused. Plain values, no foreign keys: the trail outlives every record.

    `at` is the real time of writing, even where the demo's clock is moved; `on` is the service's day. `inmate_id`,
    `facility_id` and `object_id` are primary keys of other rooms' tables. Whatever a statement of the application's database
    user says, the database writes its own time and the session's `login` (trigger `audit_event_as_written`).
    """

    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    on = models.DateField(_("service day"), editable=False)
    actor_id = models.BigIntegerField(_("user number"), null=True, editable=False)
    actor_name = models.CharField(_("user"), max_length=150, blank=True, editable=False)
    verb = models.CharField(_("what"), max_length=60, editable=False)
    inmate_id = models.BigIntegerField(_("inmate"), null=True, editable=False)
    facility_id = models.BigIntegerField(_("prison"), null=True, editable=False)
    object_type = models.CharField(_("kind of record"), max_length=60, blank=True, editable=False)
    object_id = models.CharField(_("record"), max_length=40, blank=True, editable=False)
    detail = models.JSONField(_("detail"), default=dict, editable=False)
    login = models.CharField(_("database user"), max_length=63, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("trail")
        default_permissions = ()
        permissions = [("view_trail", "Can read the trail")]
        indexes = [
            models.Index(fields=["inmate_id", "-id"], name="event_by_inmate"),
            models.Index(fields=["actor_id", "-id"], name="event_by_actor"),
            models.Index(fields=["facility_id", "-id"], name="event_by_facility"),
            models.Index(fields=["verb", "-id"], name="event_by_verb"),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.actor_name} {self.verb}"


class Seal(models.Model):
    """One link of the chain: `hash` = SHA-256 over the previous hash, the sequence number and the event's content.

    Written only by the database function `audit_seal_pending()`, which the application may call but not bypass.
    """

    sequence = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        default_permissions = ()

    def __str__(self):
        return f"{self.sequence}: {self.hash[:12]}"


class Unsealed(models.Model):
    """An event that waits for its seal: entered with it by a trigger, taken out by the sealer, whatever its number."""

    event_id = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = _("event not yet sealed")
        verbose_name_plural = _("events not yet sealed")
        default_permissions = ()

    def __str__(self):
        return str(self.event_id)


class UnsealedHistory(models.Model):
    """Rows of one history table that one statement wrote and whose digest is not yet on the trail."""

    transaction = models.BigIntegerField()
    table = models.CharField(max_length=63)
    rows = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("row history not yet sealed")
        verbose_name_plural = _("row history not yet sealed")
        default_permissions = ()

    def __str__(self):
        return f"{self.table}: {len(self.rows)}"


class HistoryColumns(models.Model):
    """The columns that a history table had when digests of its rows were taken: a later column changes none of them."""

    table = models.CharField(max_length=63)
    names = ArrayField(models.CharField(max_length=63))

    class Meta:
        verbose_name = _("columns of a history table")
        verbose_name_plural = _("columns of history tables")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["table", "names"], name="history_columns_once")]

    def __str__(self):
        return f"{self.table}: {len(self.names)}"
