"""`manage.py check_documents`: whether each stored file is there and unchanged, and whether others lie beside them."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents.models import StoredFile

PART = 1024 * 1024


class Command(BaseCommand):
    help = "Compare the stored files with what is recorded of them: missing, changed, stray. Exit code 1 where any is."

    def add_arguments(self, parser):
        parser.add_argument("--ignore-stray", action="store_true", help="other files are told of and no fault")

    def handle(self, *args, ignore_stray, **options):
        faults, known, folder = [], set(), Path(settings.MEDIA_ROOT)
        for stored in StoredFile.objects.order_by("pk").iterator(1000):
            path = folder / stored.file.name
            known.add(path)
            if not path.is_file():
                faults.append(f"missing: document {stored.pk}")
            elif path.stat().st_size != stored.size or _digest(path) != stored.sha256:
                faults.append(f"changed: document {stored.pk}")
        there = (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()
        stray = [f"stray: {path.relative_to(folder)}" for path in sorted(set(there) - known)]
        if ignore_stray:
            self.stdout.write("\n".join(stray))
        else:
            faults += stray
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{len(known)} documents, each there and unchanged.")


def _digest(path):
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(PART):
            found.update(part)
    return found.hexdigest()
