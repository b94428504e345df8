"""The Celery app: a doorbell. Every message may be lost; the rows may not."""

import os

from celery import Celery
from celery.signals import setup_logging

from core.logs import configure_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("sumani")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_kwargs: object) -> None:
    """Stop Celery from replacing the log set-up that settings describe."""
    configure_logging()
