"""Addresses of prisons: the places and who is in them."""

from django.urls import path

app_name = "facilities"
urlpatterns = []
