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
from jobs import files
from jobs.models import Job

logger = structlog.get_logger(__name__)
RUN_JOB = "jobs.run_job"
_RING_AGAIN_AFTER = timedelta(seconds=15)
# A bell for each of thousands of waiting jobs, each half minute, would fill the broker.
_RUNG_AT_ONCE = 200


def enqueue(
    *,
    kind: str,
    parameters: dict[str, Any],
    requester_id: UUID,
    kept_for: timedelta | None = None,
) -> Job:
    """Insert a job in the caller's transaction and ring once it is committed.

    Its file is kept for ``kept_for`` after it is done, by default as long as the
    setting ``JOB_FILES_KEPT`` says.
    """
    job = Job.objects.create(
        kind=kind, parameters=parameters, requester_id=requester_id, kept_for=kept_for
    )
    transaction.on_commit(partial(ring, job.pk))
    return job


def try_again(*, job: Job) -> bool:
    """Queue a job anew that failed or was cancelled, its attempts counted from 0.

    False when it is in another state; in the caller's transaction.
    """
    stopped = Job.objects.filter(
        pk=job.pk, state__in=[Job.State.FAILED, Job.State.CANCELLED]
    )
    queued = stopped.update(
        state=Job.State.QUEUED, attempts=0, error="", finished_at=None, done=0, total=0
    )
    if queued:
        transaction.on_commit(partial(ring, job.pk))
    return bool(queued)


def cancel(*, job: Job) -> bool:
    """Stop a job that waits or runs; False when it did neither.

    Who runs it loses the lease, notices with the next progress and removes the file.
    """
    under_way = Job.objects.active().filter(pk=job.pk)
    return bool(
        under_way.update(
            state=Job.State.CANCELLED,
            lease_token=None,
            lease_until=None,
            finished_at=clock.now(),
        )
    )


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
    oldest = Job.objects.without_worker(now).order_by("created_at", "pk")
    waiting = list(oldest.values_list("pk", flat=True)[:_RUNG_AT_ONCE])
    for job_id in waiting:
        ring(job_id)
    return len(waiting)


def expire_files() -> int:
    """Remove the files whose time is over; their rows stay and say so; how many."""
    outlived = Job.objects.outlived(clock.now()).values_list("pk", "file_name")
    gone = 0
    for job_id, name in list(outlived):
        # First the row: a file without a row is removed later, never the reverse.
        done = Job.objects.filter(pk=job_id, state=Job.State.DONE)
        if done.update(state=Job.State.EXPIRED, file_name=""):
            files.path_of(name).unlink(missing_ok=True)
            gone += 1
    return gone
