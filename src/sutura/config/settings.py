"""Every setting, once. Safe for production unless the environment says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sutura.config import env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.data_folder()

DEBUG = env.flag("SUTURA_DEBUG", False)
SECRET_KEY = env.secret_key(DATA)
# Behind TLS name the hosts; alone on a laptop only this machine answers.
ALLOWED_HOSTS = os.environ.get("SUTURA_HOSTS", "localhost 127.0.0.1 [::1] testserver").split()
SUTURA_TLS = env.flag("SUTURA_TLS", False)

# The apps, from the ground up (house.md, section 2).
SUTURA_APPS = [
    "ui", "security", "audit", "access", "vault", "places", "people", "partners", "library",
    "capacity", "mhpss", "coordination", "indicators",
    "ledger", "parties", "alerts", "incidents", "verification", "reporting", "intake", "disclosure",
    "response", "desk",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "simple_history",
    # An app is installed when its folder has landed.
    *[f"sutura.{app}" for app in SUTURA_APPS if (PACKAGE / app / "apps.py").exists()],
    # Second factors and sessions: its models and its arithmetic, none of its pages (ADR 0006). Last: our words win.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Both before the static files, since they hold for these too.
    "csp.middleware.CSPMiddleware",
    "sutura.security.middleware.KnownMethodMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sutura.security.middleware.PrivateMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sutura.people.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sutura.vault.session.VaultMiddleware",
    "sutura.security.middleware.ReadablePathMiddleware",
    "sutura.security.middleware.BodyLimitMiddleware",
    "sutura.people.middleware.VisitMiddleware",
    "sutura.people.middleware.SignedInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sutura.people.middleware.ReadyMiddleware",
    "sutura.access.middleware.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "sutura.config.urls"
WSGI_APPLICATION = "sutura.config.wsgi.application"
FORM_RENDERER = "sutura.ui.renderers.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sutura.ui.menu.menu",
            ],
        },
    }
]

DATABASES = {"default": env.database(os.environ.get("DATABASE_URL"), DATA)}
# The role of the server in PostgreSQL, to which `init` gives its rights; it owns nothing (ADR 0013).
SUTURA_SERVER_ROLE = os.environ.get("SUTURA_SERVER_ROLE", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Tries at the door are counted where every process sees them; one process's own memory let half of them through.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sutura_cache",
        # Beyond this the oldest are thrown away: a flood of invented names must not wash out the count of a real one.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["sutura.people.backends.PeopleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "sutura.people.passwords.WordsOfTheField"},
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "people:sign_in"

# The library of second factors: accounts have a name and no address, and nobody signs up.
ACCOUNT_ADAPTER = "sutura.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "sutura.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Sutura"
MFA_TOTP_TOLERANCE = 1  # half a minute: phones in the field have slow clocks
# How many servers of ours hand a visit on, each adding to X-Forwarded-For whom it came from.
SUTURA_PROXIES = env.number("SUTURA_PROXIES", 1 if SUTURA_TLS else 0)
ALLAUTH_TRUSTED_PROXY_COUNT = SUTURA_PROXIES

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
TIME_ZONE = "Africa/Bamako"
USE_TZ = True
FORMAT_MODULE_PATH = ["sutura.ui.formats"]

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATIC_STORAGE = os.environ.get("SUTURA_STATIC", "whitenoise.storage.CompressedManifestStaticFilesStorage")
STORAGES = {
    "default": {"BACKEND": "sutura.security.storage.SettledStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
WHITENOISE_USE_FINDERS = env.flag("SUTURA_STATIC_FINDERS", False)
WHITENOISE_ALLOW_ALL_ORIGINS = False  # its default lets any site read our files
# Attachments are private: no address serves this folder, a permitted view reads it.
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
# What is given is sealed before it touches a disk: on its way in it stays in memory, the largest workbook too.
SUTURA_IMPORT_BYTES = 60 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = SUTURA_IMPORT_BYTES + 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

_NOTHING: list[str] = ["'none'"]
_SELF: list[str] = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _NOTHING,
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": [*_SELF, "data:"],
        "font-src": _SELF,
        "connect-src": _SELF,
        "worker-src": _SELF,
        "manifest-src": _SELF,
        "form-action": _SELF,
        "frame-ancestors": _NOTHING,
        "base-uri": _NOTHING,
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = SUTURA_TLS
# The prefix makes the browser refuse a cookie that another host under the same domain, or a page without TLS, has set.
COOKIE_PREFIX = "__Host-" if SUTURA_TLS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = (
    COOKIE_PREFIX + name for name in ("sessionid", "csrftoken", "django_language")
)
SECURE_HSTS_SECONDS = 31_536_000 if SUTURA_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SUTURA_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SUTURA_TLS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if SUTURA_TLS else []
SESSION_COOKIE_AGE = 8 * 3600  # the cookie; the visit itself is limited below
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Mail carries codes only; without a server nothing leaves.
_MAIL = env.mail(os.environ.get("SUTURA_MAIL"))
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = _MAIL.host, _MAIL.port, 30
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starttls, _MAIL.tls
DEFAULT_FROM_EMAIL = _MAIL.sender
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _MAIL.host else 'console'}.EmailBackend"
# Where people reach this server: what is mailed names its pages by it.
SUTURA_ADDRESS = os.environ.get("SUTURA_ADDRESS", "http://localhost:8000").rstrip("/")
SUTURA_ANCHORS_TO = os.environ.get("SUTURA_ANCHORS_TO", "").split()

# Sealed columns stand below the keys that seal them; this names the module which keeps those.
SEALED_KEEPER = "sutura.vault.keeping"
# What one guess of a password costs whoever took the disk: memory in KiB, passes, lanes (Argon2id).
SUTURA_VAULT_COST = (64 * 1024, 3, 1)
# The page which opens it; like the door, it stands above the app that sends there.
VAULT_URL = "people:vault_unlock"
# Seconds after which an open vault that nobody uses closes by itself.
SUTURA_VAULT_IDLE = 5 * 60
# Days after which no backup holds a destroyed key any more: backups of the vault are kept no longer.
SUTURA_KEY_BACKUP_DAYS = 30

# An exception may carry a child's words: logs get its class and its place in the code, never its text or locals.
DEFAULT_EXCEPTION_REPORTER_FILTER = "sutura.security.reporting_filter.SilentFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "sutura.security.reporting_filter.BareFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "bare"}},
    # Also for the libraries: without a handler Python would print their exceptions whole.
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "sutura": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []

# Limits of the field: dated settings in days or hours, never constants in code.
SUTURA_ALERT_HOURS = 72
SUTURA_TRIAGE_HOURS = 48
SUTURA_QUEUE_DAYS = (30, 60, 90)
SUTURA_MIN_PRIMARY_SOURCES = 1
SUTURA_RETENTION_YEARS = 10
SUTURA_SERVICE_FRESH_DAYS = 90
SUTURA_SERVICE_STALE_DAYS = 180
SUTURA_ATTACHMENT_BYTES = 10 * 1024 * 1024
# What a phone may send at once (it cuts a longer record by itself), and how often it may ask: it comes back from weeks
# without a network with hundreds of records.
SUTURA_PHONE_BYTES = 10_000_000
SUTURA_PHONE_RATE = os.environ.get("SUTURA_PHONE_RATE", "3000/5m/key")
# Whether a Kobo server may stand within a private network, as one of the office itself; else none of it is asked.
SUTURA_KOBO_PRIVATE = env.flag("SUTURA_KOBO_PRIVATE", False)
# Corrections keep the day of their record there: so many days are looked at again with each fetching.
SUTURA_KOBO_DAYS = env.number("SUTURA_KOBO_DAYS", 30)
# The door: how long a visit may be left alone, how long it may last, how long a proof of who one is holds.
SUTURA_IDLE_MINUTES = 15
SUTURA_SESSION_HOURS = 8
SUTURA_FRESH_MINUTES = 10
SUTURA_TEMPORARY_HOURS = 72
# Wrong tries, then the wait: five minutes stop a machine and do not keep anybody in the field from her work.
SUTURA_TRIES_ACCOUNT = "5/5m"
SUTURA_TRIES_NETWORK = "30/5m"
# Whether published tables can be read without signing in; a decision of the task force, so not unless told.
SUTURA_PUBLIC_TABLES = env.flag("SUTURA_PUBLIC_TABLES", False)
# A request for coded data waits so many days for a second person; the file made for it, so many hours.
SUTURA_EXPORT_REQUEST_DAYS = 14
SUTURA_EXPORT_HOURS = 72
# The one password of the invented accounts, told at the door of every demonstration; no real account has it.
SUTURA_DEMO_PASSWORD = "demo-sutura-2026"  # noqa: S105
