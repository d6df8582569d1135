"""Absences of transfers kept the prison as its French name: it becomes the prison, where the name is one."""

from django.db import migrations


def name_the_prison(apps, schema_editor):
    """The prison of the transfer that left at that moment, else the one of that name; an unknown name stays."""
    Outing, Transfer = apps.get_model("inmates", "Outing"), apps.get_model("inmates", "Transfer")
    Facility = apps.get_model("facilities", "Facility")
    named = {}
    for facility in Facility.objects.order_by("pk"):
        named.setdefault(facility.name_fr, facility.pk)
    for outing in Outing.objects.filter(kind="transfer", destination=None).exclude(place=""):
        left = Transfer.objects.filter(inmate_id=outing.inmate_id, departed_at=outing.left_at).first()
        destination = left.destination_id if left else named.get(outing.place)
        if destination:
            Outing.objects.filter(pk=outing.pk).update(destination_id=destination, place="")


def write_the_name(apps, schema_editor):
    """The way back: the French name."""
    Outing = apps.get_model("inmates", "Outing")
    for outing in Outing.objects.exclude(destination=None).select_related("destination"):
        Outing.objects.filter(pk=outing.pk).update(destination=None, place=outing.destination.name_fr[:120])


class Migration(migrations.Migration):

    dependencies = [
        ('inmates', '0031_where_a_transfer_leads'),
    ]

    operations = [migrations.RunPython(name_the_prison, write_the_name)]
