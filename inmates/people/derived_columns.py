"""The digest of an identity card number, proved against the number itself."""

from core import encryption
from inmates.people.models import Inmate


def disagreements():
    """`(uuid, column, stored, derived)` of each person whose digest is not that of their number; both as digests."""
    people = Inmate.objects.exclude(cin=None).values_list("uuid", "cin", "cin_digest")
    for uuid, cin, stored in people.iterator(chunk_size=5000):
        if stored != (derived := encryption.digest(cin)):
            yield uuid, "cin_digest", stored, derived
