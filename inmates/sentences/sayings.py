"""What the system says in tasks about sentences and release dates."""

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying

NO_DATE = Saying("sentences.no_date", _("The rules give none: a person must settle it."))
GROUND_CHANGED = Saying(
    "sentences.ground_changed", _("What the settled date rested on has changed, and the rules give none.")
)
ENDS_CHANGED = Saying(
    "sentences.ends_changed", _("A new fact moved the days between which the term ends: a person must settle it.")
)
SUSPENSION_REVOKED = Saying(
    "sentences.suspension_revoked",
    _("The suspended part of a term was revoked on %(day)s: settle from when it is served."),
)
SENTENCE_ENDED = Saying(
    "sentences.sentence_ended",
    _("A decision of %(day)s ended the sentence in case %(case)s that was not final: check it against its paper."),
)
REDUCTION_ENTERED = Saying("sentences.reduction_entered", _("A decision shortens the term."))
DATE_SETTLED = Saying("sentences.date_settled", _("Release date settled."))
DATE_CHANGED_OR_FINAL = Saying("sentences.date_changed_or_final", _("The date has changed, or the judgment is final."))
TERM_OF_CASE_ENDS_NOT_FINAL = Saying(
    "sentences.term_of_case_ends_not_final",
    _(
        "The pronounced term in case %(case)s ends on %(day)s and the judgment is not final: from that day this case "
        "holds nothing."
    ),
)
TERM_ENDS_NOT_FINAL = Saying(  # as stored before each case was named
    "sentences.term_ends_not_final",
    _("The pronounced term ends on %(day)s and the judgment is not final: from that day this case holds nothing."),
)
FINE_MISSING = Saying(
    "sentences.fine_missing",
    _("Pardon %(reference)s also touches the fine of case %(case)s: record that fine, or say which one it is."),
)
FINE_NAMED = Saying("sentences.fine_named", _("The pardon was applied to its fine."))
DATE_GIVEN = Saying("sentences.date_given", _("The rules give a date again."))
SETTLED_LATE = Saying(
    "sentences.settled_late", _("Settled for %(day)s; by the rules the sentences end on %(latest)s at the latest.")
)
SETTLED_PAST = Saying(
    "sentences.settled_past",
    _("By the rules the sentences ended on %(latest)s at the latest: the prosecutor must answer in writing."),
)
PRESUMED_PAST = Saying(
    "sentences.presumed_past", _("The end is presumed on %(day)s: the prosecutor must answer in writing.")
)
EARLIEST_PAST = Saying("sentences.earliest_past", _("The earlier of the two possible ends was %(day)s: settle today."))
EARLIER_CUSTODY = Saying(
    "sentences.earlier_custody",
    _("Days in custody lie before this sentence: they count as remand, or somebody says why not."),
)
START_UNKNOWN = Saying(
    "sentences.start_unknown",
    _(
        "The sentence is counted from %(start)s and custody is on record from %(first)s only: say where the person was held."
    ),
)
REMAND_UNKNOWN = Saying(
    "sentences.remand_unknown",
    _(
        "Days from %(first)s to %(last)s count as remand and no custody is on record for them: put the remand right, or say "
        "where the person was held."
    ),
)
EARLIER_CUSTODY_DECIDED = Saying("sentences.earlier_custody_decided", _("Earlier custody decided."))
