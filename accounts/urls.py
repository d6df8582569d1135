"""Addresses of sign-in and of what users do for themselves. Nobody signs up, and nobody resets a password by mail."""

from allauth.account import views as account
from django.urls import include, path

from accounts import views

urlpatterns = [
    path("language/", views.language, name="language"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
