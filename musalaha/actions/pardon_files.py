"""Pardon files: opened, sent, closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from core.workflow import ensure, transition
from inmates.people.models import Inmate
from musalaha import days
from musalaha.models import PardonFile

State = PardonFile.State


@transaction.atomic
def open_pardon_file(inmate, *, sentence, requester, occasion, opinion="", enrolment=None, on=None, by):
    """Begin a case file for one sentence of one person, in the programme or not. It grants nothing."""
    inmate = Inmate.objects.select_for_update().get(pk=inmate.pk)
    by.require("musalaha.manage_pardon_files", at=inmate.facility)
    if sentence is None or sentence.inmate_id != inmate.pk or sentence.quashed_on is not None:
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


def _locked(file, by):
    Inmate.objects.select_for_update().get(pk=file.inmate_id)
    file = PardonFile.objects.select_for_update(of=("self",)).select_related("inmate__facility").get(pk=file.pk)
    by.require("musalaha.manage_pardon_files", at=file.inmate.facility)
    return file


@transaction.atomic
def send_pardon_file(file, *, opinion=None, on=None, by):
    """Send the file to those who advise on pardons."""
    file = _locked(file, by)
    transition(file, State.SENT)
    if opinion is not None:
        file.opinion = opinion
    file.sent_on = days.given(on)
    file.save()
    trail.record("pardon_file.sent", by=by, inmate=file.inmate, obj=file)
    return file


@transaction.atomic
def close_pardon_file(file, *, refused, note="", on=None, by):
    """Record that no pardon came of it (`refused`), or close the file for another reason. A new one may be opened."""
    file = _locked(file, by)
    if not refused and not note.strip():
        raise ValidationError({"note": _("Give the reason.")})
    transition(file, State.REFUSED if refused else State.CLOSED)
    file.closed_on, file.closing_note = days.given(on), note
    file.save()
    trail.record("pardon_file.closed", by=by, inmate=file.inmate, obj=file, detail={"refused": refused})
    return file
