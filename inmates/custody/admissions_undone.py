"""An admission entered for the wrong person, or twice, is taken back with what it wrote; and its day is put right."""

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pghistory.models import Event as HistoryRow

from audit.models import Event
from config import clock
from core.templatetags.display import day_text, listed
from inmates.custody import hooks, sayings
from inmates.custody.actions.admissions import BETWEEN, count_liberty_between_stays
from inmates.custody.models import Admission, LegalStatusPeriod, Placement, RegistrationNumber
from inmates.people import corrections
from inmates.people.actions.alerts import raise_alert, settle, settle_all
from inmates.people.corrections import Correctable
from inmates.people.models import Alert, Inmate
from inmates.sentences import hooks as sentences
from inmates.sentences.actions import recompute_on_new_facts
from inmates.sentences.models import Adjustment, Pardon, TimeAtLarge

CAUSE = "taken back"
PARDONS = (Pardon.State.RECORDED, Pardon.State.VERIFIED)
WRITTEN_WITH_IT = (Placement, LegalStatusPeriod, RegistrationNumber)


def _day(stay):
    return timezone.localdate(stay.admitted_at)


def _liberty_before(stay):
    """The days at liberty that the register counts between the stay before and this one."""
    away = stay.inmate.times_at_large.exclude(reason=TimeAtLarge.Reason.ESCAPE)
    return away.filter(day_after_last=_day(stay), first_day__lte=_day(stay))


def _liberty_after(stay):
    """The same between this one, where it has ended, and the stay after."""
    if stay.released_at is None or stay.next_stay is None:
        return []
    away = stay.inmate.times_at_large.exclude(reason=TimeAtLarge.Reason.ESCAPE)
    return away.filter(first_day=timezone.localdate(stay.released_at), day_after_last=_day(stay.next_stay))


def _stay_before(stay):
    return stay.inmate.admissions.filter(admitted_at__lt=stay.admitted_at).order_by("-admitted_at").first()


# What it wrote, and what writing it back means


def _undone(stay):
    now = clock.now()
    gone = {"annulled_at": now}
    steps = [(stay, gone)]
    for place in stay.placements.all():
        runs = place.during.upper is None
        ended = {"during": DateTimeTZRange(place.during.lower, now, "[)")} if runs else {}
        steps.append((place, gone | ended))
    steps += [(one, gone) for one in [*stay.legal_statuses.all(), *stay.registration_numbers.all(), stay.order]]
    case = _own_case(stay)
    if case is None and stay.order.case is not None and stay.order.case.on_remand:
        steps.append((stay.order.case, {"on_remand": False}))  # ordered again at the admission, in a case known before
    if case is not None:
        steps.append((case, gone))
        for sentence in case.sentences.all():
            steps += [(sentence, gone), *((period, gone) for period in sentence.remand_periods.all())]
    steps += _liberty_without(stay)
    closed = {"done_at": now, "done_note": sayings.WITH_ITS_ADMISSION.mark}
    steps += [(task, closed) for task in stay.inmate.tasks.open().filter(stay.since("raised_at"))]
    steps += _with_it(stay)
    return steps if stay.next_stay else [*steps, (stay.inmate, _columns_without(stay))]


def _with_it(stay):
    """What of the rooms above goes with the stay."""
    return [step for undo in hooks.admission_undone for step in undo(stay)]


def _liberty_without(stay):
    """Without a stay in between, the days at liberty before it and after it are one time, or none where no stay came before."""
    gone = {"annulled_at": clock.now()}
    before, after = list(_liberty_before(stay)), list(_liberty_after(stay))
    if before and after:
        (one, *_others), last = before, max(away.day_after_last for away in after)
        return [(away, gone) for away in after] + [(one, {"day_after_last": last})]
    if before and stay.next_stay:  # which began on the day on which this one ended: nothing was kept of it
        return [(before[0], {"day_after_last": _day(stay.next_stay)})]
    if after and (earlier := _stay_before(stay)):
        reason = BETWEEN.get(earlier.ground, TimeAtLarge.Reason.LIBERTY)
        return [(after[0], {"first_day": timezone.localdate(earlier.released_at), "reason": reason})]
    return [(away, gone) for away in [*before, *after]]


def _columns_without(stay):
    """What the person's row says without the stay: as the stay before left it, or as somebody never admitted."""
    inmate, before = stay.inmate, _stay_before(stay)
    if before is None:
        nothing = {"registration_number": "", "legal_status": "", "admitted_on": None}
        return nothing | {"status": Inmate.Status.NOT_ADMITTED, "unit": None, "next_review_on": None}
    place = before.placements.order_by("-during").first()
    number = inmate.registration_numbers.exclude(admission=stay).order_by("-admission__admitted_at", "-id").first()
    status = before.legal_statuses.order_by("-starts_on").first()
    dead = before.ground == Admission.Ground.DEATH
    return {
        "status": Inmate.Status.DECEASED if dead else Inmate.Status.RELEASED,
        "facility": place.facility if place else before.facility,
        "unit": None,
        "registration_number": number.number if number else "",
        "legal_status": status.status if status else "",
        "admitted_on": _day(before),
        "next_review_on": None,
    }


def _hangs(stay):
    """What hangs on the stay, of any room, by kind: each is put right by itself before the admission goes."""
    found, goes = [], {}
    for record, _values in _with_it(stay):
        goes.setdefault(type(record), []).append(record.pk)
    for relation in Admission._meta.related_objects:
        model = relation.related_model
        if model not in WRITTEN_WITH_IT and not issubclass(model, HistoryRow):
            found.append(
                model._default_manager.filter(**{relation.field.name: stay}).exclude(pk__in=goes.get(model, []))
            )
    inmate, since = stay.inmate, stay.since
    found.append(inmate.transfers.filter(since("proposed_at")))
    orders = inmate.detention_orders.exclude(pk=stay.order_id).filter(since("issued_on", day=True))
    found.append(orders.exclude(admission__in=inmate.admissions.all()))
    found.append(inmate.pardons.filter(since("recorded_at"), state__in=PARDONS))
    found.append(_other_cases(stay))
    case = _own_case(stay)
    if case is not None:
        found += _in_the_case(case)
    elif stay.order.case is not None:
        found.append(stay.order.case.sentences.filter(pronounced_on__gte=_day(stay)))
    if case is not None and stay.next_stay is not None:  # the stay after may rest on them
        found += [case.sentences.standing(), case.detention_orders.exclude(pk=stay.order_id)]
    found += [rows for find in hooks.admission_hangs for rows in find(stay)]
    return list(dict.fromkeys(str(rows.model._meta.verbose_name) for rows in found if rows.exists()))


def _other_cases(stay):
    """Cases beside that of the admission that came with the stay, as far as the register knows."""
    others = stay.inmate.cases.exclude(pk=stay.order.case_id)
    if stay.next_stay is not None:
        return others.filter(
            pk__in=[case.pk for case in others if _recorded(stay) <= _recorded(case) < _recorded(stay.next_stay)]
        )
    return others.filter(on_remand=True) if _stay_before(stay) else others


def _own_case(stay):
    """The case that was entered with the admission; None where its order is of none, or of one that was known before."""
    case = stay.order.case
    return case if case is None or _stay_before(stay) is None or not _known_before(case, stay) else None


def _known_before(case, stay):
    """Whether a case was recorded before a stay; what was in one transaction is told apart by what was done first."""
    known, admitted = _recorded(case), _recorded(stay)
    if known and admitted and known != admitted:
        return known < admitted
    opened, entered = _first_said("case.opened", case), _first_said("inmate.admitted", stay)
    return bool(opened and entered and opened < entered)


def _first_said(verb, record):
    """The key of the event that says of a record that it was made, or None."""
    said = Event.objects.filter(verb=verb, object_type=record._meta.label_lower, object_id=str(record.pk))
    return said.order_by("id").values_list("id", flat=True).first()


def _recorded(record):
    """When a record was made."""
    return record.events.order_by("pgh_id").values_list("pgh_created_at", flat=True).first()


def _in_the_case(case):
    """What stands in the case of the admission beside its own judgment."""
    sentences = case.sentences.all()
    return [
        case.court_appeals.all(),
        case.fines.all(),
        case.sentences.exclude(replaced_on=None),
        Adjustment.objects.filter(sentence__in=sentences),
        Pardon.objects.filter(sentence__in=sentences, state__in=PARDONS),
    ]


def _stays(stay):
    if stay.released_at is not None and stay.next_stay is None:
        return _("It ended with a release: the release is taken back first.")
    if what := _hangs(stay):
        return _("Put right or annul first what hangs on this stay: %(what)s.") % {"what": listed(what)}
    return ""


def _foretold(stay):
    lines = [_("Place, legal status, number and detention order go with it.")]
    case = _own_case(stay)
    if case is not None:
        lines.append(_("Case %(number)s goes with it.") % {"number": case})
        lines += [_("Stands no longer: %(sentence)s.") % {"sentence": sentence} for sentence in case.sentences.all()]
    if stay.next_stay is not None:
        lines.append(_("The stay that began on %(day)s stands.") % {"day": day_text(_day(stay.next_stay))})
    elif _stay_before(stay) is None:
        lines.append(_("The person stays on the register, as not admitted."))
    else:
        lines.append(_("The person is at liberty, as the stay before ended."))
    return lines


# Its day


def _moved(stored, stay):
    """Another day or hour: after the stay before, and before anything that happened in this one. What follows it moves along."""
    if stay.admitted_at == stored.admitted_at:
        return
    if message := _why_not(stored, stay):
        raise ValidationError({"admitted_at": message})
    was, day = _day(stored), _day(stay)
    place = stored.placements.order_by("during").first()
    place.during = DateTimeTZRange(stay.admitted_at, place.during.upper, "[)")
    place.save()
    status = stored.legal_statuses.order_by("starts_on").first()
    if status.starts_on == was or status.starts_on < day:
        status.starts_on = day
        status.save()
    stored.registration_numbers.filter(given_on=was).update(given_on=day)
    for away in _liberty_before(stored):
        away.day_after_last = day
        away.save()


def _why_not(stored, stay):
    before = _stay_before(stored)
    if stay.admitted_at > clock.now():
        return _("The admission lies in the future.")
    if before is not None and stay.admitted_at <= before.released_at:
        return _("The stay before had not ended.")
    if stay.inmate.birth_date and stay.inmate.birth_date >= _day(stay):
        return _("Born after the admission.")
    first = stored.placements.order_by("during").first()
    status = stored.legal_statuses.order_by("starts_on").first()
    out = stored.outings.exclude(left_at=None).order_by("left_at").values_list("left_at", flat=True).first()
    happened = [moment for moment in (first.during.upper, out, stored.released_at) if moment is not None]
    if any(stay.admitted_at >= moment for moment in happened) or (status.ends_on and _day(stay) >= status.ends_on):
        return _("Something in this stay happened before that day.")
    if stay.order.expires_on and stay.order.expires_on < _day(stay):
        return _("The order had expired before the admission.")
    return ""


def _again(stay, by):
    """Everything that reads the stay follows."""
    inmate = stay.inmate
    if stay.annulled_at is None and not inmate.admissions.filter(admitted_at__gt=stay.admitted_at).exists():
        Inmate.objects.filter(pk=inmate.pk).update(admitted_on=_day(stay))
    if stay.annulled_at is None:
        count_liberty_between_stays(inmate, by=by)
    recompute_on_new_facts(Inmate.objects.get(pk=inmate.pk), cause=CAUSE, by=by)
    sentences.judged(inmate, clock.today(), by=by, lost=True)
    if stay.annulled_at is None:
        return
    for react in hooks.after_admission_undone:
        react(inmate, stay, by=by)
    if stay.next_stay is None:
        settle_all(inmate, by=by)
    else:
        settle(Alert.Kind.RELEASE_DISPUTED, f"stay:{stay.pk}", by=by)
    for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL):
        said = sayings.NEVER_ADMITTED(day=_day(stay))
        raise_alert(inmate, Alert.Kind.ADMISSION_UNDONE, audience, f"stay:{stay.pk}", said, facility=stay.facility)


def _words(stay):
    return f"{stay.facility} · {day_text(_day(stay))}"


def register():
    """Put it among what may be corrected."""
    corrections.register(
        Correctable(
            "admission",
            Admission,
            ("admitted_at",),
            "inmates.admit",
            name=gettext_lazy("admission"),
            undo=_undone,
            refuse=_stays,
            check=_moved,
            after=_again,
            describe=_words,
            foretold=_foretold,
            always=("stay",),
        ),
    )
