"""`make demo` and `make run`: everything embedded, on loopback, nothing secret."""

import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SUMANI_DATA_DIR", BASE_DIR / "var"))


def _own_secret_key() -> str:
    """Make a key once per data folder: sign-ins survive a restart, none is shared."""
    path = DATA / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


# Children of this process may serve another data folder, which has its own key.
_key_was_given = "DJANGO_SECRET_KEY" in os.environ
if not _key_was_given:
    os.environ["DJANGO_SECRET_KEY"] = _own_secret_key()
os.environ.setdefault("CELERY_BROKER_URL", "redis://127.0.0.1:6379/0")
os.environ.setdefault("DJANGO_ALLOWED_HOSTS", "127.0.0.1,localhost")
os.environ.setdefault("JOB_SWEEP_SECONDS", "10")

from config.settings.base import *
from config.settings.databases import cache, database

if not _key_was_given:
    del os.environ["DJANGO_SECRET_KEY"]

DATABASES = {"default": database(env, default=f"sqlite:///{DATA / 'sumani.sqlite3'}")}
CACHES = {"default": cache(env, default="locmemcache://")}
SAMPLE_PEOPLE_FILE = DATA_DIR / "sample_people.json"  # written by `make demo` alone
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
# One machine, one person trying things out and a demo that enters a whole contest.
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {
    "anon": "6000/min",
    "user": "60000/min",
    "sign_in": "600/min",
    "password": "600/min",
    "second_factor": "600/min",
}
