"""Users and postings in the Django admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from accounts.models import Posting, User


class PostingInline(admin.TabularInline):
    model = Posting
    extra = 0


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Users: no superusers are made here, and nobody widens their own account."""

    inlines = [PostingInline]
    list_display = ["username", "first_name", "last_name", "national", "is_active"]
    list_filter = ["groups", "national", "is_active"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "qualification", "language"]}),
        (_("Role and scope"), {"fields": ["is_active", "is_staff", "groups", "national"]}),
    ]

    def has_change_permission(self, request, obj=None):
        """Nobody changes their own account, and nobody without superuser rights changes a superuser."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return obj.pk != request.user.pk and (not obj.is_superuser or request.user.is_superuser)


@admin.register(Posting)
class PostingAdmin(admin.ModelAdmin):
    list_display = ["user", "facility", "starts_on", "ends_on"]
    list_filter = ["facility"]
    autocomplete_fields = ["user", "facility"]
