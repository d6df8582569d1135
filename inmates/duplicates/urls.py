"""Addresses of duplicates: who is likely the same, pairs on the worklist, merges."""

from django.urls import path

from inmates.duplicates import views

urlpatterns = [
    path("likely/", views.likely, name="likely"),
    path("duplicates/", views.worklist, name="duplicates"),
    path("duplicates/<int:pk>/", views.pair, name="pair"),
    path("merges/", views.merges, name="merges"),
    path("merges/<int:pk>/", views.merge_one, name="merge"),
    path("<uuid:uuid>/duplicate/", views.report_pair, name="report_duplicate"),
]
