"""Addresses of sign-in, of what users do for themselves, and of accounts. Nobody signs up, nobody resets a password by mail."""

from allauth.account import views as account
from django.urls import include, path

from accounts.views import changes, enrolment, language, night_codes, permanences, second_factor, session, staff

urlpatterns = [
    path("language/", language.language, name="language"),
    path("login/", account.login, name="account_login"),
    path("logout/", session.SignOutView.as_view(), name="account_logout"),
    path("lock/", session.lock, name="lock"),
    path("locked/", session.locked, name="locked"),
    path("present/", session.present, name="present"),
    path("kept/", session.kept_forms_listed, name="kept_forms"),
    path("kept/<uuid:uuid>/", session.kept_form, name="account_kept_form"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", second_factor.Index.as_view(), name="mfa_index"),
    path("2fa/totp/activate/", second_factor.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", second_factor.DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("2fa/webauthn/add/", second_factor.AddKey.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", second_factor.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("enrol/", enrolment.enrol, name="enrol"),
    path("staff/", staff.staff, name="staff"),
    path("staff/new/", staff.new, name="staff_new"),
    path("staff/<int:pk>/", staff.user, name="staff_user"),
    path("staff/<int:pk>/access/", staff.access, name="staff_access"),
    path("staff/<int:pk>/posting/", staff.posting, name="staff_posting"),
    path("staff/<int:pk>/reset/", staff.reset, name="staff_reset"),
    path("staff/<int:pk>/second-factor/", staff.factor, name="staff_factor"),
    path("staff/<int:pk>/enable/", staff.enable, name="staff_enable"),
    path("staff/<int:pk>/close/", staff.close, name="staff_close"),
    path("postings/<int:pk>/end/", staff.posting_end, name="staff_posting_end"),
    path("changes/<uuid:uuid>/", changes.change, name="staff_change"),
    path("changes/<uuid:uuid>/approve/", changes.approve, name="staff_change_approve"),
    path("changes/<uuid:uuid>/refuse/", changes.refuse, name="staff_change_refuse"),
    path("changes/<uuid:uuid>/withdraw/", changes.withdraw, name="staff_change_withdraw"),
    path("changes/<uuid:uuid>/letter/", changes.letter, name="staff_change_letter"),
    path("night-codes/", night_codes.listed, name="night_codes"),
    path("night-codes/new/", night_codes.new, name="night_code_new"),
    path("night-codes/<uuid:uuid>/print/", night_codes.paper, name="night_code_print"),
    path("night-codes/<uuid:uuid>/acknowledge/", night_codes.acknowledge, name="night_code_acknowledge"),
    path("permanences/", permanences.listed, name="permanences"),
    path("permanences/new/", permanences.new, name="permanence_new"),
    path("permanences/<uuid:uuid>/end/", permanences.end, name="permanence_end"),
]
