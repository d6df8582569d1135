"""Addresses of the programme."""

from django.urls import path

app_name = "musalaha"
urlpatterns = []
