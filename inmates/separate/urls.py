"""Addresses of the separate system, under /inmates/."""

from django.urls import path

from inmates.separate.views import lists, steps

urlpatterns = [
    path("separate/", lists.lists, name="separate"),
    path("separate/<uuid:uuid>/", steps.step, name="separate_step"),
    path("separate/<uuid:uuid>/notice.pdf", steps.notice_pdf, name="separate_notice_pdf"),
    path("<uuid:uuid>/separate-system/", lists.tab, name="tab_separate"),
    path("<uuid:uuid>/separate-system/propose/", steps.propose, name="separate_propose"),
    path("<uuid:uuid>/separate-system/exit/", steps.propose_exit, name="separate_exit"),
    path("<uuid:uuid>/separate-system/leave/", lists.leave, name="separate_leave"),
]
