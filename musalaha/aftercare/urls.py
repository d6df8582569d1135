"""Addresses of aftercare, among those of the programme."""

from django.urls import path

from musalaha.aftercare import views

urlpatterns = [
    path("people/<uuid:uuid>/record-check/", views.record_check, name="record_check"),
    path("people/<uuid:uuid>/reconviction/", views.reconviction, name="reconviction"),
    path("follow-ups/", views.listing, name="follow_ups"),
    path("follow-ups/<int:pk>/", views.follow_up, name="follow_up"),
]
