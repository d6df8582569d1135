"""Every address of the service."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("inmates/", include("inmates.urls")),
    path("facilities/", include("inmates.facility_urls")),
    path("musalaha/", include("musalaha.urls")),
    path("audit/", include("reports.trail_urls")),
    path("", include("reports.urls")),
]

handler404 = "core.views.not_found"
