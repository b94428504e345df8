from django.apps import AppConfig
from django.utils.module_loading import import_string


class ContestConfig(AppConfig):
    """Organisers, series, editions, acts and phases, rulebooks, panel, coordinators."""

    name = "contest"

    def ready(self):
        import_string("contest.pretending.to_who_rehearses")  # registers a redirect
