"""Addresses of classification, under /inmates/."""

from django.urls import path

from inmates.classification.views import appeals, assessments, notices, oversight, queue, reviews, tab, triggers

urlpatterns = [
    path("reviews/", queue.reviews, name="reviews"),
    path("reviews/<uuid:uuid>/", reviews.review, name="review"),
    path("oversight/", oversight.oversight, name="oversight"),
    path("decisions/<uuid:uuid>/notice/", notices.notice, name="notice"),
    path("decisions/<uuid:uuid>/withhold/", notices.withhold, name="notice_withhold"),
    path("decisions/<uuid:uuid>/notice.pdf", notices.notice_pdf, name="notice_pdf"),
    path("decisions/<uuid:uuid>/appeal/", appeals.appeal_new, name="appeal_new"),
    path("appeals/<uuid:uuid>/", appeals.appeal, name="appeal"),
    path("appeals/<uuid:uuid>/paper/", appeals.appeal_paper, name="appeal_paper"),
    path("<uuid:uuid>/assessment/", assessments.assess, name="assess"),
    path("<uuid:uuid>/classification/", tab.tab_classification, name="tab_classification"),
    path("<uuid:uuid>/postpone/", triggers.postpone, name="postpone"),
    path("<uuid:uuid>/new-information/", triggers.new_information, name="new_information"),
]
