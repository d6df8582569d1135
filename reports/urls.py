"""Addresses of the first page, the profile and the statistics."""

from django.urls import include, path

from reports import as_of, capacity_page, figure_pages, profile, statistics_pages, today

reports = [
    path("statistics/", statistics_pages.page, name="statistics"),
    path("statistics/cross/", figure_pages.cross, name="cross"),
    path("statistics/flows/", figure_pages.flows, name="flows"),
    path("statistics/months/", figure_pages.months, name="months"),
    path("capacity/", capacity_page.page, name="capacity"),
    path("prisons/<slug:code>/", as_of.prison_as_of, name="prison_as_of"),
]

urlpatterns = [
    path("", today.today, name="today"),
    path("inmates/<uuid:uuid>/", profile.profile, name="profile"),
    path("inmates/<uuid:uuid>/timeline/", profile.timeline, name="timeline"),
    path("reports/", include((reports, "reports"))),
]
