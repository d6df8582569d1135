"""Addresses of transfers."""

from django.urls import path

from inmates.transfers import views

urlpatterns = [
    path("transfers/", views.listing, name="transfers"),
    path("transfers/many/", views.many, name="transfer_many"),
    path("<uuid:uuid>/transfer/", views.propose, name="transfer_new"),
    path("transfers/<uuid:uuid>/", views.one, name="transfer"),
    path("transfers/<uuid:uuid>/order.pdf", views.paper, name="transfer_paper"),
    path("transfers/<uuid:uuid>/approve/", views.approve, name="transfer_approve"),
    path("transfers/<uuid:uuid>/accept/", views.accept, name="transfer_accept"),
    path("transfers/<uuid:uuid>/refuse/", views.refuse, name="transfer_refuse"),
    path("transfers/<uuid:uuid>/cancel/", views.cancel, name="transfer_cancel"),
    path("transfers/<uuid:uuid>/depart/", views.depart, name="transfer_depart"),
    path("transfers/<uuid:uuid>/arrive/", views.arrive, name="transfer_arrive"),
]
