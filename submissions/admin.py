from django.contrib import admin

from core.admin import Window
from submissions.models import Submission


@admin.register(Submission)
class SubmissionWindow(Window):
    """That entries are there and in which state; not whose, and not what they say."""

    list_display = ["reference", "contest", "state", "created_at", "submitted_at"]
    list_filter = ["state"]
    list_select_related = ["contest"]
