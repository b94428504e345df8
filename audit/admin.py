from django.contrib import admin

from audit.models import Event
from core.admin import Window


@admin.register(Event)
class EventWindow(Window):
    list_display = ["at", "action", "actor_label", "subject_type", "subject_label"]
    list_filter = ["action"]
    ordering = ["-at", "pk"]
