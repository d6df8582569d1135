"""The release date: computed again after each change, the old one kept; settled by a person where the rules give none."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from inmates.people.actions.alerts import raise_alert, settle, settle_all
from inmates.people.actions.corrections import refresh_all_of
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import hooks, sayings
from inmates.sentences.actions.earlier_custody import ask_about_earlier_custody
from inmates.sentences.models import ReleaseComputation, Settlement, TimeAtLarge
from inmates.sentences.release_dates import bounds, calculated, earliest_end, latest_end
from inmates.sentences.wording import day_in_words

Reason = TimeAtLarge.Reason


@transaction.atomic
def recompute(inmate, *, cause, by):
    """Compute the release date again, keep the old and the new one with the steps, and return the stored person."""
    stored = lock(inmate)
    on, basis, steps = calculated(stored)
    last = stored.release_computations.first()
    if last is None or (last.on, last.basis, last.steps) != (on, basis, steps):  # after a merge the other record's
        ReleaseComputation.objects.create(
            inmate=stored, before=stored.release_on, on=on, basis=basis, steps=steps, cause=cause
        )
    if (stored.release_on, stored.release_basis) != (on, basis):
        trail.record(
            "release_date.computed",
            by=by,
            inmate=stored,
            detail={"from": _iso(stored.release_on), "to": _iso(on), "basis": basis, "cause": cause},
        )
        stored.release_on, stored.release_basis = on, basis
        stored.save(update_fields=["release_on", "release_basis"])
    inmate.release_on, inmate.release_basis = on, basis
    if basis != Inmate.ReleaseBasis.UNSETTLED:  # nothing is to be settled any longer
        stored.tasks.open().filter(kind=Task.Kind.RELEASE_DATE).update(
            done_at=clock.now(), done_by=by, done_note=sayings.DATE_GIVEN.mark
        )
        settle_all(stored, by=None, kinds=(Alert.Kind.RELEASE_DATE, Alert.Kind.PRESUMED_PAST), but_for=Alert.WHEREVER)
    elif bounds(stored).presumed is None:
        settle_all(stored, by=None, kinds=(Alert.Kind.PRESUMED_PAST,))
    return stored


@transaction.atomic
def recompute_on_new_facts(inmate, *, cause, also_at_liberty=False, by):
    """Compute again after a change of what a release date rests on: a settlement in force ends, the rules answer first.

    Where they give no date any longer, or between other days than before, somebody must settle it today: a task, and an
    alert to the prison and the national office. Days in custody that no sentence counts by now are asked about, of somebody
    at liberty once they are back unless `also_at_liberty`. Returns the stored person.
    """
    settlement = end_settlement(inmate, cause=cause, by=by)
    before = Inmate.objects.get(pk=inmate.pk)
    basis, ends = before.release_basis, bounds(before)
    stored = recompute(inmate, cause=cause, by=by)
    in_a_stay = stored.status in (Inmate.Status.IN_CUSTODY, Inmate.Status.ABSENT)
    unsettled = stored.release_basis == Inmate.ReleaseBasis.UNSETTLED
    if in_a_stay and unsettled and (basis, ends) != (stored.release_basis, bounds(stored)):
        said = _why_told(basis, settlement)
        raise_task(stored, kind=Task.Kind.RELEASE_DATE, due_on=clock.today(), said=said, by=by)
        reference = str(stored.release_computations.first().pk)
        for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL):
            raise_alert(stored, Alert.Kind.RELEASE_DATE, audience, reference, said)
    if in_a_stay or also_at_liberty:
        ask_about_earlier_custody(stored, by=by)
    refresh_all_of(stored, by=by)
    return stored


@transaction.atomic
def end_settlement(inmate, *, cause, by):
    """A settlement in force ends, since what it rested on has changed; returns it, or None where none was in force."""
    settlement = Settlement.objects.select_for_update().filter(inmate=inmate, ended_at=None).first()
    if settlement is not None:
        settlement.ended_at, settlement.ended_why = clock.now(), cause
        settlement.save()
        trail.record("release_date.settlement_ended", by=by, inmate=inmate, obj=settlement, detail={"cause": cause})
    return settlement


def _why_told(basis, settlement):
    """Why a person must settle the date today, after a new fact."""
    if settlement is not None:
        return sayings.GROUND_CHANGED()
    return sayings.ENDS_CHANGED() if basis == Inmate.ReleaseBasis.UNSETTLED else sayings.NO_DATE()


@transaction.atomic
def interrupt(inmate, *, first_day, day_after_last, reason=Reason.ESCAPE, by):
    """Keep the days that somebody was out of custody: the sentence did not run, so a person settles its end, due today.

    For custody, in the transaction of the return or of the next admission, which asks for its own permission. Nothing where
    it was no whole day, but that a term was served is kept of an hour too. A date that had come before those days stays.
    """
    inmate = lock(inmate)
    if day_after_last > first_day or reason == Reason.SERVED:
        TimeAtLarge.objects.create(inmate=inmate, first_day=first_day, day_after_last=day_after_last, reason=reason)
        had_come = inmate.release_on is not None and inmate.release_on <= first_day
        cause = "escape" if reason == Reason.ESCAPE else "at liberty"
        inmate = (recompute if had_come else recompute_on_new_facts)(inmate, cause=cause, by=by)
        if inmate.release_basis == Inmate.ReleaseBasis.UNSETTLED:
            raise_task(inmate, kind=Task.Kind.RELEASE_DATE, due_on=clock.today(), said=sayings.NO_DATE(), by=by)
    return inmate


def _iso(day):
    return day.isoformat() if day else None


@transaction.atomic
def settle_release_date(inmate, *, release_on, reasons, source, sooner=False, later=False, answer="", by):
    """Enter a release date that the rules do not give, with reasons and the answer it rests on.

    A day before the earliest end that the rules leave open is asked for twice: `sooner` says that the answer names it. So
    is one after the latest (`later`), of which the national office is told; past that end it is told each day, until the
    prosecutor's written answer is recorded (`answer`, its reference), here or by settling again.
    """
    stored = lock(inmate)
    by.require("inmates.settle_release_date", at=stored.facility)
    ensure(
        stored.release_basis in (Inmate.ReleaseBasis.UNSETTLED, Inmate.ReleaseBasis.SETTLED),
        _("The rules give a date: nothing is to be settled."),
    )
    earliest = earliest_end(stored)
    early = earliest is not None and release_on < earliest
    if early and not sooner:
        text = _(
            "By the rules the sentences end on %(day)s at the earliest. Confirm below if the answer names an earlier day."
        )
        raise ValidationError({"release_on": text % {"day": day_in_words(earliest)}})
    latest = latest_end(stored)
    late = latest is not None and release_on > latest
    if late and not later:
        text = _(
            "By the rules the sentences end on %(day)s at the latest. Confirm below if the answer names a later day."
        )
        raise ValidationError({"release_on": text % {"day": day_in_words(latest)}})
    stored.settlements.filter(ended_at=None).update(ended_at=clock.now(), ended_why="settlement")
    settlement = Settlement(
        inmate=stored, release_on=release_on, reasons=reasons, source=source, answer=answer.strip(), settled_by=by
    )
    settlement.full_clean()
    settlement.save()
    trail.record(
        "release_date.settled",
        by=by,
        inmate=stored,
        obj=settlement,
        detail={"to": _iso(release_on), "early": early, "late": late},
    )
    stored.tasks.open().filter(kind=Task.Kind.RELEASE_DATE).update(
        done_at=clock.now(), done_by=by, done_note=sayings.DATE_SETTLED.mark
    )
    recompute(stored, cause="settlement", by=by)
    settle(Alert.Kind.SETTLED_LATE, f"settlement:{stored.pk}", by=by)
    if late:
        said = sayings.SETTLED_LATE(day=release_on, latest=latest)
        raise_alert(stored, Alert.Kind.SETTLED_LATE, Alert.Audience.NATIONAL, str(settlement.pk), said)
    hooks.judged(stored, clock.today(), by=by, lost=True)
    return settlement
