"""Who works here, and how that changes."""

from accounts.models.changes import AccountChange, IncompatibleRoles
from accounts.models.permanences import Permanence
from accounts.models.users import Posting, User, UserRole

__all__ = ["AccountChange", "IncompatibleRoles", "Permanence", "Posting", "User", "UserRole"]
