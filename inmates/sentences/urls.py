"""Addresses of cases and sentences."""

from django.urls import path

from inmates.sentences.views import judgments, release_dates

urlpatterns = [
    path("<uuid:uuid>/cases/new/", judgments.add_case, name="add_case"),
    path("<uuid:uuid>/cases/<int:pk>/close/", judgments.close_case, name="close_case"),
    path("<uuid:uuid>/sentences/new/", judgments.add_sentence, name="add_sentence"),
    path("<uuid:uuid>/sentences/<int:pk>/appeal/", judgments.appeal, name="sentence_appeal"),
    path("<uuid:uuid>/sentences/<int:pk>/final/", judgments.final, name="sentence_final"),
    path("<uuid:uuid>/sentences/<int:pk>/relation/", judgments.relate, name="sentence_relation"),
    path("<uuid:uuid>/release-date/", release_dates.settle, name="settle_release_date"),
]
