"""Settings shared by every environment; each value has one home and one reader."""

from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from core.logs import logging_config

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

# --- Identity -------------------------------------------------------------
SECRET_KEY = env("DJANGO_SECRET_KEY")  # no default: a missing key stops the start
DEBUG = False
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=[])
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.CodeBackend",
    "rules.permissions.ObjectPermissionBackend",
]
PERMISSION_MATRIX = BASE_DIR / "config" / "permissions.toml"

# --- Apps -----------------------------------------------------------------
DJANGO_APPS = [
    "config.apps.SiteConfig",  # the admin: read-only rows for administrators
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, which our own stand before
]
THIRD_PARTY_APPS = [
    "allauth",
    "allauth.account",  # stages between a code and a session, further addresses
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rules.apps.AutodiscoverRulesConfig",
]
LOCAL_APPS = [
    "config.apps.ConfigConfig",
    "core",
    "audit",
    "jobs",
    "mail",
    "accounts",
    "organisations",
    "contest",
    "submissions",
    "scoring",
    "exports",
    "gallery",
]
INSTALLED_APPS = [*DJANGO_APPS, *THIRD_PARTY_APPS, *LOCAL_APPS]

MIDDLEWARE = [
    "core.arrival.ArrivalMiddleware",  # first: it notes when the request came
    "django.middleware.security.SecurityMiddleware",
    "core.compression.TextGZipMiddleware",  # before whitenoise: it packs its files, too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
# A redirect would turn a POST without its slash into a GET without its body.
APPEND_SLASH = False
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
            ],
        },
    },
]

FORM_RENDERER = "core.pages.forms.Renderer"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "scoring:desk"
LOGOUT_REDIRECT_URL = "gallery:home"
CSRF_FAILURE_VIEW = "core.pages.errors.csrf_failure"
# Nothing but our own files, no script or style inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# --- Data -----------------------------------------------------------------
DATA_DIR = Path(env("SUMANI_DATA_DIR", default=str(BASE_DIR / "var")))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
STATIC_ROOT = None
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True  # served from the packages; production collects them
JOB_FILES_DIR = DATA_DIR / "jobs"

# --- Languages and time ---------------------------------------------------
LANGUAGE_CODE = "lt"
LANGUAGES = [("lt", "Lietuvių"), ("en", "English")]
FORMAT_MODULE_PATH = "core.formats"
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- API ------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    # Closed unless a view names its action in the matrix: core/api/permissions.py.
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.MatrixPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.StrictJSONParser"],
    "DEFAULT_FILTER_BACKENDS": [
        "core.api.filters.StrictFilterBackend",
        "core.api.ordering.StableOrderingFilter",
    ],
    "DEFAULT_PAGINATION_CLASS": "core.api.pagination.PagePagination",
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.ProblemAwareSchema",
    "DEFAULT_METADATA_CLASS": None,  # the OpenAPI description says it better
    "DEFAULT_THROTTLE_CLASSES": [
        "core.api.throttling.AnonThrottle",
        "core.api.throttling.UserThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env("THROTTLE_ANON", default="60/min"),
        "user": env("THROTTLE_USER", default="1200/min"),
        "sign_in": env("THROTTLE_SIGN_IN", default="10/min"),
        "password": env("THROTTLE_PASSWORD", default="10/hour"),
        "second_factor": env("THROTTLE_SECOND_FACTOR", default="20/hour"),
    },
    "NUM_PROXIES": env.int("TRUSTED_PROXY_COUNT", default=0),
    "EXCEPTION_HANDLER": "core.api.problems.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sumani API",
    "DESCRIPTION": "Contests of good practice: entries, score sheets, rankings.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "POSTPROCESSING_HOOKS": [],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes; the largest JSON body we take

# --- Files ----------------------------------------------------------------
_MB = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.uploading.TemporaryFileHandler",
]
DISK_KEEP_FREE = env.int("DISK_KEEP_FREE_MB", default=200) * _MB
# --- Attachments ----------------------------------------------------------
ATTACHMENT_FILES_DIR = DATA_DIR / "attachments"
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_MB", default=25) * _MB
ATTACHMENT_MAX_PIXELS = env.int("ATTACHMENT_MAX_MEGAPIXELS", default=50) * 1_000_000
ATTACHMENT_MAX_PHOTOS = env.int("ATTACHMENT_MAX_PHOTOS", default=15)
ATTACHMENT_MAX_DOCUMENTS = env.int("ATTACHMENT_MAX_DOCUMENTS", default=10)
ATTACHMENT_QUOTA = env.int("ATTACHMENT_QUOTA_MB", default=250) * _MB
ATTACHMENT_GRACE = timedelta(minutes=env.int("ATTACHMENT_GRACE_MINUTES", default=15))
ATTACHMENT_SIDE = 4000  # pixels of the longer side that are kept
ATTACHMENT_PREVIEW_SIDE = 1200
# What one picture may need; measured: 48 million pixels of WebP take 760 MB and 2 s.
ATTACHMENT_DECODE_MEMORY = 1024 * _MB
ATTACHMENT_DECODE_SECONDS = 10
REQUEST_AGE_HEADER = env("REQUEST_AGE_HEADER", default="")
# --- Import of the register -----------------------------------------------
IMPORT_FILES_DIR = DATA_DIR / "imports"
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_MB", default=10) * 1024 * 1024
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", default=20_000)
IMPORT_KEEP = timedelta(days=env.int("IMPORT_KEEP_DAYS", default=30))

# --- Sign-in --------------------------------------------------------------
SESSION_COOKIE_AGE = (
    60 * 24 * 3600
)  # seconds; one's own device, others: the browser's life
EMAIL_CODE_LIFETIME = timedelta(minutes=30)
EMAIL_CODE_TRIES = 10
INVITATION_LIFETIME = timedelta(days=14)
TELEPHONE_CODE_LIFETIME = timedelta(minutes=15)
# Coordinators and administrators come in with two factors; on in production.
SECOND_FACTOR_REQUIRED = False
SECOND_FACTOR_URL = "accounts:security"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ["email", "name"]}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
# The people of a demonstration, in whose name anybody signs in with one click.
SAMPLE_PEOPLE_FILE: Path | None = None
# What allauth does here and what our codes do: docs/adr/0021.
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Sumani"
MFA_TOTP_TOLERANCE = 1  # steps of 30 s: clocks of telephones differ
TOKEN_LIFETIME = timedelta(days=60)
PROPOSALS_LAST = timedelta(hours=env.int("PROPOSALS_LAST_HOURS", default=72))
AUDITOR_DAYS_MAX = env.int("AUDITOR_DAYS_MAX", default=90)

# --- Mail -----------------------------------------------------------------
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="sumani@localhost")
# Whom to ask where no contest is meant, as in a message with a sign-in code.
CONTACT_NAME = env("CONTACT_NAME", default="Sumani")
CONTACT_PHONE = env("CONTACT_PHONE", default="")
CONTACT_EMAIL = env("CONTACT_EMAIL", default="")
EMAIL_TIMEOUT = 10  # seconds for each answer of the mail server
# Longer than a server can take for all its answers to one message.
MAIL_LEASE = timedelta(seconds=env.int("MAIL_LEASE_SECONDS", default=120))
MAIL_TRIED_FOR = timedelta(days=3)  # RFC 5321 asks for some days
MAIL_MASS_PER_MINUTE = env.int("MAIL_MASS_PER_MINUTE", default=120)
# How long before an end the house reminds by itself.
REMIND_BEFORE = timedelta(days=env.int("REMIND_DAYS_BEFORE", default=3))
MAIL_TEXTS_KEPT = timedelta(days=env.int("MAIL_TEXTS_KEPT_DAYS", default=30))

# --- Background work ------------------------------------------------------
CELERY_BROKER_URL = env("CELERY_BROKER_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is away must cost a request a moment, not a minute.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "visibility_timeout": 3600,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SEND_TASK_EVENTS = False
# In memory: the default keeps its last rounds in a file, and a file torn by a kill -9
# (EOFError on reading) would end the clock and with it every sweep.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {
        "task": "jobs.sweep",
        "schedule": env.float("JOB_SWEEP_SECONDS", default=30.0),
        # A bell that nobody heard in time need not ring twice.
        "options": {"expires": 60},
    },
    "send-mail": {
        "task": "mail.send_due",
        "schedule": env.float("MAIL_SWEEP_SECONDS", default=10.0),
        "options": {"expires": 10},
    },
    "remind-in-time": {
        "task": "scoring.remind_in_time",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "erase-mail": {
        "task": "mail.erase_outlived",
        "schedule": timedelta(hours=1),
        "options": {"expires": 600},
    },
    "check-invariants": {
        "task": "jobs.check_invariants",
        "schedule": crontab(hour=2, minute=15),  # UTC: nobody is at work in Vilnius
        "options": {"expires": 3600},
    },
    "sweep-attachments": {
        "task": "submissions.sweep_attachments",
        "schedule": timedelta(hours=1),
        "options": {"expires": 60},
    },
    "erase-register-files": {
        "task": "contest.erase_register_files",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
}
JOB_LEASE = timedelta(seconds=env.int("JOB_LEASE_SECONDS", default=60))
JOB_MAX_ATTEMPTS = 3
JOB_FILES_KEPT = timedelta(days=env.int("JOB_FILES_KEPT_DAYS", default=30))
CONTACT_FILES_KEPT = timedelta(hours=env.int("CONTACT_FILES_KEPT_HOURS", default=24))

# --- Logs -----------------------------------------------------------------
LOGGING_CONFIG = "core.logs.configure_logging"
LOGGING = logging_config(env("LOG_LEVEL", default="INFO"))
