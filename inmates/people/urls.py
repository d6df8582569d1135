"""Addresses of people: list, search, identity, intake, duplicates."""

from django.urls import path

from inmates.people import views

urlpatterns = [
    path("", views.people_list, name="list"),
    path("export/", views.people_export, name="export"),
    path("search/", views.search, name="search"),
    path("search/hits/", views.search_hits, name="search_hits"),
]
