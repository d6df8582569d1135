"""Addresses of the overview and the statistics."""

from django.urls import path

urlpatterns = []
