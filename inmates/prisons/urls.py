"""Addresses of prisons: the places and who is in them."""

from django.urls import path

from inmates.prisons import views as prisons

urlpatterns = [
    path("", prisons.prison_list, name="list"),
    path("regimes/", prisons.regimes, name="regimes"),
    path("<slug:code>/", prisons.prison, name="detail"),
    path("<slug:code>/units/<int:pk>/", prisons.unit, name="unit"),
]
