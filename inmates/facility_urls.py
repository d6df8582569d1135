"""Addresses of prisons: the places, who is in them, and the counts of them."""

from inmates.prisons.urls import urlpatterns as prisons
from inmates.roll_counts.urls import urlpatterns as roll_counts

app_name = "facilities"
urlpatterns = [*prisons, *roll_counts]
