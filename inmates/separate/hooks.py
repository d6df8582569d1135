"""Reactions of the separate system to admissions, imports, judgments and moves."""

from facilities.models import System
from inmates.custody.hooks import Objection
from inmates.separate import sayings


def register():
    """Add this room's checks and reactions to the lists of custody and sentences; called once, when the app is ready."""
    from django.utils.translation import gettext_lazy as _

    from inmates.custody import hooks
    from inmates.people import corrections
    from inmates.sentences import hooks as sentences
    from inmates.separate.actions import intake

    for listing, reaction in (
        (hooks.after_intake, intake.propose_at_admission),
        (hooks.after_import, intake.propose_for_imported),
        (hooks.move_checks, who_lives_there),
        (sentences.after_judgment, charges_may_have_changed),
    ):
        if reaction not in listing:
            listing.append(reaction)
    corrections.papers["separate_paper"] = _("Notice of a step of the separate system")


def who_lives_there(inmate, unit):
    """Nobody of the separate system is placed in an ordinary wing; in a mixed one with a reason and an end."""
    if unit.system == System.ORDINARY:
        return [Objection("ordinary", sayings.ORDINARY_WING(), blocking=True)]
    return [Objection("mixed", sayings.MIXED_WING())] if unit.system == System.MIXED else []


def charges_may_have_changed(inmate, on, *, by):
    """Whenever courts said something, whether the ground still stands."""
    from inmates.separate.actions.steps import check_charges

    check_charges(inmate, by=by)
