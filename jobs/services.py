"""Queue work, ring for it, sweep up after workers that died."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop
from kombu.exceptions import OperationalError

from core import clock
from jobs.models import Job

logger = structlog.get_logger(__name__)
RUN_JOB = "jobs.run_job"
_RING_AGAIN_AFTER = timedelta(seconds=15)


def enqueue(*, kind: str, parameters: dict[str, Any], requester_id: UUID) -> Job:
    """Insert a job in the caller's transaction and ring once it is committed."""
    job = Job.objects.create(
        kind=kind, parameters=parameters, requester_id=requester_id
    )
    transaction.on_commit(partial(ring, job.pk))
    return job


def ring(job_id: UUID) -> None:
    """Tell a worker; when the broker is away the sweeper tells it later."""
    try:
        current_app.send_task(RUN_JOB, kwargs={"job_id": str(job_id)}, retry=False)
    except (OperationalError, OSError) as exc:
        logger.warning("bell not heard", job=str(job_id), error=str(exc))


def ring_if_waiting(job: Job) -> None:
    """Ring again for a job that somebody is looking at and no worker has."""
    now = clock.now()
    since = job.lease_until or job.created_at + _RING_AGAIN_AFTER
    if job.is_active and since < now:
        ring(job.pk)


def sweep() -> int:
    """Give up on jobs that killed every worker, ring for the others; how many rang."""
    now = clock.now()
    given_up = Job.objects.exhausted(now, settings.JOB_MAX_ATTEMPTS).update(
        state=Job.State.FAILED,
        lease_token=None,
        finished_at=now,
        error=gettext_noop(
            "The worker stopped each time this was tried. Please tell the"
            " administrator."
        ),
    )
    if given_up:
        logger.error("jobs given up", count=given_up)
    waiting = list(Job.objects.without_worker(now).values_list("pk", flat=True))
    for job_id in waiting:
        ring(job_id)
    return len(waiting)
