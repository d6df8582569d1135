"""Pardon files: opened, sent, closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from core.workflow import ensure, lock, transition
from musalaha import days
from musalaha.models import PardonFile

State = PardonFile.State


@transaction.atomic
def open_pardon_file(inmate, *, sentence, requester, occasion, opinion="", enrolment=None, on=None, by):
    """Begin a case file for one sentence of one person, in the programme or not. It grants nothing."""
    inmate = lock(inmate)
    by.require("musalaha.manage_pardon_files", at=inmate.facility)
    if sentence is None or sentence.inmate_id != inmate.pk or not sentence.stands:
        raise ValidationError({"sentence": _("Choose one of this person's own sentences.")})
    if enrolment is not None and enrolment.inmate_id != inmate.pk:
        raise ValidationError({"enrolment": _("This is another person's part in a round.")})
    ensure(
        not inmate.pardon_files.live().filter(sentence=sentence).exists(),
        _("A file for this sentence is open already."),
    )
    file = PardonFile(
        inmate=inmate,
        sentence=sentence,
        requester=requester,
        occasion=occasion.strip(),
        opinion=opinion,
        enrolment=enrolment,
        opened_on=days.given(on),
        opened_by=by,
    )
    file.full_clean(exclude=["sent_on", "closed_on"])
    file.save()
    trail.record("pardon_file.opened", by=by, inmate=inmate, obj=file, detail={"requester": requester})
    return file


@transaction.atomic
def send_pardon_file(file, *, opinion=None, on=None, by):
    """Send the file to those who advise on pardons."""
    inmate, file = lock(file, "inmate")
    transition(file, State.SENT, by=by)
    if opinion is not None:
        file.opinion = opinion
    file.sent_on = days.given(on)
    file.save()
    trail.record("pardon_file.sent", by=by, inmate=inmate, obj=file)
    return file


@transaction.atomic
def close_pardon_file(file, *, refused, note="", on=None, by):
    """Record that no pardon came of it (`refused`), or close the file for another reason. A new one may be opened."""
    inmate, file = lock(file, "inmate")
    transition(file, State.REFUSED if refused else State.CLOSED, by=by)
    if not refused and not note.strip():
        raise ValidationError({"note": _("Give the reason.")})
    file.closed_on, file.closing_note = days.given(on), note
    file.save()
    trail.record("pardon_file.closed", by=by, inmate=inmate, obj=file, detail={"refused": refused})
    return file
