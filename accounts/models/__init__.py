"""Who works here, and how that changes."""

from accounts.models.changes import AccountChange, IncompatibleRoles
from accounts.models.kept_forms import KeptForm
from accounts.models.night_codes import NightCode
from accounts.models.permanences import Permanence
from accounts.models.sessions import Session
from accounts.models.users import Posting, User, UserRole

__all__ = [
    "AccountChange",
    "IncompatibleRoles",
    "KeptForm",
    "NightCode",
    "Permanence",
    "Posting",
    "Session",
    "User",
    "UserRole",
]
