"""Forms that came too late: kept for their writer, opened by nobody else."""

import json

from django.db import transaction
from django.utils import timezone

from accounts.models import KeptForm
from accounts.models.kept_forms import LARGEST, LASTS, MOST
from audit import trail
from core import encryption

NOT_TYPED = ("csrfmiddlewaretoken", "kept_form", "who_password", "who_credential")


def typed(post):
    """`[[name, values], ...]` of what a form holds besides its token and what says who one is."""
    return [[name, values] for name, values in post.lists() if name not in NOT_TYPED]


@transaction.atomic
def keep(*, path, fields, files, by):
    """Keep what was sent to `path`. Returns None where there is nothing in it, or more than any form of ours holds."""
    if not any(value.strip() for _name, values in fields for value in values) and not files:
        return None
    content = json.dumps({"fields": fields, "files": files})
    if len(content) > LARGEST:
        return None
    KeptForm.objects.filter(kept_at__lt=timezone.now() - LASTS).delete()
    room = KeptForm.objects.filter(user=by).order_by("-kept_at").values_list("pk", flat=True)[MOST - 1 :]
    KeptForm.objects.filter(pk__in=list(room)).delete()
    kept = KeptForm.objects.create(user=by, path=path[:500], sealed=encryption.encrypt(content))
    trail.record("kept_form.kept", by=by, obj=kept, detail={"path": path[:200]})
    return kept


def opened(kept):
    """`(fields, files)` of a kept form."""
    content = json.loads(encryption.decrypt(kept.sealed))
    return content["fields"], content["files"]


@transaction.atomic
def discard(kept, *, by):
    """Throw it away, or say that it was sent."""
    KeptForm.objects.filter(pk=kept.pk, user=by).delete()
    trail.record("kept_form.gone", by=by, detail={"path": kept.path[:200]})
