"""What this room puts on shared pages: the first page, the statistics and the trail in the menu, the timeline as a tab."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.unusual_reading import ASKED
from audit.models import Event
from core.panels import MenuItem, Tab, Worklist

MENU = [
    MenuItem("today", _("Today"), None, "/", 10),
    MenuItem("reports:statistics", _("Statistics"), "inmates.view_statistics", "/reports/", 70),
    MenuItem("audit:trail", _("Trail"), "audit.view_trail", "/audit/", 80),
]
TABS = [Tab("timeline", _("Timeline"), ("inmates.view_record",), 60)]


def worklists(user):
    """Who opened unusually many records lately, for those who read the trail."""
    if not user.can("audit.view_trail"):
        return []
    lately = Event.objects.visible_to(user).filter(verb=ASKED, at__gt=timezone.now() - timedelta(days=7)).count()
    return [Worklist(gettext("Unusual reading in seven days"), lately, reverse("audit:reading"))]
