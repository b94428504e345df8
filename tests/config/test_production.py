"""Production starts with everything it needs, or says what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "DJANGO_SECRET_KEY": "k" * 64,
    "DJANGO_ALLOWED_HOSTS": "sumani.example",
    "DATABASE_URL": "postgres://sumani:secret@127.0.0.1:5432/sumani",
    "CELERY_BROKER_URL": "redis://:secret@127.0.0.1:6379/0",
    "CACHE_URL": "rediscache://:secret@127.0.0.1:6379/1",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
    "SITE_URL": "https://sumani.example",
}


def start(environment, *command):
    """Load the settings in a process of its own, as a server would."""
    return subprocess.run(
        [sys.executable, "manage.py", *(command or ["check"])],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_production_starts_with_a_complete_environment():
    started = start(COMPLETE)

    assert (started.returncode, started.stderr[-500:]) == (0, "")


@pytest.mark.parametrize("name", sorted(COMPLETE.keys() - {"DJANGO_SETTINGS_MODULE"}))
def test_production_refuses_to_start_without(name):
    started = start({key: value for key, value in COMPLETE.items() if key != name})

    assert started.returncode != 0
    assert name in started.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("DJANGO_SECRET_KEY", "short", id="a-short-key"),
        pytest.param("DATABASE_URL", "sqlite:///sumani.sqlite3", id="sqlite"),
        pytest.param("SITE_URL", "http://sumani.example", id="links-without-tls"),
    ],
)
def test_production_refuses_what_is_too_weak_for_it(name, value):
    started = start(COMPLETE | {name: value})

    assert started.returncode != 0
    assert name in started.stderr
