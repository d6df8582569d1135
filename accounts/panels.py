"""What this room puts on shared pages: the administration in the menu."""

from django.utils.translation import gettext_lazy as _

from core.panels import MenuItem

MENU = [MenuItem("admin:index", _("Administration"), "accounts.view_user", "/admin/", 90)]
