"""`manage.py rotate_field_keys`: write every encrypted value anew under the first of `FIELD_KEYS`."""

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from accounts.models import KeptForm
from core import encryption, sealing
from core.fields import DigestField


class Command(BaseCommand):
    """Put a new key in front of `FIELD_KEYS`, run this, then take the old one away.

    Digests that `LOOKUP_KEY` no longer gives are worked out anew too: for the day on which that key had to change.
    """

    help = "Encrypts anew, under the first of FIELD_KEYS, what stands encrypted under an older one."

    @transaction.atomic
    def handle(self, **options):
        """All or nothing."""
        secrets = Authenticator.objects.select_for_update().filter(type=Authenticator.Type.TOTP)
        forms = KeptForm.objects.select_for_update()
        try:
            for one in secrets:
                one.data["secret"] = encryption.rotate(one.data["secret"])
                one.save(update_fields=["data"])
            for one in forms:
                one.sealed = encryption.rotate(one.sealed)
                one.save(update_fields=["sealed"])
            values = sealing.rewrite(encryption.rotate, why="rotate_field_keys")
            digests = sum(sealing.follow(model, field) for model, field in _digests())
        except InvalidToken as error:
            raise CommandError(
                "A value opens with none of FIELD_KEYS: a key is missing. Nothing was changed."
            ) from error
        except (IntegrityError, PermissionDenied) as error:
            raise CommandError(
                "The owner of the database runs this (DATABASE_OWNER_URL). Nothing was changed."
            ) from error
        self.stdout.write(
            f"{len(secrets)} second factors, {len(forms)} kept forms and {values} rows of the register and its history"
            f" stand under the first key; {digests} digests were worked out anew."
        )


def _digests():
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, DigestField) and not hasattr(model, "pgh_tracked_model")
    ]
