"""Addresses of cases and sentences."""

from django.urls import path

from inmates.sentences.views import judgments, reductions, release_dates, remand

urlpatterns = [
    path("<uuid:uuid>/cases/new/", judgments.add_case, name="add_case"),
    path("<uuid:uuid>/cases/<int:pk>/close/", judgments.close_case, name="close_case"),
    path("<uuid:uuid>/cases/<int:pk>/remand/", remand.remand, name="case_remand"),
    path("<uuid:uuid>/sentences/<int:pk>/reduction/", reductions.reduce, name="sentence_reduce"),
    path("<uuid:uuid>/sentences/new/", judgments.add_sentence, name="add_sentence"),
    path("<uuid:uuid>/sentences/<int:pk>/final/", judgments.final, name="sentence_final"),
    path("<uuid:uuid>/sentences/<int:pk>/earlier-custody/", judgments.earlier_custody, name="sentence_earlier"),
    path("<uuid:uuid>/sentences/<int:pk>/relation/", judgments.relate, name="sentence_relation"),
    path("<uuid:uuid>/sentences/<int:pk>/revoked/", judgments.revoke_suspension, name="sentence_revoked"),
    path("<uuid:uuid>/relation-answer/", judgments.answer_relation, name="relation_answer"),
    path("<uuid:uuid>/release-date/", release_dates.settle, name="settle_release_date"),
]
