from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Long work as rows with leases; idempotency keys."""

    name = "jobs"

    def ready(self):
        autodiscover_modules("runner")
