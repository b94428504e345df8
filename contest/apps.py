from django.apps import AppConfig


class ContestConfig(AppConfig):
    """Organisers, series, editions, acts and phases, rulebooks, panel, coordinators."""

    name = "contest"
