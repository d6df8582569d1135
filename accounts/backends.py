"""The signed-in user of each request, with what nearly nobody has read along."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef

from accounts.models import Permanence, User
from config import clock


class StaffBackend(ModelBackend):
    """By name and password; loads the user with whether a permanence is in force, so that the others are not asked again."""

    def get_user(self, user_id):
        """The user of a session, or None where there is none or the account is closed."""
        standing_in = Permanence.objects.current(clock.now()).filter(user=OuterRef("pk"))
        user = User.objects.annotate(may_stand_in=Exists(standing_in)).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
