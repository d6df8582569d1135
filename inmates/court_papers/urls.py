"""Addresses of courts' papers."""

from django.urls import path

from inmates.court_papers import views

urlpatterns = [
    path("<uuid:uuid>/court-papers/<slug:paper>/<int:pk>/", views.court_paper, name="court_paper"),
    path("<uuid:uuid>/court-papers/<slug:paper>/<int:pk>/new/", views.attach_court_paper, name="court_paper_new"),
]
