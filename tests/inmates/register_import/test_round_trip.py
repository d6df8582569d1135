"""What is exported can be imported again, and gives the same records."""

from django.core.management import call_command
from django.urls import reverse

from inmates.custody.models import Admission, DetentionOrder, LegalStatusPeriod, Placement, RegistrationNumber
from inmates.people.models import ImportBatch, Inmate, Task
from inmates.people.models.name_tokens import WrittenNames
from inmates.people.register_export import row_for, with_sources
from inmates.sentences.models import Case, ReleaseComputation, Sentence
from tests.factories import NEEDS_TO_KNOW
from tests.inmates.register_import.sheets import SAMPLE

# Whatever hangs on a person, leaves first.
HANGING = (
    ImportBatch, Task, ReleaseComputation, Placement, LegalStatusPeriod, RegistrationNumber, Admission,
    DetentionOrder, Sentence, Case, WrittenNames, Inmate,
)  # fmt: skip


def lines():
    """What the register holds of everybody, by registration number."""
    return [row_for(NEEDS_TO_KNOW)(person) for person in with_sources(Inmate.objects.order_by("registration_number"))]


def test_export_and_import_give_the_same_register(client, officer, prison, tmp_path):
    register = ["import_register", "--facility", "sale-2", "--commit", "--by", "officer", "--format", "json"]
    call_command(*register, str(SAMPLE), "--skip-invalid")
    Inmate.objects.filter(registration_number="45000").update(nationality="FR", second_nationality="MA")
    before = lines()
    client.force_login(officer)
    path = tmp_path / "register.xlsx"
    path.write_bytes(client.get(reverse("inmates:export"), {"format": "register"}).content)
    for model in HANGING:
        model.objects.all().delete()
    call_command(*register, str(path))
    assert len(before) == 216
    assert lines() == before
