"""Addresses of people's records, subject by subject."""

from inmates.classification.urls import urlpatterns as classification
from inmates.conditions.urls import urlpatterns as conditions
from inmates.custody.urls import urlpatterns as custody
from inmates.duplicates.urls import urlpatterns as duplicates
from inmates.people.urls import urlpatterns as people
from inmates.register_import.urls import urlpatterns as register_import
from inmates.sentences.urls import urlpatterns as sentences

app_name = "inmates"
urlpatterns = [*classification, *conditions, *register_import, *custody, *sentences, *duplicates, *people]
