from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Files for coordinators."""

    name = "exports"
