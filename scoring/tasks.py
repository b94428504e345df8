"""Bells. The work is in ``reminding``."""

from celery import shared_task

from scoring import reminding


@shared_task(name="scoring.remind_in_time")
def remind_in_time() -> None:
    """Remind of the ends that are near; told again, it reminds nobody twice."""
    reminding.remind_in_time()
