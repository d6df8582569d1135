from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InmatesConfig(AppConfig):
    """The people held: who they are, their sentences, their custody, their tier."""

    name = "inmates"
    verbose_name = _("Inmates")

    def ready(self):
        """The upper subjects tell the lower ones what follows a release, an admission, a merge."""
        from inmates.classification import hooks
        from inmates.classification.effects import apply_standing
        from inmates.people import hooks as people
        from inmates.sentences.actions import recompute

        hooks.register()
        people.after_merge[:] = [partial(recompute, cause="merge"), apply_standing]
