"""Settings, all in one file and all from the environment; safe when nothing is set. Loading them starts nothing.

`DEMO=1` (set by `bin/demo` and by the tests, never by hand in production) allows a generated key, the moved clock and plain HTTP.
"""

import os
import sys
import zoneinfo
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from config import database
from config.secret_key import field_key, local_secret, lookup_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

TESTING = "pytest" in sys.modules
DEMO = env.bool("DEMO", default=TESTING)
# Whether made-up people can be loaded here. Apart from DEMO: a demo may do without them, a real service has none.
INSTALL_DEMO = env.bool("INSTALL_DEMO", default=DEMO)
DEBUG = env.bool("DEBUG", default=False)
if DEBUG and not DEMO:
    raise ImproperlyConfigured("DEBUG may be set in the demo only: its pages of errors show rows and settings.")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEMO:
        raise ImproperlyConfigured("SECRET_KEY is not set. Only the demo and the tests (DEMO=1) make one themselves.")
    # Where no database is named nothing signed outlives this process, so nothing is written either.
    SECRET_KEY = local_secret(VAR_DIR) if env.str("DATABASE_URL", default="") else get_random_secret_key()

# Signs for the database whom a transaction acts for (`audit/signed_context.py`); `migrate` tells it to the database.
DATABASE_CONTEXT_KEY = env.str("DATABASE_CONTEXT_KEY", default="")  # derived from SECRET_KEY where there is none

# Identity card numbers, health, beliefs and secrets of second factors stand encrypted: the first key writes, all read.
FIELD_KEYS = env.list("FIELD_KEYS", default=[field_key(SECRET_KEY)] if DEMO else [])
if not FIELD_KEYS:
    raise ImproperlyConfigured("FIELD_KEYS is not set. Only the demo and the tests (DEMO=1) make one themselves.")
# An identity card number is unique, and found whole, by its digest under a key of its own, which does not rotate.
LOOKUP_KEY = env.str("LOOKUP_KEY", default=lookup_key(SECRET_KEY) if DEMO else "")
if not LOOKUP_KEY:
    raise ImproperlyConfigured("LOOKUP_KEY is not set. Only the demo and the tests (DEMO=1) make one themselves.")
if not DEMO and (len(LOOKUP_KEY) < 43 or LOOKUP_KEY in {SECRET_KEY, *FIELD_KEYS}):
    raise ImproperlyConfigured("LOOKUP_KEY must be 43 characters or more, and no other key.")

# Heads of the trail are signed with a key outside the database; the demo and the tests make one on first use.
_key = env.str("AUDIT_SIGNING_KEY", default=str(VAR_DIR / "audit-signing-key.pem") if DEMO else "")
AUDIT_SIGNING_KEY = Path(_key) if _key else None
AUDIT_PUBLIC_KEYS = Path(env.str("AUDIT_PUBLIC_KEYS")) if env.str("AUDIT_PUBLIC_KEYS", default="") else None
AUDIT_HEADS_FILE = Path(env.str("AUDIT_HEADS_FILE", default=str(VAR_DIR / "heads.jsonl")))
AUDIT_HEADS_MAIL = env.list("AUDIT_HEADS_MAIL", default=[])

# Keys that were in use before: what they signed is still read (sessions stay) until they are taken out.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEMO else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The day the service believes it is; the demo and the tests may move it, a real service may not.
TODAY = date.fromisoformat(env.str("TODAY")) if env.str("TODAY", default="") else None
if TODAY and not DEMO:
    raise ImproperlyConfigured("TODAY may be set in the demo and in tests only.")

INSTALLED_APPS = [
    "config.apps.RegisterAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",  # for allauth's list of security keys
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_include_bootstrap",
    "pgtrigger",
    "pghistory",
    "audit",
    "core",
    "documents",
    "facilities",
    "accounts",
    "inmates",
    "musalaha",
    "reports",
]
if INSTALL_DEMO:
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "core.logs.RequestLogMiddleware",
    "core.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.LargestRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "core.middleware.TransactionMiddleware",
    "core.middleware.ActingMiddleware",
    "accounts.middleware.PresenceMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.ConfirmMiddleware",
    "audit.middleware.RefusalMiddleware",
    "core.middleware.PlainAddressMiddleware",
    "core.idempotency.IdempotencyMiddleware",
    "core.middleware.WorkflowMiddleware",
    "accounts.middleware.ReadingMiddleware",
    "audit.sight_middleware.SightMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "core.context_processors.navigation",
                "accounts.context_processors.reading_question",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "core.templatetags.display",
                "core.templatetags.written",
            ],
        },
    }
]

DATABASES = {"default": database.settings() | {"ATOMIC_REQUESTS": True}}
if not DEMO and database.unprotected(DATABASES["default"]):
    raise ImproperlyConfigured("DATABASE_URL names another machine: it needs sslmode=verify-full (and sslrootcert).")
# Rate limits count in the database, so that they hold for all workers together.
CACHES = {"default": {"BACKEND": "core.cache.PlainDatabaseCache", "LOCATION": "accounts_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.StaffBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.PlainWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.StaffOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60  # policy: how long somebody counts as having just said who they are
# Passwords are slowed down by `accounts.limits`; these hold for second factors, after the password, and against floods.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key", "login": "300/m/ip"}
SIGN_IN_FREE_TRIES = {"name_at_desk": 5, "desk": 30, "name": 10}  # policy: failures before the next try waits
SIGN_IN_LONGEST_WAIT = 30  # policy: seconds; more would shut people out
ENROLMENT_LASTS = timedelta(hours=72)  # policy: how long the codes of a new or reset account open it
# A real service demands a second factor of everybody, from the first sign-in on; the demo offers it.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)
# policy: whose second factor is a security key and nothing else; the others may take an authenticator app
SECOND_FACTOR_KEYS_ONLY = env.list("SECOND_FACTOR_KEYS_ONLY", default=["system administrator", "reviewer", "director"])
NIGHT_CODE_LASTS = timedelta(hours=12)  # policy: one shift, from the sign-in with a prison's sealed code
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.forms.second_factor.AddKeyForm",
    "authenticate": "accounts.forms.second_factor.CodeForm",
    "authenticate_webauthn": "accounts.forms.second_factor.KeyForm",
    "reauthenticate": "accounts.forms.second_factor.CodeAgainForm",
    "reauthenticate_webauthn": "accounts.forms.second_factor.KeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]  # no recovery codes of one's own: two administrators, or the sealed code
MFA_TOTP_ISSUER = "Prison register"
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

SESSION_IDLE = timedelta(minutes=15)  # policy: after so long without a request the screen locks
SESSION_IDLE_COUNTING = timedelta(minutes=60)  # policy: the same, while a roll count is open
SESSION_LONGEST = timedelta(hours=13)  # policy: a shift and its handing over; then one signs in again
SESSION_ENGINE = "accounts.sessions"  # the database has digests of keys
SESSION_COOKIE_AGE = 60 * 60 * 14  # longer than any session lasts
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
DESK_COOKIE_NAME = "desk"  # says that somebody signed in in this browser before, see accounts/limits.py
if not DEMO:  # the browser takes a cookie of such a name from this host alone, over TLS
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "__Host-session", "__Host-csrf", "__Host-language"
    DESK_COOKIE_NAME = "__Host-desk"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEMO)
SECURE_HSTS_SECONDS = 0 if DEMO else env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 365)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Failed sign-ins are counted by the caller's own address, not by the proxy's, which everybody shares.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("ar", _("Arabic")), ("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"
# Morocco's rules change (UTC all year since September 2026). The pinned ones count, not those of whatever machine this is.
if find_spec("tzdata"):
    zoneinfo.reset_tzpath(to=())

STATIC_URL = "/static/"
STATIC_ROOT = None if DEMO else VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.fonts.FontFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEMO:  # served from where they are, without `collectstatic`
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = VAR_DIR / "documents"
CLAMAV_SOCKET = env.str("CLAMAV_SOCKET", default="")  # a path, or host:port; empty: uploads are not scanned
if not DEMO and CLAMAV_SOCKET and not database.is_this_machine(CLAMAV_SOCKET.rpartition(":")[0].strip("[]") or "/"):
    raise ImproperlyConfigured("CLAMAV_SOCKET names another machine: files would go there unencrypted.")
WHITENOISE_USE_FINDERS = DEMO
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
LARGEST_REQUEST = 64 * 1024 * 1024  # files take 8 MB and say so at their field; beyond this nothing is read at all

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = []

# Rows record who changed them (pghistory); the middleware writes the signed-in user into that context.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# Names and search terms must never reach a log: no address with what was asked, no SQL, no bodies (see core/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "core.logs.RequestNumber"}},
    "formatters": {
        "line": {
            "()": "core.logs.QuietFormatter",
            "format": "%(asctime)s %(levelname)s request=%(request_number)s user=%(user_number)s %(name)s: %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.db.backends": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
        "register.request": {"level": env.str("LOG_LEVEL", default="WARNING" if DEMO else "INFO")},
    },
}
HEALTH_PROBES = env.list(
    "HEALTH_PROBES", default=[]
)  # addresses that may ask /healthz and /readyz besides this machine

# Policy: this project's choice where the law's text was not at hand (see docs/decisions/policy.md).
POLICY = {
    "first_assessment_days": 14,
    "triggered_review_days": 14,
    "notice_days": 3,
    "appeal_days": 15,
    "reasons_least_characters": 20,  # policy: shorter reasons of a proposal, decision or answer are asked for again
    "appeal_answer_days": 15,
    "escalate_to_reviewers_days": 7,
    "escalate_to_national_days": 30,
    "judgment_appeal_days": 10,
    "cassation_days": 10,
    "appeal_sending_hours": 24,
    "police_custody_days": 12,  # policy: before an admission, 96 hours twice extended; an earlier start is asked for
    "taken_back_place_days": 7,  # policy: how long a place taken again may go against the rules of its unit
    "paper_decision_hours": 24,  # policy: a correction decided on paper that alone holds somebody and nobody confirmed lapses
    "order_warning_days": [15, 7, 3],
    "endless_remand_days": 60,  # policy: an order that holds without a last day is told of after so many days, again and again
    "term_warning_days": [15, 7, 3],
    # policy: Law 03-23 as reported; whether it reaches terrorism is to be checked, so each one is confirmed until set
    "automatic_reductions": False,
    "automatic_reduction_days_a_month": 4,  # policy, as reported: terms up to a year
    "automatic_reduction_months_a_year": 1,  # policy, as reported: terms above a year
    "automatic_reduction_served_share": 4,  # policy, as reported: after one part in so many is served
    "separation_emergency_days": 1,  # policy: an emergency is authorised, or ended, by the end of the next day
    "separate_ground_days": 3,  # policy: within so many days somebody in the separate system has a decided ground
    "separate_exit_days": 7,  # policy: within so many days after a decided exit the person goes
    "round_months": 2,
    "small_cell": 5,
    "follow_up_months": [1, 3, 6, 12, 24, 36],
    "follow_up_lost_days": 90,
}

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the test's own thread
