"""Bells. The work is in ``register``."""

from celery import shared_task

from contest import register_files


@shared_task(name="contest.erase_register_files")
def erase_register_files() -> None:
    """Erase files of the register that were kept long enough."""
    register_files.erase_old_files()
