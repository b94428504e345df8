from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Installed for its commands: they touch every storey, so they live in the roof."""

    name = "config"
