"""Acts on cases, sentences, pardons and the release date, by subject."""

from inmates.sentences.actions.forgotten_remand import add_forgotten_remand
from inmates.sentences.actions.judgments import (
    answer_relation,
    close_case,
    close_case_at_release,
    count_earlier_custody,
    make_final,
    open_case,
    outside_range,
    pronounce,
    relate,
    revoke_suspension,
    set_remand,
)
from inmates.sentences.actions.pardons import name_fine, record_pardon, reject_pardon, verify_pardon
from inmates.sentences.actions.reductions import reduce_term
from inmates.sentences.actions.release_dates import interrupt, recompute, recompute_on_new_facts, settle_release_date
from inmates.sentences.actions.scans import attach_instrument_scan

__all__ = [
    "add_forgotten_remand",
    "answer_relation",
    "attach_instrument_scan",
    "close_case",
    "close_case_at_release",
    "count_earlier_custody",
    "interrupt",
    "make_final",
    "name_fine",
    "open_case",
    "outside_range",
    "pronounce",
    "recompute",
    "recompute_on_new_facts",
    "record_pardon",
    "reduce_term",
    "reject_pardon",
    "relate",
    "revoke_suspension",
    "set_remand",
    "settle_release_date",
    "verify_pardon",
]
