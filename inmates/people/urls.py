"""Addresses of people: list, search, identity, intake, duplicates."""

from django.urls import path

from inmates.people import identity_views, views

urlpatterns = [
    path("", views.people_list, name="list"),
    path("export/", views.people_export, name="export"),
    path("search/", views.search, name="search"),
    path("search/hits/", views.search_hits, name="search_hits"),
    path("<uuid:uuid>/identity/", identity_views.tab, name="tab_identity"),
    path("<uuid:uuid>/identity/edit/", identity_views.edit, name="edit"),
    path("<uuid:uuid>/identity/history/", identity_views.history, name="history"),
    path("<uuid:uuid>/dossier/", identity_views.dossier, name="dossier"),
    path("<uuid:uuid>/photo/", identity_views.photo, name="photo"),
    path("<uuid:uuid>/photo/change/", identity_views.photo_change, name="photo_change"),
]
