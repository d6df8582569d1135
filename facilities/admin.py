"""Prisons, units and regimes in the Django admin."""

from django.contrib import admin

from facilities.models import Facility, Regime, Region, Unit


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    list_display = ["code", "name_fr", "name_ar"]
    search_fields = ["code", "name_fr", "name_ar"]


@admin.register(Facility)
class FacilityAdmin(admin.ModelAdmin):
    list_display = ["code", "name_fr", "name_ar", "region", "kind", "system", "holds_men", "holds_women", "closed_on"]
    list_filter = ["region", "kind", "system"]
    search_fields = ["code", "name_fr", "name_ar"]


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = [
        "facility",
        "name",
        "purpose",
        "system",
        "sex",
        "tiers",
        "working_capacity",
        "certified_capacity",
        "closed_on",
    ]
    list_filter = ["facility", "purpose", "system", "sex"]
    search_fields = ["name", "facility__code"]


@admin.register(Regime)
class RegimeAdmin(admin.ModelAdmin):
    list_display = [
        "tier",
        "hours_out_of_cell",
        "hours_contact",
        "visits_per_month",
        "calls_per_week",
        "review_interval_days",
    ]
