"""Addresses of people's records, subject by subject."""

from inmates.classification.urls import urlpatterns as classification
from inmates.conditions.urls import urlpatterns as conditions
from inmates.court_appeals.urls import urlpatterns as court_appeals
from inmates.court_papers.urls import urlpatterns as court_papers
from inmates.custody.urls import urlpatterns as custody
from inmates.duplicates.urls import urlpatterns as duplicates
from inmates.fines.urls import urlpatterns as fines
from inmates.people.urls import urlpatterns as people
from inmates.register_import.urls import urlpatterns as register_import
from inmates.sentences.urls import urlpatterns as sentences
from inmates.separate.urls import urlpatterns as separate
from inmates.transfers.urls import urlpatterns as transfers

app_name = "inmates"
urlpatterns = [
    *classification,
    *conditions,
    *separate,
    *register_import,
    *transfers,
    *custody,
    *court_appeals,
    *court_papers,
    *fines,
    *sentences,
    *duplicates,
    *people,
]
