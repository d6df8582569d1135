"""Addresses of conditions: the conduct tab, incidents and discipline, separation, visits and calls."""

from django.urls import path

from inmates.conditions.views import contacts, incidents, no_communication, separations, tab

urlpatterns = [
    path("<uuid:uuid>/conduct/", tab.conduct, name="tab_conduct"),
    path("<uuid:uuid>/contacts/new/", contacts.contact, name="contact_new"),
    path("<uuid:uuid>/no-communication/new/", no_communication.new, name="no_communication_new"),
    path("<uuid:uuid>/no-communication/<int:pk>/lift/", no_communication.lift, name="no_communication_lift"),
    path("<uuid:uuid>/no-communication/<int:pk>/scan/", no_communication.scan, name="no_communication_scan"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.new_incident, name="incident_new"),
    path("incidents/<uuid:uuid>/", incidents.incident, name="incident"),
    path("incidents/<uuid:uuid>/people/<int:pk>/decide/", incidents.decide, name="discipline_decide"),
    path("incidents/<uuid:uuid>/people/<int:pk>/appeal/", incidents.appeal, name="discipline_appeal"),
    path("incidents/<uuid:uuid>/people/<int:pk>/answer/", incidents.answer, name="discipline_answer"),
    path("separations/", separations.separations, name="separations"),
    path("<uuid:uuid>/separations/new/", separations.separate, name="separate"),
    path("<uuid:uuid>/separations/emergency/", separations.emergency, name="separate_now"),
    path("<uuid:uuid>/separation-bars/new/", separations.bar_new, name="separation_bar_new"),
    path("<uuid:uuid>/separation-bars/<int:pk>/end/", separations.bar_end, name="separation_bar_end"),
    path("<uuid:uuid>/separations/<int:pk>/authorise/", separations.authorise_emergency, name="separation_authorise"),
    path("<uuid:uuid>/separations/<int:pk>/", separations.separation, name="separation"),
    path("<uuid:uuid>/separations/<int:pk>/prolong/", separations.prolong, name="separation_prolong"),
    path("<uuid:uuid>/separations/<int:pk>/day/", separations.record_day, name="separation_day"),
    path("<uuid:uuid>/separations/<int:pk>/end/", separations.end, name="separation_end"),
]
