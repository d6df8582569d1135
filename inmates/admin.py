"""Offences and organisations in the Django admin; people's records are never edited there."""

from django.contrib import admin

from inmates.people.models import Organisation
from inmates.sentences.models import Offence


@admin.register(Offence)
class OffenceAdmin(admin.ModelAdmin):
    list_display = [
        "law",
        "code",
        "article",
        "label",
        "min_years",
        "max_years",
        "terrorism",
        "valid_from",
        "valid_until",
        "to_check",
    ]
    list_filter = ["law", "terrorism", "to_check"]
    search_fields = ["article", "label", "label_fr", "label_ar"]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "name_ar"]
    search_fields = ["name", "name_ar"]
