"""Addresses of the trail."""

from django.urls import path

from reports import trail_pages

app_name = "audit"
urlpatterns = [
    path("", trail_pages.trail, name="trail"),
    path("reading/", trail_pages.reading, name="reading"),
    path("proof/", trail_pages.proof, name="proof"),
    path("head/", trail_pages.head, name="head"),
]
