"""Bells. The work is in ``runner`` and ``services``."""

from celery import shared_task

from mail import runner, services


@shared_task(name=services.SEND_DUE)
def send_due() -> None:
    """Send what is due; rung after each commit, and by the clock whatever happened."""
    runner.send_due()


@shared_task(name="mail.erase_outlived")
def erase_outlived() -> None:
    """Erase the texts and addresses of messages that were sent long ago."""
    services.erase_outlived()
