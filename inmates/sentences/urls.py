"""Addresses of cases and sentences."""

from django.urls import path

from inmates.sentences import views

urlpatterns = [
    path("<uuid:uuid>/cases/new/", views.add_case, name="add_case"),
    path("<uuid:uuid>/cases/<int:pk>/close/", views.close_case, name="close_case"),
    path("<uuid:uuid>/sentences/new/", views.add_sentence, name="add_sentence"),
    path("<uuid:uuid>/sentences/<int:pk>/appeal/", views.appeal, name="sentence_appeal"),
    path("<uuid:uuid>/sentences/<int:pk>/final/", views.final, name="sentence_final"),
    path("<uuid:uuid>/sentences/<int:pk>/relation/", views.relate, name="sentence_relation"),
    path("<uuid:uuid>/release-date/", views.settle, name="settle_release_date"),
]
