"""What the application's database user may write of accounts: a language and a last sign-in. All else two people decide, or
the database writes it for a deed that is vouched for (`accounts/credentials.py`)."""

# Only read: written by the owner's functions, or after a migration.
READ_ONLY = (
    "accounts_user_groups",
    "accounts_user_user_permissions",
    "accounts_posting",
    "accounts_incompatibleroles",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
)
# Only added to.
FORWARD_ONLY = ("django_admin_log",)
# These columns alone may be changed, and no row added or removed.
COLUMNS = {
    "accounts_user": ("last_login", "language"),
    "accounts_nightcode": ("printed_at", "used_by_id", "used_at", "seen_by_id", "seen_at"),
}
