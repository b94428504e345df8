"""Bells. The work is in ``runner`` and in the runners of the apps above."""

from uuid import UUID

from celery import shared_task

from jobs import runner, services


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
