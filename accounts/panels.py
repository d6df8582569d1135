"""What this room puts on shared pages: accounts and administration in the menu, changes and permanences on the first page."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import closed, failures
from accounts.models import AccountChange, KeptForm, NightCode, Permanence
from config import clock
from core.panels import MenuItem, Worklist

MENU = [
    MenuItem("staff", gettext_lazy("Accounts"), "accounts.view_user", "/accounts/", 85),
    MenuItem("admin:index", gettext_lazy("Administration"), "accounts.view_user", "/admin/", 90),
]


def worklists(user):
    """What waits for an administrator; who stands in, for those who name and those who inspect."""
    lists = []
    if kept := KeptForm.objects.of(user).count():
        lists.append(Worklist(_("Forms kept for you"), kept, reverse("kept_forms"), "soon"))
    if user.can("accounts.approve_change"):
        waiting = AccountChange.objects.waiting().exclude(asked_by=user).exclude(subject=user).count()
        lists.append(Worklist(_("Account changes to approve"), waiting, reverse("staff"), "soon" if waiting else ""))
    if user.can("accounts.view_user") or user.can("audit.view_trail"):
        failed = failures.lately().count()
        if failed >= failures.MANY:
            lists.append(Worklist(_("Failed sign-ins in 24 hours"), failed, reverse("failed_sign_ins"), "late"))
    if user.can("accounts.name_permanence") or user.can("accounts.view_permanence"):
        now = clock.now()
        seen = Permanence.objects.visible_to(user)
        lately = seen.filter(named_at__gt=now - timedelta(days=7)).count()
        note = ngettext("%(n)s named in seven days", "%(n)s named in seven days", lately) % {"n": lately}
        lists.append(Worklist(_("Permanences in force"), seen.current(now).count(), reverse("permanences"), note=note))
    if (user.can("accounts.name_permanence") or user.can("audit.view_trail")) and (shut := closed.lately(user).count()):
        lists.append(Worklist(_("Accounts closed in seven days"), shut, reverse("closed_accounts"), "late"))
    if user.can("accounts.view_nightcode") and not user.can("accounts.ask_change"):
        unseen = NightCode.objects.visible_to(user).unseen().count()
        lists.append(Worklist(_("Night codes used"), unseen, reverse("night_codes"), "late" if unseen else ""))
    return lists
