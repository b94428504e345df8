"""Bells. The work is in ``runner`` and in the runners of the apps above."""

from uuid import UUID

import structlog
from celery import shared_task

from core.invariants import findings
from core.snapshots import consistent_read
from jobs import runner, services

logger = structlog.get_logger(__name__)


@shared_task(name=services.RUN_JOB)
def run_job(*, job_id: str) -> None:
    """Run one job, if nobody else has it."""
    runner.run(UUID(job_id))


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Ring for jobs without a worker; remove files that are over or without a job."""
    services.sweep()
    services.expire_files()
    runner.remove_orphaned_files()


@shared_task(name="jobs.check_invariants")
def check_invariants() -> None:
    """Look every night whether the data still is what it must be; tell the log."""
    with consistent_read():
        found = list(findings())
    broken = [finding for finding in found if not finding.holds]
    for finding in broken:
        logger.error(
            "invariant broken",
            invariant=finding.name,
            count=finding.count,
            offenders=finding.offenders,
        )
    logger.info("invariants checked", checked=len(found), broken=len(broken))
