"""Addresses of appeals and cassations."""

from django.urls import path

from inmates.court_appeals import views

urlpatterns = [
    path("appeal-deadlines/", views.deadlines, name="appeal_deadlines"),
    path("court-appeals/", views.register, name="court_appeals"),
    path("<uuid:uuid>/cases/<int:pk>/court-appeal/", views.declare, name="court_appeal_new"),
    path("<uuid:uuid>/court-appeals/<int:pk>/receipt/", views.receipt, name="court_appeal_receipt"),
    path("<uuid:uuid>/court-appeals/<int:pk>/receipt.pdf", views.receipt_paper, name="court_appeal_receipt_paper"),
    path("<uuid:uuid>/court-appeals/<int:pk>/sent/", views.send, name="court_appeal_send"),
    path("<uuid:uuid>/court-appeals/<int:pk>/answer/", views.outcome, name="court_appeal_outcome"),
]
