"""The two tables that name search reads: every spelling known once, and who bears which.

Both are derived from the names on Inmate and Alias and rewritten by `search.reindex`: they hold nothing of their own,
so they need no history. A spelling is stored once however many people bear it; the fuzzy part of a search runs over
spellings (some ten thousands), and people are then found by whole numbers alone.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class NameToken(models.Model):
    """One spelling of one part of a name, normalised, in one script."""

    class Script(models.TextChoices):
        ARABIC = "a", _("Arabic")
        LATIN = "l", _("Latin")

    id = models.AutoField(primary_key=True)
    text = models.CharField(max_length=64, unique=True)
    script = models.CharField(max_length=1, choices=Script.choices)
    key = models.CharField(max_length=64)  # consonant skeleton that both scripts reach, see names/folding.py
    probes = ArrayField(
        models.TextField()
    )  # what a misspelled or foreign-script question may hit, see names/spellings.py

    class Meta:
        indexes = [
            models.Index(OpClass(F("text"), name="text_pattern_ops"), name="nametoken_text_prefix"),
            models.Index(OpClass(F("key"), name="text_pattern_ops"), name="nametoken_key_prefix"),
            GinIndex(fields=["probes"], name="nametoken_probes", fastupdate=False),
        ]

    def __str__(self):
        return self.text


class WrittenNames(models.Model):
    """All written names of one person as NameToken ids, in order.

    `lines[i]` tells to which written name `tokens[i]` belongs: 0 the Arabic one, 1 the Latin one, 2 and up the aliases.
    """

    inmate = models.OneToOneField("inmates.Inmate", models.CASCADE, primary_key=True, related_name="name_tokens")
    tokens = ArrayField(models.IntegerField())
    lines = ArrayField(models.SmallIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["tokens"], name="writtennames_tokens", fastupdate=False)]

    def __str__(self):
        return f"{self.inmate_id}"
