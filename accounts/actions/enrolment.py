"""Choosing a password with two codes, one from each administrator: neither of them alone can become the user.

The codes are made from the service's secret and the change's number. They are stored nowhere: who steals the database has
none of them, and each administrator is shown the one that is theirs.
"""

import base64

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import credentials
from accounts.models import AccountChange
from audit import signed_context, trail
from core.workflow import lock


def paper_code(change):
    """The code on the letter that the approving administrator prints: 16 letters and digits in groups of four."""
    return code_of("accounts.enrolment.paper", change, 10)


def spoken_code(change):
    """The code that the asking administrator tells the user: 8 letters and digits in groups of four."""
    return code_of("accounts.enrolment.spoken", change, 5)


def code_of(salt, record, size):
    """A code of `size` bytes made from the service's secret and the record's own number, in groups of four."""
    digest = salted_hmac(salt, str(record.uuid), algorithm="sha256").digest()[:size]
    text = base64.b32encode(digest).decode()
    return "-".join(text[n : n + 4] for n in range(0, len(text), 4))


def plain(code):
    """A code as typed: any case, with or without its dashes; 0 and 1 are read as the letters they look like."""
    return "".join(code.upper().split()).replace("-", "").replace("0", "O").replace("1", "I")


@transaction.atomic
def enrol(*, username, paper, spoken, password, address=""):
    """Give the account its password. Returns the user, or None where the codes open nothing; such tries are counted, and
    recorded with the `address` they came from.

    After five failed tries the codes are spent, and the reset has to be asked for again.
    """
    tried = {"tried": username[:150], "address": address}
    change = AccountChange.objects.enrolling().filter(subject__username=username, subject__is_active=True).first()
    if change is None:
        trail.refused("account.enrolled", by=None, detail=tried)
        return None
    change, user = lock(change), lock(change.subject)
    if change.enrolled_at or change.tries >= AccountChange.MOST_TRIES:
        return None
    right = [
        constant_time_compare(plain(typed), plain(code))
        for typed, code in ((paper, paper_code(change)), (spoken, spoken_code(change)))
    ]
    if not all(right):
        change.tries += 1
        change.save(update_fields=["tries"])
        trail.refused("account.enrolled", by=None, obj=change, detail=tried)
        return None
    credentials.enrol(change, user, password)
    with signed_context.in_the_name_of(user):
        trail.record("account.enrolled", by=user, obj=change)
    return user
