"""Royal pardons as the programme records them: by one person, verified by another."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, transition
from inmates.custody.holds import holds
from inmates.people.actions import tasks as custody
from inmates.people.models import Alert, Task
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon
from musalaha.actions.pardon_files import State
from musalaha.models import PardonFile
from musalaha.pardon_effects import alert_reference, would_free


@transaction.atomic
def record_pardon(pardon, *, reference, dated_on, occasion="", file=None, by):
    """Record what an instrument grants one person (an unsaved `Pardon`), and tie the case file to it, if there is
    one.
    """
    if file is None and pardon.sentence_id:
        file = PardonFile.objects.filter(
            inmate_id=pardon.inmate_id, sentence_id=pardon.sentence_id, state__in=[State.PREPARING, State.SENT]
        ).first()
    if file is not None:
        file = PardonFile.objects.select_for_update().get(pk=file.pk)
        ensure(file.state in PardonFile.LIVE, _("This file is closed."))
        ensure(file.pardon_id is None or file.pardon.state == Pardon.State.REJECTED, _("A pardon is recorded already."))
    pardon = sentences.record_pardon(pardon, reference=reference, dated_on=dated_on, occasion=occasion, by=by)
    if file is not None:
        file.pardon = pardon
        file.save()
    escalate(pardon)
    return pardon


@transaction.atomic
def escalate(pardon):
    """Tell those who can verify a pardon that it would free somebody today, and tell them again each hour.

    Reviewers at once; from the second hour on the national office and the inspectors too. Returns how many were told.
    """
    if pardon.state != Pardon.State.RECORDED or not would_free(pardon):
        return 0
    hours = int((clock.now() - pardon.recorded_at).total_seconds() // 3600)
    detail = _("Recorded %(hours)s hours ago and not verified; it would free this person today.") % {"hours": hours}
    told = 0
    for audience in [Alert.Audience.REVIEWERS] + ([Alert.Audience.NATIONAL] if hours >= 1 else []):
        alert, new = Alert.objects.get_or_create(
            inmate=pardon.inmate,
            kind=Alert.Kind.PARDON_UNVERIFIED,
            audience=audience,
            reference=alert_reference(pardon),
            defaults={"facility": pardon.inmate.facility, "detail": detail, "raised_at": clock.now()},
        )
        again = not new and clock.now() - alert.raised_at >= timedelta(hours=1)
        if again:  # on top of the list again, whoever had acknowledged it
            alert.detail, alert.raised_at = detail, clock.now()
            alert.acknowledged_by = alert.acknowledged_at = None
            alert.save()
        told += new or again
    return told


@transaction.atomic
def correct_pardon(wrong, replacement, *, reference, dated_on, occasion="", by):
    """Record the right reading of an instrument in place of a verified pardon; verified by another, it supersedes
    the wrong one.
    """
    wrong = Pardon.objects.select_for_update().get(pk=wrong.pk)
    ensure(
        wrong.state == Pardon.State.VERIFIED, _("Only a verified pardon is superseded; an unverified one is rejected.")
    )
    if replacement.inmate_id != wrong.inmate_id:
        raise ValidationError(_("This is another person's pardon."))
    replacement.corrects = wrong
    replacement = sentences.record_pardon(replacement, reference=reference, dated_on=dated_on, occasion=occasion, by=by)
    escalate(replacement)
    return replacement


@transaction.atomic
def verify_pardon(pardon, *, by):
    """Confirm a pardon against its instrument. When nothing holds the person any longer, the release is raised that
    very day.

    The release itself is the prison's act: its officer and director find it as an alert and a task due today.
    """
    pardon = sentences.verify_pardon(pardon, by=by)
    for file in PardonFile.objects.select_for_update().live().filter(pardon=pardon):
        transition(file, State.GRANTED)
        file.closed_on = clock.today()
        file.save()
    inmate = pardon.inmate
    if pardon.corrects_id and (
        pardon.corrects.fine != Pardon.FineEffect.KEPT or pardon.corrects.prison == Pardon.TermEffect.PROSECUTION
    ):
        custody.raise_task(
            inmate,
            kind=Task.Kind.OTHER,
            due_on=clock.today(),
            detail=_("A pardon was superseded: set the fine, or the prosecution, right by hand."),
            by=by,
        )
    Alert.objects.filter(inmate=inmate, kind=Alert.Kind.PARDON_UNVERIFIED, acknowledged_at=None).update(
        acknowledged_by=by, acknowledged_at=clock.now()
    )
    if inmate.held and not holds(inmate):
        detail = _("Royal pardon verified and nothing else holds this person: release today.")
        custody.raise_task(inmate, kind=Task.Kind.TERM_OVER, due_on=clock.today(), detail=detail, by=by)
        Alert.objects.get_or_create(
            inmate=inmate,
            kind=Alert.Kind.RELEASE_OVERDUE,
            audience=Alert.Audience.PRISON,
            reference=alert_reference(pardon),
            defaults={"facility": inmate.facility, "detail": detail},
        )
        trail.record("release.raised", by=by, inmate=inmate, obj=pardon)
    return pardon
