"""Addresses of prisons: the places and who is in them."""

from django.urls import path

from inmates.custody.views import facilities, roll

app_name = "facilities"
urlpatterns = [
    path("", facilities.prison_list, name="list"),
    path("regimes/", facilities.regimes, name="regimes"),
    path("<slug:code>/", facilities.prison, name="detail"),
    path("<slug:code>/units/<int:pk>/", facilities.unit, name="unit"),
    path("<slug:code>/roll/", roll.history, name="roll"),
    path("<slug:code>/roll/new/", roll.new, name="roll_new"),
    path("<slug:code>/roll/<uuid:uuid>/", roll.one, name="roll_count"),
    path("<slug:code>/roll/<uuid:uuid>/explain/", roll.explain, name="roll_explain"),
    path("<slug:code>/roll/<uuid:uuid>/sign/", roll.sign, name="roll_sign"),
]
