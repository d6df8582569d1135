from django.urls import include, path

from accounts import views

urlpatterns = [
    path("language/", views.language, name="language"),
    path("", include("allauth.urls")),
]
