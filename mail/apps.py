from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MailConfig(AppConfig):
    """The outbox: every message is a row first, sent by a worker."""

    name = "mail"

    def ready(self):
        autodiscover_modules("letters")  # each storey's templates, known by name
