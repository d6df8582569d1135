"""Addresses of fines."""

from django.urls import path

from inmates.fines import views

urlpatterns = [
    path("<uuid:uuid>/cases/<int:pk>/fine/", views.record, name="fine_new"),
    path("<uuid:uuid>/fines/<int:pk>/payment/", views.pay, name="fine_pay"),
]
