"""A real Celery worker on the test's own database, for killing."""

import os
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from config.embedded.processes import Child

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 3


def database_url():
    """The address of the database that this test runs on, not of the empty one."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    return f"postgres://{config['USER']}@/{config['HOST']}/{config['NAME']}"


@contextmanager
def worker(folder, *, sweeps=True, broker="", concurrency=1, **settings_of_mail):
    """Run a worker; with ``sweeps`` it has the clock that rings for orphaned jobs.

    It knows the odd jobs of ``tests.faults.odd_jobs``, too. Mail leaves at once, to
    where ``EMAIL_URL`` says.
    """
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "SUMANI_DATA_DIR": str(settings.DATA_DIR),
        "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "JOB_SWEEP_SECONDS": "1",
        "MAIL_LEASE_SECONDS": str(LEASE_SECONDS),
        "MAIL_SWEEP_SECONDS": "1",
        "MAIL_MASS_PER_MINUTE": "100000",
        **settings_of_mail,
    }
    if broker:
        environment["CELERY_BROKER_URL"] = broker
    clock = ["--beat"] if sweeps else []
    command = [
        *(sys.executable, "-m", "celery", "--app", "config", "worker"),
        *("--concurrency", str(concurrency), "--without-gossip", "--without-mingle"),
        *("--include", "tests.faults.odd_jobs"),
        *clock,
    ]
    child = Child(
        "worker", command, log=folder / "worker.log", env=environment, cwd=ROOT
    )
    with child:
        yield child


def kill(child):
    """End the worker and its children as the kernel or a power cut would."""
    os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()


def wait_for(job, reached, *, seconds):
    """Read the job until ``reached(job)``; False when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        job.refresh_from_db()
        if reached(job):
            return True
        time.sleep(0.02)
    return False
