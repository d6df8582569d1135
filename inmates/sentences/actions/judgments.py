"""Cases and what courts said in them: sentences, their relation, finality, the end of a prosecution."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.templatetags.display import listed
from core.workflow import ensure, lock
from documents.scans import attach
from inmates.people.actions.alerts import raise_alert
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Task
from inmates.sentences import hooks, sayings
from inmates.sentences.actions.release_dates import recompute, recompute_on_new_facts
from inmates.sentences.actions.retrials import end_what_is_tried_again, tried_again
from inmates.sentences.finality import is_final
from inmates.sentences.known_custody import not_on_record
from inmates.sentences.models import Case, Sentence
from inmates.sentences.release_dates import presumed_end
from inmates.sentences.wording import day_in_words
from inmates.terms import Term


@transaction.atomic
def open_case(inmate, *, court, number, offences=(), on_remand=False, by):
    """Record a prosecution, and whether remand is ordered in it: only of somebody in custody, whose legal status follows.

    One that is on record already is not entered twice: what is held for it would end in one of the two alone.
    """
    by.require("inmates.manage_sentences", at=inmate.facility)
    lock(inmate)
    if Case.of_number(inmate, court=court, number=number) is not None:
        raise ValidationError({"court": _("A case of this court and number is on record already: use that one.")})
    if on_remand and not inmate.admissions.open().exists():
        raise ValidationError({"on_remand": _("This person is not in custody: admit them on the order first.")})
    for react in hooks.before_case:
        react(inmate)
    case = Case.objects.create(inmate=inmate, court=court, number=number, on_remand=on_remand)
    case.offences.set(offences)
    trail.record("case.opened", by=by, inmate=inmate, obj=case)
    inmate = recompute(inmate, cause="case", by=by)  # with no sentence that stands, it is why there is no date
    if on_remand:
        hooks.judged(inmate, clock.today(), by=by, lost=True)
    return case


@transaction.atomic
def pronounce(sentence, *, remand=(), offences=(), scan=None, by):
    """Record a sentence (an unsaved `Sentence`) with its remand periods `[first day, day after last)` and its scan.

    `offences`: what the court convicted of, beside what the case names; the case takes each article as it stood on the day
    of the acts, else of the judgment. A term outside the range of every offence of the case must have been acknowledged
    (`range_acknowledged_by`); raises ValidationError otherwise, or when remand periods are reversed. Closes the case and
    computes the release date.
    """
    inmate, case = lock(sentence.inmate), lock(sentence.case)
    by.require("inmates.manage_sentences", at=inmate.facility)
    if case.inmate_id != inmate.pk:
        raise ValidationError(_("This case is another person's."))
    ensure(case.state in (Case.State.OPEN, Case.State.CONVICTED), _("This case is closed already."))
    if case.sentences.standing().filter(count=sentence.count).exists():
        message = _("A sentence stands in this case: a later judgment is recorded as the answer to an appeal.")
        raise ValidationError({"count": message})
    _take_law_of_the_day(sentence, case, offences)
    check_range(sentence, case)
    sentence.full_clean()
    sentence.save()
    attach(sentence, scan, by=by)
    for first_day, day_after_last in remand:
        period = sentence.remand_periods.model(sentence=sentence, first_day=first_day, day_after_last=day_after_last)
        period.full_clean()
        period.save()
    case.state, case.on_remand = Case.State.CONVICTED, False
    case.closed_on = case.closed_on or sentence.pronounced_on or clock.today()
    case.save()
    trail.record("sentence.recorded", by=by, inmate=inmate, obj=sentence)
    recompute_on_new_facts(inmate, cause="sentence", also_at_liberty=True, by=by)
    hooks.judged(inmate, sentence.pronounced_on or clock.today(), by=by, lost=True)
    return sentence


@transaction.atomic
def close_case(case, *, state, on, reference, sentence_read=False, scan=None, by):
    """End a prosecution without a prison term, on a court's decision of the day `on`: acquitted, dropped, or convicted to a
    suspended term or a fine.

    Where a count is tried again and a judgment on another stands, the retrial alone ends: the other stands as it did.
    A final judgment does not end here. A sentence that stands and is not final is quashed, once somebody has read that it
    stands (`sentence_read`): the national office is told, and a task asks for the scan where none is attached.
    """
    inmate, case = lock(case, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    if state not in (Case.State.ACQUITTED, Case.State.DROPPED, Case.State.CONVICTED):
        raise ValidationError({"state": _("Choose how the case ended; a conviction to prison is a sentence.")})
    if not reference.strip():
        raise ValidationError({"reference": _("Enter the reference of the decision.")})
    again, standing = tried_again(case), case.sentences.standing()
    of_others = Q(judgment__in=standing) if again else Q(pk=None)
    ensure(
        not case.court_appeals.open().exclude(of_others).exists(),
        _("An appeal is open in this case: record the court's answer first."),
    )
    stood = not again and standing.exists()
    if stood and state == Case.State.CONVICTED:
        message = _("A sentence stands in this case: what takes its place is recorded as the answer to an appeal.")
        raise ValidationError({"state": message})
    case = _close_case(inmate, case, state=state, on=on, reference=reference, sentence_read=sentence_read, by=by)
    for appeal in again:
        attach(appeal, scan, field="retrial_document", by=by)
    if not again and attach(case, scan, by=by) is None and stood:
        due_on = clock.today() + timedelta(days=1)
        raise_task(case.inmate, kind=Task.Kind.COURT_SCAN, due_on=due_on, note=case.closing_reference, by=by)
    hooks.judged(case.inmate, on, by=by, lost=True)
    return case


@transaction.atomic
def close_case_at_release(case, *, state=Case.State.ACQUITTED, on, reference, sentence_read=False, by):
    """A release on acquittal, dismissal or a judgment without prison (convicted) closes the case.

    Called by custody inside a release, which asks for its own permission. As `close_case` of a sentence that stands.
    """
    inmate, case = lock(case, "inmate")
    return _close_case(inmate, case, state=state, on=on, reference=reference, sentence_read=sentence_read, by=by)


def _close_case(inmate, case, *, state, on, reference, sentence_read, by):
    ensure(case.state in (Case.State.OPEN, Case.State.CONVICTED), _("This case is closed already."))
    stands = case.sentences.standing().exists()
    ensure(case.state != state or stands, _("This case is closed already."))
    if on > clock.today():
        raise ValidationError({"on": _("This day lies in the future.")})
    if again := tried_again(case):
        return _close_retrial(inmate, case, again, state=state, on=on, reference=reference, by=by)
    ended = list(case.sentences.select_for_update().standing())
    ensure(
        not any(is_final(one) for one in ended),
        _(
            "A final judgment stands in this case: it ends by a pardon, or by a correction where it was entered wrong; where "
            "a court has quashed it, a judge's written order opens the door."
        ),
    )
    if any(one.pronounced_on and on < one.pronounced_on for one in ended):
        raise ValidationError({"on": _("The day lies between the judgment and today.")})
    if ended and not sentence_read:
        text = _("A sentence of %(term)s stands in this case. Confirm that the decision ends it.")
        raise ValidationError({"sentence_read": text % {"term": in_all(ended)}})
    case.state, case.on_remand, case.closed_on, case.closing_reference = state, False, on, reference.strip()
    case.save()
    for sentence in ended:
        quash(sentence, on)
    trail.record(
        "case.closed",
        by=by,
        inmate=inmate,
        obj=case,
        detail={"state": state} | ({"sentences": len(ended)} if ended else {}),
    )
    if ended:
        said = sayings.SENTENCE_ENDED(case=str(case), day=on)
        raise_alert(
            inmate,
            Alert.Kind.SENTENCE_ENDED,
            Alert.Audience.NATIONAL,
            f"case:{case.pk}:{on}",
            said,
            note=reference.strip(),
        )
    compute = recompute_on_new_facts if ended else recompute  # a settled date rests on the sentences alone
    case.inmate = compute(inmate, cause="case closed", by=by)
    return case


def _close_retrial(inmate, case, again, *, state, on, reference, by):
    """What is tried again ends; the judgments on other counts of the case stand and hold as they did."""
    if any(on < appeal.decided_on for appeal in again):
        raise ValidationError({"on": _("The day lies between the ruling that sent it back and today.")})
    end_what_is_tried_again(case, again, outcome=state, on=on, reference=reference)
    detail = {"state": state, "counts": [appeal.judgment.count for appeal in again]}
    trail.record("case.closed", by=by, inmate=inmate, obj=case, detail=detail)
    case.inmate = recompute(inmate, cause="case closed", by=by)
    return case


def quash(sentence, on):
    """A sentence does not stand any longer from the day `on`; it is locked, and stays readable."""
    sentence.quashed_on = on
    sentence.save()


def in_all(sentences):
    """The terms of several sentences, in the reader's language."""
    return listed(sentence.term_in_words for sentence in sentences)


@transaction.atomic
def set_remand(case, *, on_remand, reference="", by):
    """Say whether remand is ordered in a prosecution under way, by which decision; while it is, the case holds the person.

    Where a judge has ended it the orders of that case end too. The legal status follows. Whom nothing holds is told of at
    once: also where remand is ordered and no order in force supports it.
    """
    inmate, case = lock(case, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(case.state == Case.State.OPEN, _("This case is closed already."))
    ensure(case.annulled_at is None, _("This record was annulled."))
    ensure(
        not on_remand or inmate.admissions.open().exists(),
        _("This person is not in custody: admit them on the order first."),
    )
    was_on_remand, case.on_remand = case.on_remand, on_remand
    case.save()
    detail = {"on_remand": on_remand} | ({"reference": reference} if reference else {})
    trail.record("case.remand", by=by, inmate=inmate, obj=case, detail=detail)
    for react in () if on_remand else hooks.after_remand_ended:
        react(case, was_on_remand, reference, by=by)
    hooks.judged(inmate, clock.today(), by=by, lost=True)
    return case


@transaction.atomic
def make_final(sentence, *, on, reference, scan=None, by):
    """Record from which day a judgment is final, on a court's certificate or ruling: never by days gone by.

    Acts that came after the first final conviction are presumed confused with nothing: the dates are worked out again.
    """
    inmate, sentence = own_sentence(sentence, by)
    ensure(sentence.final_on is None, _("This judgment is final already."))
    ensure(
        not sentence.case.court_appeals.open().about(sentence).exists(),
        _("An appeal is open in this case: record the court's answer first."),
    )
    if on > clock.today() or (sentence.pronounced_on and on < sentence.pronounced_on):
        raise ValidationError({"on": _("The day lies between the judgment and today.")})
    if not reference.strip():
        raise ValidationError({"reference": _("Enter the reference of the certificate or ruling.")})
    presumed = presumed_end(inmate)
    sentence.final_on, sentence.final_reference = on, reference.strip()
    sentence.save()
    attach(sentence, scan, field="final_document", by=by)
    if presumed_end(inmate) != presumed:
        recompute_on_new_facts(inmate, cause="judgment final", by=by)
    trail.record("sentence.final", by=by, inmate=inmate, obj=sentence)
    hooks.judged(inmate, on, by=by)
    return sentence


@transaction.atomic
def revoke_suspension(sentence, *, on, decision, by):
    """Record that the suspended part of a term was revoked: two possible ends, and a person settles it today."""
    inmate, sentence = own_sentence(sentence, by)
    ensure(sentence.partly_suspended, _("No part of this term is suspended."))
    ensure(sentence.suspension_revoked_on is None, _("The suspended part was revoked already."))
    if on > clock.today() or (sentence.pronounced_on and on < sentence.pronounced_on):
        raise ValidationError({"on": _("The day lies between the judgment and today.")})
    if not decision.strip():
        raise ValidationError({"decision": _("Enter the reference of the ruling.")})
    sentence.suspension_revoked_on, sentence.suspension_revoked_by = on, decision.strip()
    sentence.full_clean()
    sentence.save()
    trail.record("sentence.suspension_revoked", by=by, inmate=inmate, obj=sentence)
    stored = recompute_on_new_facts(inmate, cause="suspension revoked", by=by)
    # Whatever was to be settled before, and also of somebody released: it is told each time.
    said, reference = sayings.SUSPENSION_REVOKED(day=on), f"{Alert.WHEREVER}{sentence.pk}"
    raise_task(stored, kind=Task.Kind.RELEASE_DATE, due_on=clock.today(), said=said, by=by)
    for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL):
        raise_alert(stored, Alert.Kind.RELEASE_DATE, audience, reference, said)
    hooks.judged(stored, on, by=by, lost=True)  # entered late, it may have been served already
    return sentence


@transaction.atomic
def relate(sentence, *, relation, decision, total=None, acts_on=None, by):
    """Record how a sentence stands to the others, by a named decision; computes again.

    `total`: the `Term` served in all where the court cumulated in part. With no relation recorded yet it may stay so: the
    day of the acts alone can say which end is presumed. A relation or a day once recorded is put right by a correction.
    """
    inmate, sentence = own_sentence(sentence, by)
    same = (relation, total or None) == (sentence.relation, sentence.total)
    if sentence.relation and not (same and decision.strip() in ("", sentence.relation_decision)):
        where = "relation_decision" if same else "relation"
        raise ValidationError({where: _("A relation is recorded already: put it right under Corrections.")})
    if relation and not (decision.strip() or sentence.relation):
        raise ValidationError({"relation_decision": _("Name the decision that says so.")})
    if sentence.acts_on and acts_on not in (None, sentence.acts_on):
        raise ValidationError(
            {"acts_on": _("A day is recorded already: another one is a correction, under Corrections.")}
        )
    if acts_on and acts_on > (sentence.pronounced_on or clock.today()):
        raise ValidationError({"acts_on": _("The acts came before the judgment.")})
    sentence.relation, sentence.relation_decision = relation, decision.strip() or sentence.relation_decision
    _put_total(sentence, total)
    sentence.acts_on = acts_on or sentence.acts_on
    sentence.full_clean()
    sentence.save()
    _take_law_of_the_day(sentence, sentence.case)
    trail.record("sentence.related", by=by, inmate=inmate, obj=sentence, detail={"relation": relation})
    recompute_on_new_facts(inmate, cause="relation", by=by)
    hooks.judged(inmate, clock.today(), by=by, lost=True)
    return sentence


@transaction.atomic
def answer_relation(inmate, *, relation, reference, on, total=None, by):
    """Record the prosecutor's written answer: how the sentences stand of which nothing was recorded; computes again."""
    inmate = lock(inmate)
    by.require("inmates.manage_sentences", at=inmate.facility)
    open_ones = inmate.sentences.select_for_update().standing().filter(relation="")
    ensure(inmate.sentences.standing().count() > 1 and open_ones, _("Every relation of the sentences is recorded."))
    if on > clock.today():
        raise ValidationError({"on": _("This day lies in the future.")})
    if not reference.strip():
        raise ValidationError({"reference": _("Enter the reference of the answer.")})
    for sentence in open_ones:
        sentence.relation, sentence.relation_decision = relation, f"{reference.strip()} ({on:%d/%m/%Y})"
        _put_total(sentence, total)
        sentence.full_clean()
        sentence.save()
    trail.record("relation.answered", by=by, inmate=inmate, detail={"relation": relation, "reference": reference})
    recompute_on_new_facts(inmate, cause="relation", by=by)
    hooks.judged(inmate, clock.today(), by=by, lost=True)
    return inmate


def _put_total(sentence, total):
    total = total or Term()
    sentence.total_years, sentence.total_months, sentence.total_days = total.years, total.months, total.days


def own_sentence(sentence, by):
    """A standing sentence and its person, both locked, for somebody who may change it here."""
    inmate, sentence = lock(sentence, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(sentence.case.annulled_at is None, _("This record was annulled."))
    ensure(sentence.quashed_on is None, _("This sentence was quashed."))
    ensure(sentence.replaced_on is None, _("A later judgment has replaced this sentence."))
    return inmate, sentence


@transaction.atomic
def count_earlier_custody(sentence, *, remand, reason="", elsewhere="", by):
    """Say which days in custody on record count as remand for a sentence; a reason for those left out. Computes again.

    `elsewhere`: where the person was held who is counted from before any custody on record.
    """
    inmate, sentence = own_sentence(sentence, by)
    offered = hooks.uncounted(inmate, before=sentence.starts_on)
    unknown = not_on_record(sentence)
    ensure(offered or unknown, _("No earlier stay is left to count."))
    if unknown and not (elsewhere.strip() or sentence.held_elsewhere):
        raise ValidationError({"held_elsewhere": _("Say where the person was held, and on what paper.")})
    if set(remand) - {(stretch.first_day, stretch.day_after_last) for stretch in offered}:
        raise ValidationError(_("This stay is not offered any longer."))
    if len(remand) < len(offered) and not reason.strip():
        raise ValidationError({"earlier_custody": _("Say why a stay is left out.")})
    for first_day, day_after_last in remand:
        sentence.remand_periods.create(first_day=first_day, day_after_last=day_after_last)
    if reason.strip():
        sentence.earlier_custody, sentence.days_left_out = reason.strip(), None
    sentence.held_elsewhere = elsewhere.strip() or sentence.held_elsewhere
    sentence.save()
    trail.record("sentence.remand", by=by, inmate=inmate, obj=sentence, detail={"stays": len(remand)})
    recompute_on_new_facts(inmate, cause="remand", also_at_liberty=True, by=by)
    hooks.judged(inmate, clock.today(), by=by, lost=True)
    return sentence


def _take_law_of_the_day(sentence, case, offences=()):
    """The case names its articles as they stood on the day whose law the sentence applies, and those convicted of.

    Raises ValidationError for an article chosen now that was not in force. Other counts of the case keep what it names.
    """
    day = sentence.law_day
    for offence in offences:
        if day is not None and offence.on(day) != offence:
            message = _("%(offence)s: this version was not in force on %(day)s.")
            raise ValidationError({"offences": message % {"offence": offence, "day": day_in_words(day)}})
    if day is not None and not case.sentences.standing().exclude(pk=sentence.pk).exists():
        versions = {offence: offence.on(day) for offence in case.offences.all()}
        outdated = [offence for offence, version in versions.items() if version not in (None, offence)]
        case.offences.remove(*outdated)
        case.offences.add(*(versions[offence] for offence in outdated))
    case.offences.add(*offences)


def check_range(sentence, case):
    """Refuse a term outside the offence's range, at its field, unless somebody confirmed that the court said so."""
    if outside_range(sentence, case) and sentence.range_acknowledged_by_id is None:
        raise ValidationError(
            {
                "years": _(
                    "This term lies outside the range of the offence. Confirm that it is what the court pronounced."
                )
            }
        )


def outside_range(sentence, case):
    """Whether the term lies outside the range of every ranged offence of the case, as the law stood on the day of the
    acts, else of the judgment; False where no range is known.
    """
    if sentence.kind != Sentence.Kind.TERM:
        return False
    offences = case.offences_on(sentence.law_day)
    ranges = [(o.min_years, o.max_years) for o in offences if o.max_years is not None]
    months = sentence.years * 12 + sentence.months
    return bool(ranges) and not any((low or 0) * 12 <= months <= high * 12 for low, high in ranges)
