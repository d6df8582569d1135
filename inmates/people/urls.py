"""Addresses of people: list, search, identity, intake, duplicates."""

from django.urls import path

from inmates.people import duplicate_views, identity_views, views

urlpatterns = [
    path("", views.people_list, name="list"),
    path("export/", views.people_export, name="export"),
    path("search/", views.search, name="search"),
    path("search/hits/", views.search_hits, name="search_hits"),
    path("likely/", duplicate_views.likely, name="likely"),
    path("duplicates/", duplicate_views.worklist, name="duplicates"),
    path("duplicates/<int:pk>/", duplicate_views.pair, name="pair"),
    path("merges/", duplicate_views.merges, name="merges"),
    path("merges/<int:pk>/", duplicate_views.merge_one, name="merge"),
    path("<uuid:uuid>/duplicate/", duplicate_views.report_pair, name="report_duplicate"),
    path("<uuid:uuid>/identity/", identity_views.tab, name="tab_identity"),
    path("<uuid:uuid>/identity/edit/", identity_views.edit, name="edit"),
    path("<uuid:uuid>/identity/history/", identity_views.history, name="history"),
    path("<uuid:uuid>/dossier/", identity_views.dossier, name="dossier"),
    path("<uuid:uuid>/photo/", identity_views.photo, name="photo"),
    path("<uuid:uuid>/photo/card/", identity_views.card_photo, name="card_photo"),
    path("<uuid:uuid>/photo/change/", identity_views.photo_change, name="photo_change"),
]
