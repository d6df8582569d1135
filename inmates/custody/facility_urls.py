"""Addresses of prisons: the places and who is in them."""

from django.urls import path

from inmates.custody.views import prisons, roll_counts

app_name = "facilities"
urlpatterns = [
    path("", prisons.prison_list, name="list"),
    path("regimes/", prisons.regimes, name="regimes"),
    path("<slug:code>/", prisons.prison, name="detail"),
    path("<slug:code>/units/<int:pk>/", prisons.unit, name="unit"),
    path("<slug:code>/roll/", roll_counts.history, name="roll"),
    path("<slug:code>/roll/new/", roll_counts.new, name="roll_new"),
    path("<slug:code>/roll/<uuid:uuid>/", roll_counts.one, name="roll_count"),
    path("<slug:code>/roll/<uuid:uuid>/explain/", roll_counts.explain, name="roll_explain"),
    path("<slug:code>/roll/<uuid:uuid>/sign/", roll_counts.sign, name="roll_sign"),
]
