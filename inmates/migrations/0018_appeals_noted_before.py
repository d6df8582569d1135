"""Appeals noted on sentences enter the register of appeals, by whom is not known; several sentences of a case get counts."""

from django.db import migrations


def enter(apps, schema_editor):
    """One open appeal for each case under appeal; where the judgment is final by now, no answer is waited for."""
    CourtAppeal = apps.get_model("inmates", "CourtAppeal")
    Sentence = apps.get_model("inmates", "Sentence")
    standing = Sentence.objects.filter(quashed_on=None).order_by("case_id", "pronounced_on", "id")
    last = count = None
    for sentence in standing.only("pk", "case_id"):
        count = count + 1 if sentence.case_id == last else 1
        last = sentence.case_id
        if count > 1:
            Sentence.objects.filter(pk=sentence.pk).update(count=count)
    waiting = {}
    for sentence in standing.filter(appealed_on__isnull=False, final_on=None).select_related("case", "inmate"):
        waiting[sentence.case_id] = CourtAppeal(
            case=sentence.case,
            judgment=sentence,
            facility_id=sentence.inmate.facility_id,
            kind="appeal",
            noted_on=sentence.appealed_on,
            court=sentence.case.court or "-",
        )
    CourtAppeal.objects.bulk_create(waiting.values(), batch_size=1000)


def leave(apps, schema_editor):
    """The day goes back to the sentence; the counts stay."""
    CourtAppeal = apps.get_model("inmates", "CourtAppeal")
    Sentence = apps.get_model("inmates", "Sentence")
    for appeal in CourtAppeal.objects.exclude(judgment=None).exclude(noted_on=None):
        Sentence.objects.filter(pk=appeal.judgment_id).update(appealed_on=appeal.noted_on)
    CourtAppeal.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("inmates", "0017_appeals_against_judgments"),
    ]

    operations = [
        migrations.RunPython(enter, leave),
    ]
