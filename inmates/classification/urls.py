"""Addresses of classification, under /inmates/."""

from django.urls import path

from inmates.classification import views

urlpatterns = [
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<uuid:uuid>/", views.review, name="review"),
    path("oversight/", views.oversight, name="oversight"),
    path("decisions/<uuid:uuid>/notice/", views.notice, name="notice"),
    path("decisions/<uuid:uuid>/notice.pdf", views.notice_pdf, name="notice_pdf"),
    path("decisions/<uuid:uuid>/appeal/", views.appeal_new, name="appeal_new"),
    path("appeals/<uuid:uuid>/", views.appeal, name="appeal"),
    path("appeals/<uuid:uuid>/paper/", views.appeal_paper, name="appeal_paper"),
    path("<uuid:uuid>/assessment/", views.assess, name="assess"),
    path("<uuid:uuid>/classification/", views.tab_classification, name="tab_classification"),
    path("<uuid:uuid>/postpone/", views.postpone, name="postpone"),
    path("<uuid:uuid>/new-information/", views.new_information, name="new_information"),
]
