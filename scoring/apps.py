from django.apps import AppConfig
from django.utils.module_loading import import_string


class ScoringConfig(AppConfig):
    """Score sheets, the ranking and its proof."""

    name = "scoring"

    def ready(self):
        import_string("scoring.freezing.freeze")  # registers what follows acts
        import_string("scoring.progress.entries_progress")  # and what entries lack
        import_string("scoring.doubts.unsent_sheets")  # registers looks
