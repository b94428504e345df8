from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """Entries, their versions and receipts, eligibility; who may look at them."""

    name = "submissions"
