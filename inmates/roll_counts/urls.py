"""Addresses of a prison's roll counts."""

from django.urls import path

from inmates.roll_counts import views

urlpatterns = [
    path("<slug:code>/roll/", views.history, name="roll"),
    path("<slug:code>/roll/new/", views.new, name="roll_new"),
    path("<slug:code>/roll/<uuid:uuid>/", views.one, name="roll_count"),
    path("<slug:code>/roll/<uuid:uuid>/explain/", views.explain, name="roll_explain"),
    path("<slug:code>/roll/<uuid:uuid>/sign/", views.sign, name="roll_sign"),
]
