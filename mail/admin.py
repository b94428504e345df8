from django.contrib import admin

from core.admin import Window
from mail.models import Message


@admin.register(Message)
class MessageWindow(Window):
    """What became of messages; neither whom they went to nor what they say."""

    list_display = [
        "template",
        "priority",
        "state",
        "attempts",
        "error",
        "due_at",
        "created_at",
        "sent_at",
    ]
    list_filter = ["state", "priority", "template"]
