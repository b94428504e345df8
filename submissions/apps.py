from django.apps import AppConfig
from django.utils.module_loading import import_string


class SubmissionsConfig(AppConfig):
    """Entries, their versions and receipts, eligibility; who may look at them."""

    name = "submissions"

    def ready(self):
        import_string(
            "submissions.notices.letters_of_results"
        )  # registers letters of acts
        import_string("submissions.doubts.undecided_entries")  # registers looks
        import_string("submissions.conflicts.lift_conflict")  # and an act of two
