"""`manage.py rotate_field_keys`: write every encrypted value anew under the first of `FIELD_KEYS`."""

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from accounts.models import KeptForm
from core import encryption


class Command(BaseCommand):
    """Put a new key in front of `FIELD_KEYS`, run this, then take the old one away."""

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
        except InvalidToken as error:
            raise CommandError(
                "A value opens with none of FIELD_KEYS: a key is missing. Nothing was changed."
            ) from error
        except IntegrityError as error:
            raise CommandError(
                "The owner of the database runs this (DATABASE_OWNER_URL). Nothing was changed."
            ) from error
        self.stdout.write(f"{len(secrets)} second factors and {len(forms)} kept forms stand under the first key.")
