"""Users and postings in the Django admin: to read. They change on the pages of accounts, by two administrators."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models import Posting, User


class ReadOnly:
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class PostingInline(ReadOnly, admin.TabularInline):
    model = Posting
    extra = 0


@admin.register(User)
class StaffAdmin(ReadOnly, UserAdmin):
    """Who has an account, in which roles and where."""

    inlines = [PostingInline]
    list_display = ["username", "first_name", "last_name", "national", "is_active"]
    list_filter = ["groups", "national", "is_active"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "qualification", "language"]}),
        (_("Role and scope"), {"fields": ["is_active", "is_staff", "groups", "national"]}),
    ]


@admin.register(Posting)
class PostingAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["user", "facility", "starts_on", "ends_on"]
    list_filter = ["facility"]


admin.site.unregister(Group)
