"""Addresses of people's records, subject by subject."""

from django.urls import path

app_name = "inmates"
urlpatterns = []
