"""Why somebody belongs in the separate system, and why no longer: the words for it. Its records are in `inmates/separate/`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeparateGround(models.TextChoices):
    """Ground on which somebody is held in the separate system (DOMAIN 2): there is no other."""

    CHARGE = "charge", _("Terrorism charge")
    CONVICTION = "conviction", _("Terrorism conviction")
    RADICALISED = "radicalised", _("Radicalised in ordinary custody")
