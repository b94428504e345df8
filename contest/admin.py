from django.contrib import admin

from contest import models
from core.admin import Window


@admin.register(models.Organiser)
class OrganiserWindow(Window):
    list_display = ["slug", "name", "country", "phone", "email", "website"]
    list_display_links = ["slug"]


@admin.register(models.Series)
class SeriesWindow(Window):
    list_display = ["slug", "title", "organiser"]
    list_select_related = ["organiser"]


@admin.register(models.Contest)
class ContestWindow(Window):
    list_display = ["slug", "series", "edition", "opens_at", "closes_at", "created_at"]
    list_display_links = ["slug"]
    list_select_related = ["series"]


@admin.register(models.RulebookVersion)
class RulebookVersionWindow(Window):
    list_display = ["contest", "number", "reason", "sha256", "created_at"]
    list_select_related = ["contest"]


@admin.register(models.Act)
class ActWindow(Window):
    list_display = ["contest", "kind", "at", "until", "reason"]
    list_select_related = ["contest"]


@admin.register(models.OrganiserMember)
class OrganiserMemberWindow(Window):
    list_display = ["organiser", "person", "created_at"]
    list_select_related = ["organiser", "person"]


@admin.register(models.Coordinator)
class CoordinatorWindow(Window):
    list_display = ["contest", "person", "created_at"]
    list_select_related = ["contest", "person"]


@admin.register(models.Juror)
class JurorWindow(Window):
    list_display = ["contest", "number", "role", "invited_at", "removed_at"]
    list_select_related = ["contest"]
