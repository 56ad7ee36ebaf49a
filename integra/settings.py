"""One settings file; every value that differs between machines comes from the environment (README, "Settings").

A bad value stops the start with a sentence that names the variable; nothing is silently replaced.
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Core -----------------------------------------------------------------------------------------------------

# On the own machine and in the demo: what needs no setting up, and plain http. Production says no.
DEVELOPMENT = env.bool("DEBUG", default=True)
# Django's own error pages, with source and settings. The demo shows the pages that everybody else gets.
DEBUG = DEVELOPMENT and env.bool("DEBUG_PAGES", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="not-secret-for-development-only" if DEVELOPMENT else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY: a long random text, the same for all processes.")
# Personal codes and invitation tokens are kept as keyed hashes; their key may be changed apart from SECRET_KEY.
CODE_HASH_KEY = env.str("CODE_HASH_KEY", default=SECRET_KEY)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEVELOPMENT else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where people find this installation; links in e-mails begin with it.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000" if DEVELOPMENT else "").rstrip("/")
if not SITE_URL:
    raise ImproperlyConfigured("Set SITE_URL: the address that links in e-mails begin with, for example https://…")

ROOT_URLCONF = "integra.urls"
WSGI_APPLICATION = "integra.wsgi.application"
ASGI_APPLICATION = "integra.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "integra.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "adminsortable2",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "js_asset",
    "simple_history",
    "audits",
    "audits.participation",
    "audits.agenda",
    "audits.stakeholders",
    "deskresearch",
    "focusgroups",
    "checklists",
    "photovoice",
    "benchmarks",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "integra.middleware.Discretion",
    "integra.middleware.WholeForms",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "integra.middleware.SessionLimits",
    "integra.middleware.SentTooLate",
    "integra.middleware.TypedAddress",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

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
                "audits.context_processors.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "audits.templatetags.interface",
            ],
        },
    }
]
FORM_RENDERER = "integra.rendering.FrameRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database -------------------------------------------------------------------------------------------------

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'integra.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: without it thirty phones that save at once lose writes to "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # Tests too use a file: an in-memory database would hide how threads lock each other out.
    DATABASES["default"]["TEST"] = {"NAME": BASE_DIR / "var" / "test.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {
    # Sign-in counts its tries here across processes, so it has to be shared; the database is there in any case.
    "default": env.cache_url("CACHE_URL", default="dbcache://cache_entries"),
}
if CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
    # Of the 300 entries that are usual, anybody could push out the counts of others.
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)

# Files ----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# In development files are served from where they are written, in production from where they are collected.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEVELOPMENT
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
# Files in the making: not backed up, and deleted at any time.
SPOOL_ROOT = env.path("SPOOL_ROOT", default=str(BASE_DIR / "var" / "spool"))
# Uploaded files have no public address: every one is served by a view that asks audits/permissions.py.
MEDIA_URL = ""
S3_BUCKET = env("S3_BUCKET", default="")
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env("S3_ENDPOINT_URL", default=None),
            "region_name": env("S3_REGION", default=None),
            "file_overwrite": False,
        },
    }
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "integra.statics.HashedStorage",
    },
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "audits.uploads.CappedFileHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Languages ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("bg", "Български"),
    ("hr", "Hrvatski"),
    ("cs", "Čeština"),
    ("it", "Italiano"),
    ("sk", "Slovenčina"),
]
# Pages for people who take part without an account speak two languages more.
PARTICIPANT_LANGUAGES = [*LANGUAGES, ("ar", "العربية"), ("uk", "Українська")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "integra.formats"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = not DEVELOPMENT
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Sofia")

# Accounts -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "audits.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "audits:audit-list"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "audits.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "audits.accounts.LoginForm",
    "request_login_code": "audits.accounts.LoginCodeForm",
    "reset_password": "audits.accounts.ResetPasswordForm",
    "signup": "audits.accounts.SignupForm",
    "add_email": "audits.accounts.AddressForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEVELOPMENT else "https"
# Codes instead of links: no secret stands in an address, and no mail scanner opens it first.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "audits.accounts.KeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "INTEGRA"
# A code counts half a minute longer: people type while it changes, and the clocks of phones differ.
MFA_TOTP_TOLERANCE = 1
# Passkeys need https; browsers make an exception for localhost, the library has to be told.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT
# Behind a proxy all requests come from one address: rate limits then count the address that the proxy reports.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=int(BEHIND_PROXY))
INVITATION_DAYS = env.int("INVITATION_DAYS", default=14)

# Mail -----------------------------------------------------------------------------------------------------

if not DEVELOPMENT and not env.str("EMAIL_URL", default=""):
    # The console would print the links of invitations into the server's log.
    raise ImproperlyConfigured("Set EMAIL_URL, for example smtp+tls://user:password@host:587; consolemail:// to try.")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# In seconds: a mail server that does not answer holds up nobody for longer.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="INTEGRA <integra@localhost>")
# The mailbox to which people send photos (`manage.py fetch_photos`), over IMAP with TLS.
PHOTO_MAIL_HOST = env.str("PHOTO_MAIL_HOST", default="")
PHOTO_MAIL_PORT = env.int("PHOTO_MAIL_PORT", default=993)
PHOTO_MAIL_USER = env.str("PHOTO_MAIL_USER", default="")
PHOTO_MAIL_PASSWORD = env.str("PHOTO_MAIL_PASSWORD", default="")
PHOTO_MAIL_FOLDER = env.str("PHOTO_MAIL_FOLDER", default="INBOX")

# Security -------------------------------------------------------------------------------------------------

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "integra.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
    SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture", "midi")
}

# Work in the background -----------------------------------------------------------------------------------

# Without a broker the web process starts the same limited child process itself.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_500_000
RENDER_SECONDS = env.int("RENDER_SECONDS", default=180)
RENDER_MEGABYTES = env.int("RENDER_MEGABYTES", default=1500)

# Logging --------------------------------------------------------------------------------------------------

# No addresses and no personal codes in the logs: the filter puts routes in the place of paths.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"route": {"()": "integra.logs.RouteNotPath"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["route"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Its own handlers would print each line twice, unfiltered.
        "django": {"handlers": [], "level": "INFO"},
        # Would write the identity of each new passkey.
        "fido2": {"level": "WARNING"},
    },
}

# The pages -----------------------------------------------------------------------------------------------

SITE_NAME = _("City Integration Audit")
# Who runs this installation (name and postal address), and where questions about it go.
OPERATOR = env.str("OPERATOR", default="")
CONTACT = env.str("CONTACT", default="")
