from functools import partial
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SAYINGS = (
    "register_reading.rows", "people.sayings", "duplicates.sayings",
    "sentences.sayings", "court_appeals.sayings", "custody.sayings", "register_import.plan",
    "conditions.sayings", "separate.sayings", "classification.sayings",
)  # fmt: skip
"""Modules that define sentences which are stored: loaded at the start, so that they can be read."""


class InmatesConfig(AppConfig):
    """The people held: who they are, their sentences, their custody, their tier."""

    name = "inmates"
    verbose_name = _("Inmates")

    def ready(self):
        """The upper subjects tell the lower ones what follows a release, an admission, a merge."""
        from core import panels
        from inmates.classification import hooks
        from inmates.classification import panels as classification_panels
        from inmates.classification.actions import triggers
        from inmates.classification.actions.effects import apply_standing
        from inmates.conditions import corrections as conditions_corrections
        from inmates.conditions import hooks as conditions
        from inmates.conditions import panels as conditions_panels
        from inmates.court_appeals import corrections as court_appeals_corrections
        from inmates.court_appeals import hooks as court_appeals
        from inmates.court_appeals import panels as court_appeals_panels
        from inmates.custody import corrections as custody_corrections
        from inmates.custody import panels as custody_panels
        from inmates.custody.actions import legal_status, orders, unlawful_custody
        from inmates.custody.actions.admissions import count_liberty_between_stays
        from inmates.custody.actions.corrected_releases import tell_of_a_corrected_pardon, tell_of_another_day
        from inmates.custody.earlier_stays import in_custody
        from inmates.duplicates import hooks as duplicates
        from inmates.duplicates import panels as duplicates_panels
        from inmates.fines import corrections as fines_corrections
        from inmates.people import hooks as people
        from inmates.people import identity_corrections
        from inmates.people import panels as people_panels
        from inmates.roll_counts import panels as roll_counts_panels
        from inmates.sentences import corrections as sentences_corrections
        from inmates.sentences import hooks as sentences_hooks
        from inmates.sentences import panels as sentences_panels
        from inmates.sentences.actions import recompute_on_new_facts
        from inmates.sentences.actions.earlier_custody import ask_about_earlier_custody
        from inmates.sentences.actions.release_dates import end_settlement
        from inmates.separate import hooks as separate
        from inmates.separate import panels as separate_panels
        from inmates.transfers import panels as transfers_panels

        for sayings in SAYINGS:
            import_module(f"inmates.{sayings}")
        for position, room in (
            (1, custody_panels),
            (1, transfers_panels),
            (1, roll_counts_panels),
            (2, conditions_panels),
            (2, separate_panels),
            (3, classification_panels),
            (5, sentences_panels),
            (5, court_appeals_panels),
            (6, people_panels),
            (6, duplicates_panels),
        ):
            panels.register(room, position)
        for room in (
            identity_corrections,
            sentences_corrections,
            fines_corrections,
            court_appeals_corrections,
            custody_corrections,
            conditions_corrections,
        ):
            room.register()
        conditions.register()
        hooks.register()
        duplicates.before_merge[:] = [partial(end_settlement, cause="merge")]
        duplicates.after_merge[:] = [
            partial(recompute_on_new_facts, cause="merge"),
            count_liberty_between_stays,
            ask_about_earlier_custody,
            apply_standing,
        ]
        people.after_correction[:] = [
            tell_of_another_day,
            unlawful_custody.tell_after_correction,
            triggers.count_from_the_right_day,
        ]
        sentences_hooks.before_case[:] = [orders.keep_with_its_case]
        sentences_hooks.after_judgment[:] = [legal_status.follow]
        separate.register()
        sentences_hooks.after_corrected_pardon[:] = [tell_of_a_corrected_pardon]
        sentences_hooks.after_loss[:] = [unlawful_custody.tell_if_free]
        sentences_hooks.earlier_custody[:] = [in_custody]
        sentences_hooks.after_remand_ended[:] = [orders.end_with_remand]
        court_appeals.after_retrial[:] = [legal_status.hold_for_retrial]
