"""For real: PostgreSQL, Redis, TLS in front. A missing secret stops the start."""

from config.settings.base import *
from config.settings.databases import cache, database

if len(SECRET_KEY) < 50:
    raise environ.ImproperlyConfigured(
        "DJANGO_SECRET_KEY must have at least 50 characters; make one with"
        " `python -c 'import secrets; print(secrets.token_urlsafe(64))'`."
    )

DATABASES = {"default": database(env)}
if "postgresql" not in DATABASES["default"]["ENGINE"]:
    raise environ.ImproperlyConfigured(
        "DATABASE_URL must name a PostgreSQL database in production,"
        " for example postgres://sumani:PASSWORD@127.0.0.1:5432/sumani."
    )
CACHES = {"default": cache(env)}
if not ALLOWED_HOSTS:
    raise environ.ImproperlyConfigured(
        "DJANGO_ALLOWED_HOSTS must name the hosts that this server answers for."
    )

# --- Mail -----------------------------------------------------------------
vars().update(env.email("EMAIL_URL"))
SITE_URL = env("SITE_URL")
if not SITE_URL.startswith("https://"):
    raise environ.ImproperlyConfigured(
        "SITE_URL must be the address that people see, for example"
        " https://sumani.example.org: links in messages begin with it."
    )

# --- Sign-in --------------------------------------------------------------
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)

# --- Behind TLS -----------------------------------------------------------
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
