"""What users choose for themselves: the language."""

from django.db import transaction

from accounts.models import User


@transaction.atomic
def choose_language(*, language, by):
    """Keep the language in which this user works."""
    User.objects.filter(pk=by.pk).update(language=language)
