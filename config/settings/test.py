"""The suite: `make test` gives a real PostgreSQL and Valkey by the environment."""

import os
import tempfile

os.environ.setdefault("DJANGO_SECRET_KEY", "for the tests only, never anywhere else")
os.environ.setdefault("CELERY_BROKER_URL", "memory://")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.mkdtemp()}/sumani.sqlite3")
os.environ.setdefault("SUMANI_DATA_DIR", tempfile.mkdtemp(prefix="sumani-tests-"))
os.environ.setdefault("DJANGO_ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")

from config.settings.base import *
from config.settings.databases import cache, database

DATABASES = {"default": database(env)}
# A client of the tests would list every file of the packages before its first answer.
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": cache(env, default="locmemcache://")}
# Each process of the suite has its own database, so it rings its own workers.
CELERY_TASK_DEFAULT_QUEUE = f"tests-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
vars().update(env.email("EMAIL_URL", default="memorymail://"))
# Throttles have their own tests, which set their own rates.
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {
    "anon": None,
    "user": None,
    "sign_in": None,
    "password": None,
    "second_factor": None,
}
