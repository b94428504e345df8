from django.contrib import admin

from accounts.models import ApiToken, User
from core.admin import Window


@admin.register(User)
class UserWindow(Window):
    list_display = [
        "email",
        "name",
        "language",
        "is_active",
        "is_administrator",
        "email_proved_at",
        "last_login",
        "created_at",
    ]
    list_display_links = ["email"]
    list_filter = ["is_active", "is_administrator"]
    search_fields = ["email", "name"]
    ordering = ["email"]


@admin.register(ApiToken)
class ApiTokenWindow(Window):
    list_display = ["person", "name", "scope", "created_at", "expires_at", "revoked_at"]
    list_select_related = ["person"]
