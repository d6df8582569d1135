"""Changes to accounts: one administrator asks, another approves, the database makes it. Closing one needs no second."""

import unicodedata

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts import credentials, roles
from accounts.models import AccountChange, Posting, User
from audit import trail
from core.workflow import ensure, lock, say_more, transition

Kind, State = AccountChange.Kind, AccountChange.State
PERSON = ("first_name", "last_name", "language", "qualification")


def as_it_is(user):
    """A person, their roles and scope, as a change of access holds them."""
    return {name: getattr(user, name) for name in PERSON} | {
        "username": user.username,
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "national": user.national,
    }


@transaction.atomic
def ask_new(*, access, posting, reason, by):
    """Ask for a new account. `access`: as `as_it_is` gives it; `posting`: `{facility, starts_on, ends_on}` or None.

    Raises ValidationError for a user name that is taken, and for roles that exclude each other or lack a place.
    """
    by.require("accounts.ask_change")
    _check_names(access)
    if User.objects.filter(username__iexact=access["username"]).exists() or _wanted(access["username"]):
        raise ValidationError({"username": _("This user name is taken.")})
    check_roles(access["roles"], national=access["national"], posted=posting is not None)
    after = {**access, "posting": _stored(posting)} if posting else dict(access)
    return _ask(Kind.NEW, None, {}, after, reason, by)


@transaction.atomic
def ask_access(user, *, access, reason, by):
    """Ask for other roles, another scope or a name put right. Raises ValidationError where nothing differs."""
    by.require("accounts.ask_change")
    user = lock(user)
    before = as_it_is(user)
    _check_names({name: access[name] for name in PERSON if access[name] != before[name]})
    after = {**access, "username": user.username}
    if before == after:
        raise ValidationError(_("Nothing differs from what is recorded."))
    check_roles(after["roles"], national=after["national"], posted=user.postings.exists())
    return _ask(Kind.ACCESS, user, before, after, reason, by)


@transaction.atomic
def ask_posting(user, *, facility, starts_on, ends_on=None, reason, by):
    """Ask for a posting in a prison, from a day until (not including) another."""
    by.require("accounts.ask_change")
    user = lock(user)
    posting = {"facility": facility, "starts_on": starts_on, "ends_on": ends_on}
    if user.postings.filter(facility=facility).current(starts_on).exists():
        raise ValidationError({"facility": _("A posting there is in force on that day.")})
    return _ask(Kind.POSTING, user, {}, {"posting": _stored(posting)}, reason, by)


@transaction.atomic
def ask_posting_end(posting, *, ends_on, reason, by):
    """Ask for the end of a posting: the first day that is no longer served."""
    by.require("accounts.ask_change")
    user = lock(posting.user)
    posting.refresh_from_db()
    if ends_on <= posting.starts_on:
        raise ValidationError({"ends_on": _("A posting ends after it began.")})
    before = _stored({"facility": posting.facility, "starts_on": posting.starts_on, "ends_on": posting.ends_on})
    after = {**before, "ends_on": ends_on.isoformat()}
    if before == after:
        raise ValidationError(_("Nothing differs from what is recorded."))
    number = {"number": posting.pk}
    return _ask(Kind.POSTING_END, user, {"posting": before | number}, {"posting": after | number}, reason, by)


@transaction.atomic
def ask_reset(user, *, identified, reason, by):
    """Ask for a new password and second factor: who lost one, or fears that somebody else has it.

    `identified`: how the administrator made sure who that is (`AccountChange.Identified`).
    """
    by.require("accounts.ask_change")
    user = lock(user)
    ensure(user.is_active, _("This account is closed: ask to enable it again, which starts it anew."))
    return _ask(Kind.RESET, user, {}, _identified(identified), reason, by)


@transaction.atomic
def ask_factor(user, *, identified, reason, by):
    """Ask for a new second factor alone: who lost the key. The password stays, every session ends."""
    by.require("accounts.ask_change")
    user = lock(user)
    ensure(user.is_active, _("This account is closed: ask to enable it again, which starts it anew."))
    return _ask(Kind.FACTOR, user, {}, _identified(identified), reason, by)


@transaction.atomic
def ask_night_code(facility, *, reason, by):
    """Ask for a sealed code for a prison's safe. The one that lies there opens nothing once this is made."""
    by.require("accounts.ask_change")
    waiting = AccountChange.objects.waiting().filter(kind=Kind.NIGHT_CODE, after__facility=facility.pk)
    ensure(not waiting.exists(), _("Such a change waits for a second administrator already."))
    return _ask(Kind.NIGHT_CODE, None, {}, {"facility": facility.pk}, reason, by)


@transaction.atomic
def ask_enable(user, *, identified, reason, by):
    """Ask to open a closed account again. It starts anew: with a new password and second factor."""
    by.require("accounts.ask_change")
    user = lock(user)
    ensure(not user.is_active, _("This account is open."))
    after = {"is_active": True} | _identified(identified)
    return _ask(Kind.ENABLE, user, {"is_active": False}, after, reason, by)


def _ask(kind, subject, before, after, reason, by):
    _say_why(reason)
    ensure(subject is None or subject.pk != by.pk, _("Nobody asks for a change to their own account."))
    if kind in AccountChange.ONE_AT_A_TIME:
        waiting = AccountChange.objects.waiting().filter(subject=subject, kind=kind)
        ensure(not waiting.exists(), _("Such a change waits for a second administrator already."))
    change = AccountChange(kind=kind, subject=subject, before=before, after=after, reason=reason, asked_by=by)
    _save(change, by)
    _tell("account.change_asked", change, by)
    return change


@transaction.atomic
def approve(change, *, by):
    """Approve what another administrator asked for; the database makes it. Raises InvalidTransition if the account changed."""
    change = lock(change)
    subject = lock(change.subject) if change.subject_id else None
    transition(change, State.APPROVED, by=by)
    ensure(
        _is_as_it_was(change, subject),
        _("The account changed after this was asked for. Nothing was changed; ask for it again."),
    )
    _save(change, by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_make_change(%s)", [change.pk])
    change.refresh_from_db()
    _tell("account.change_approved", change, by)
    if change.kind == Kind.CLOSE:
        _tell_closed(change.subject, change.reason, by)
    return change


def _is_as_it_was(change, subject):
    """Whether the account still says what the change was asked for on; the user is locked, and with them their postings."""
    if change.kind == Kind.ACCESS:
        return as_it_is(subject) == change.before
    if change.kind == Kind.POSTING_END:
        ends_on = Posting.objects.get(pk=change.before["posting"]["number"]).ends_on
        return (ends_on.isoformat() if ends_on else None) == change.before["posting"]["ends_on"]
    return True


@transaction.atomic
def refuse(change, *, reason, by):
    """Refuse what another administrator asked for, with the reason."""
    change = lock(change)
    transition(change, State.REFUSED, by=by)
    _say_why(reason)
    change.refusal = reason
    _save(change, by)
    _tell("account.change_refused", change, by)
    return change


@transaction.atomic
def withdraw(change, *, by):
    """Take back what one asked for oneself."""
    change = lock(change)
    transition(change, State.WITHDRAWN, by=by)
    _save(change, by)
    _tell("account.change_withdrawn", change, by)
    return change


@transaction.atomic
def disable(user, *, reason, by):
    """Close an account. It takes one administrator and works at once: every session of it ends with it.

    But for the last inspector in office, and the last administrator beside `by`: that waits for another administrator's
    approval, and the `AccountChange` is returned. Raises InvalidTransition where there is nobody who could approve.
    """
    by.require("accounts.ask_change")
    user = lock(user)
    ensure(user.pk != by.pk, _("Nobody closes their own account."))
    ensure(user.is_active, _("This account is closed."))
    _say_why(reason)
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_needs_two_to_close(%s, %s)", [user.pk, by.pk])
        needs_two = cursor.fetchone()[0]
    if needs_two:
        ensure(
            _others_in_office(user, by),
            _(
                "This is the last of its kind, and nobody but you could approve that it is closed. Make another account first."
            ),
        )
        return _ask(Kind.CLOSE, user, {"is_active": True}, {"is_active": False}, reason, by)
    with credentials.vouched(credentials.OWN_CHANGE, by), connection.cursor() as cursor:
        cursor.execute("SELECT accounts_close(%s)", [user.pk])
    _tell_closed(user, reason, by)
    return None


def _others_in_office(user, by):
    """Whether there is an administrator beside the two."""
    rest = User.objects.filter(is_active=True, groups__name=roles.SYSADMIN).exclude(
        password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    return rest.exclude(pk__in=[user.pk, by.pk]).exists()


def _tell_closed(user, reason, by):
    """The trail; from there inspectors and the national office are told of whom it matters (`accounts.closed`)."""
    held = sorted(user.groups.values_list("name", flat=True))
    places = [posting.facility_id for posting in user.current_postings]
    detail = {"username": user.username, "reason": reason, "roles": held}
    trail.record("account.closed", by=by, facility=places[0] if places else None, obj=user, detail=detail)


def check_roles(names, *, national, posted):
    """Raise ValidationError for roles that exclude each other, for none, and for a scope that does not fit them."""
    if not names:
        raise ValidationError({"roles": _("Choose a role.")})
    for first, second in sorted(roles.incompatible()):
        if first in names and second in names:
            pair = {"first": roles.LABELS[first], "second": roles.LABELS[second]}
            raise ValidationError({"roles": _("Nobody is both: %(first)s and %(second)s.") % pair})
    if national and not roles.NATIONAL.issuperset(names):
        raise ValidationError({"national": _("These roles serve in a prison and have no national scope.")})
    placeless = {roles.SYSADMIN}.issuperset(names)
    if not national and not posted and not placeless:
        raise ValidationError({"facility": _("Say in which prison, or give national scope.")})


def _check_names(access):
    """Raise ValidationError for names that look like others: invisible signs, turned directions, wide letters."""
    for name in ("username", "first_name", "last_name"):
        value = access.get(name, "")
        hidden = any(unicodedata.category(letter).startswith("C") for letter in value)
        if hidden or (name == "username" and unicodedata.normalize("NFKC", value) != value):
            raise ValidationError({name: _("Type it with plain letters, without invisible signs.")})


def _wanted(username):
    """Whether a new account of this name waits for approval."""
    return AccountChange.objects.waiting().filter(kind=Kind.NEW, after__username__iexact=username).exists()


def _save(change, by):
    """Write what somebody asks for or decides; the database wants it vouched for."""
    with credentials.vouched(credentials.OWN_CHANGE, by):
        change.save()


def _identified(how):
    """How the person was identified, as a change holds it."""
    if how not in AccountChange.Identified.values:
        raise ValidationError({"identified": _("Say how you made sure who it is.")})
    return {"identified": str(how)}


def _say_why(reason):
    if refusal := say_more(reason):
        raise ValidationError({"reason": refusal})


def _stored(posting):
    return {
        "facility": posting["facility"].pk,
        "starts_on": posting["starts_on"].isoformat(),
        "ends_on": posting["ends_on"].isoformat() if posting["ends_on"] else None,
    }


def _tell(verb, change, by):
    detail = {"kind": change.kind, "username": change.username, "before": change.before, "after": change.after}
    if change.state == State.ASKED:
        detail["reason"] = change.reason
    elif change.state == State.REFUSED:
        detail["reason"] = change.refusal
    trail.record(verb, by=by, obj=change, detail=detail)
