"""Addresses of the import of a prison's register."""

from django.urls import path

from inmates.register_import import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/pending/<uuid:uuid>/", views.preview, name="import_preview"),
    path("imports/pending/<uuid:uuid>/rest/", views.preview_rest, name="import_preview_rest"),
    path("imports/<uuid:uuid>/", views.report, name="import_report"),
    path("imports/<uuid:uuid>/rest/", views.report_rest, name="import_report_rest"),
]
