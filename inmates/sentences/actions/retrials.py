"""What a court sent back to be tried again while a judgment on another count of the case stands: it ends by itself."""

from inmates.sentences.models import Case, CourtAppeal


def tried_again(case):
    """The answers that sent counts of a case back which are tried again while another count stands; else an empty list.

    Of a case in which nothing stands the case itself is tried again, and ends.
    """
    standing = set(case.sentences.standing().values_list("count", flat=True))
    if case.state != Case.State.OPEN or not standing:
        return []
    sent_back = case.court_appeals.filter(outcome=CourtAppeal.Outcome.SENT_BACK, retrial_outcome="")
    last = {sentence.count: sentence for sentence in case.sentences.order_by("id")}
    again = sent_back.exclude(judgment=None).exclude(judgment__count__in=standing).select_related("judgment")
    return [appeal for appeal in again if last[appeal.judgment.count] == appeal.judgment]


def end_what_is_tried_again(case, answers, *, outcome, on, reference):
    """The counts that were tried again end without prison, as `CourtAppeal.Retrial` says; the case is convicted again."""
    for appeal in answers:
        appeal.retrial_outcome, appeal.retrial_ended_on, appeal.retrial_decision = outcome, on, reference.strip()
        appeal.save()
    case.state, case.on_remand, case.closed_on = Case.State.CONVICTED, False, on
    case.save()
