"""Sessions of browsers, as `accounts/sessions.py` keeps them."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User


class Session(AbstractBaseSession):
    """A session under the digest of its key: whoever reads the row cannot go on with it. Whose it is stands beside, to list."""

    session_key = models.CharField(_("digest of the key"), max_length=64, primary_key=True)
    user = models.ForeignKey(
        User, verbose_name=_("user"), null=True, on_delete=models.CASCADE, related_name="sessions", editable=False
    )

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls):
        """The store that writes it."""
        from accounts.sessions import SessionStore

        return SessionStore
