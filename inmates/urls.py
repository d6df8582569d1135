"""Addresses of people's records, subject by subject."""

from inmates.people.urls import urlpatterns as people

app_name = "inmates"
urlpatterns = [*people]
