"""What this room puts on shared pages: the first page, the statistics and the trail in the menu, the timeline as a tab."""

from django.utils.translation import gettext_lazy as _

from core.panels import MenuItem, Tab

MENU = [
    MenuItem("today", _("Today"), None, "/", 10),
    MenuItem("reports:statistics", _("Statistics"), "inmates.view_statistics", "/reports/", 70),
    MenuItem("audit:trail", _("Trail"), "audit.view_trail", "/audit/", 80),
]
TABS = [Tab("timeline", _("Timeline"), ("inmates.view_record",), 60)]
