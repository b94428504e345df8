from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Score sheets, the ranking and its proof."""

    name = "scoring"
