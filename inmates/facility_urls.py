"""Addresses of prisons: the places, who is in them, and the counts of them."""

from inmates.custody.facility_urls import urlpatterns as custody
from inmates.roll_counts.urls import urlpatterns as roll_counts

app_name = "facilities"
urlpatterns = [*custody, *roll_counts]
