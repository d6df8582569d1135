"""Case files and alerts that follow a royal pardon, each with the act on the pardon that it follows.

The pardon itself and its two people are in `inmates.sentences`.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import InvalidTransition, ensure, follow, lock
from inmates.custody.actions.unlawful_custody import tell_if_free
from inmates.custody.holds import holds
from inmates.custody.sayings import HELD_AGAIN
from inmates.people.actions import tasks
from inmates.people.actions.alerts import raise_again, settle
from inmates.people.models import Alert, Correction, Inmate, Task
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon
from musalaha.actions.pardon_files import close_pardon_file
from musalaha.models import PardonFile
from musalaha.pardon_effects import alert_reference, would_free
from musalaha.sayings import NOT_PARDONED, RELEASE_TODAY, SUPERSEDED, UNVERIFIED

NOTHING = (Pardon.State.REJECTED, Pardon.State.TAKEN_BACK)  # states of a pardon that grants nothing


@transaction.atomic
def record_pardon(pardon, *, reference, dated_on, occasion="", scan=None, file=None, by):
    """Record what an instrument grants one person (an unsaved `Pardon`), and tie the case file to it, if there is one."""
    if file is None and pardon.sentence_id:
        file = PardonFile.objects.live().filter(inmate=pardon.inmate_id, sentence=pardon.sentence_id).first()
    if file is not None:
        file = lock(file)
        ensure(file.state in PardonFile.LIVE, _("This file is closed."))
        ensure(file.pardon_id is None or file.pardon.state in NOTHING, _("A pardon is recorded already."))
    pardon = sentences.record_pardon(
        pardon, reference=reference, dated_on=dated_on, occasion=occasion, scan=scan, by=by
    )
    if file is not None:
        file.pardon = pardon
        file.save()
    for waiting in pardon.inmate.pardons.filter(state=Pardon.State.RECORDED).order_by("pk"):
        escalate(waiting)  # two of one instrument may free somebody together
    return pardon


@transaction.atomic
def escalate(pardon):
    """Alert those who can verify a pardon that it would free somebody today, and alert them again each hour.

    Reviewers at once; from the second hour on the national office and the inspectors too. Returns the number of alerts.
    """
    if pardon.state != Pardon.State.RECORDED or not would_free(pardon):
        return 0
    hours = int((clock.now() - pardon.recorded_at).total_seconds() // 3600)
    said = UNVERIFIED(recorded_at=pardon.recorded_at)
    told = [Alert.Audience.REVIEWERS] + ([Alert.Audience.NATIONAL] if hours >= 1 else [])
    return sum(
        raise_again(
            pardon.inmate,
            Alert.Kind.PARDON_UNVERIFIED,
            audience,
            alert_reference(pardon),
            said,
            every=timedelta(hours=1),
        )
        for audience in told
    )


@transaction.atomic
def record_outcomes(granted, refused, *, reference, dated_on, occasion="", scan=None, by):
    """Record what came of the files of an occasion, all or none.

    `granted`: pairs of a file and an unsaved `Pardon`, by one instrument; `refused`: files. Raises ValidationError with
    the person's name before the refusal, or at `scan`.
    """
    instrument = {"reference": reference, "dated_on": dated_on, "occasion": occasion}
    for file, pardon in [*granted, *((file, None) for file in refused)]:
        try:
            if pardon is None:
                close_pardon_file(file, refused=True, by=by)
            else:
                record_pardon(pardon, file=file, scan=scan, by=by, **instrument)
                scan = None  # one instrument, one scan
        except (ValidationError, InvalidTransition) as error:
            if "scan" in getattr(error, "error_dict", {}):
                raise
            raise ValidationError(_named(file.inmate, error)) from error


def _named(inmate, error):
    """The sentences of a refusal, after the name of the person whom it concerns."""
    return f"{inmate.name}: {' '.join(getattr(error, 'messages', None) or [str(error)])}"


@transaction.atomic
def correct_pardon(wrong, replacement, *, reference, dated_on, occasion="", scan=None, by):
    """Record the right reading of an instrument in place of a verified pardon.

    Once verified by another person, it supersedes the wrong one.
    """
    wrong = lock(wrong)
    ensure(
        wrong.state == Pardon.State.VERIFIED, _("Only a verified pardon is superseded; an unverified one is rejected.")
    )
    if replacement.inmate_id != wrong.inmate_id:
        raise ValidationError(_("This is another person's pardon."))
    replacement.corrects = wrong
    replacement = sentences.record_pardon(
        replacement, reference=reference, dated_on=dated_on, occasion=occasion, scan=scan, by=by
    )
    escalate(replacement)
    return replacement


@transaction.atomic
def verify_pardon(pardon, *, read=True, by):
    """Confirm a pardon against its instrument. When nothing holds the person any longer, the release is raised that
    very day.

    The release itself is the prison's act: its officer and director find it as an alert and a task due today.
    """
    pardon = sentences.verify_pardon(pardon, read=read, by=by)
    for file in PardonFile.objects.live().filter(pardon=pardon):
        file = lock(file)
        follow(file, PardonFile.State.GRANTED)
        file.closed_on = clock.today()
        file.save()
    inmate = pardon.inmate
    if pardon.corrects_id and (
        pardon.corrects.fine != Pardon.FineEffect.KEPT or pardon.corrects.prison == Pardon.TermEffect.PROSECUTION
    ):
        tasks.raise_task(
            inmate,
            kind=Task.Kind.OTHER,
            due_on=clock.today(),
            said=SUPERSEDED(),
            by=by,
        )
    Alert.objects.filter(inmate=inmate, kind=Alert.Kind.PARDON_UNVERIFIED, acknowledged_at=None).update(
        acknowledged_by=by, acknowledged_at=clock.now()
    )
    if inmate.held and not holds(inmate):
        said = RELEASE_TODAY()
        tasks.raise_task(inmate, kind=Task.Kind.TERM_OVER, due_on=clock.today(), said=said, by=by)
        Alert.objects.get_or_create(
            inmate=inmate,
            kind=Alert.Kind.RELEASE_OVERDUE,
            audience=Alert.Audience.PRISON,
            reference=alert_reference(pardon),
            defaults={"facility": inmate.facility, "said": said},
        )
        trail.record("release.raised", by=by, inmate=inmate, obj=pardon)
    else:
        tell_if_free(inmate, by=by)  # an order in doubt alone may be left, or something that holds again
    return pardon


def held_again(inmate):
    """Whoever something holds again is not to be released today."""
    done = {"done_at": clock.now(), "done_note": HELD_AGAIN.mark}
    inmate.tasks.open().filter(kind=Task.Kind.TERM_OVER, said=RELEASE_TODAY()).update(**done)


def follow_taking_back(correction, *, by):
    """After a pardon was taken back: whoever something holds again is not to be released on it today."""
    if "pardon" not in correction.moves or correction.state == Correction.State.REFUSED:
        return
    inmate = Inmate.objects.get(pk=correction.inmate_id)
    if holds(inmate):
        settle(Alert.Kind.RELEASE_OVERDUE, alert_reference(correction.record), by=by)
        inmate.tasks.open().filter(kind=Task.Kind.TERM_OVER).update(
            done_at=clock.now(), done_by=by, done_note=NOT_PARDONED.mark
        )


@transaction.atomic
def verify_each(chosen, *, read=True, by):
    """Verify each of these pardons by itself. Returns those verified, and a sentence for each that could not be."""
    verified, refusals = [], []
    for pardon in chosen:
        try:
            verified.append(verify_pardon(pardon, read=read, by=by))
        except (InvalidTransition, ValidationError) as error:
            refusals.append(_named(pardon.inmate, error))
    return verified, refusals
