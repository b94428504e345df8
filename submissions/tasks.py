"""Bells. The work is in ``runner``."""

from celery import shared_task

from submissions import runner


@shared_task(name="submissions.sweep_attachments")
def sweep_attachments() -> None:
    """Remove the files that no attachment names."""
    runner.remove_orphaned_attachments()
