from django.contrib import admin

from core.admin import Window
from jobs.models import Job


@admin.register(Job)
class JobWindow(Window):
    list_display = [
        "kind",
        "state",
        "attempts",
        "done",
        "total",
        "created_at",
        "started_at",
        "heartbeat_at",
        "finished_at",
        "error",
    ]
    list_filter = ["state", "kind"]
