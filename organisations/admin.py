from django.contrib import admin

from core.admin import Window
from organisations.models import Organisation


@admin.register(Organisation)
class OrganisationWindow(Window):
    list_display = ["name", "code", "kind", "country", "municipality", "created_at"]
    list_display_links = ["name"]
    list_filter = ["kind", "country"]
    search_fields = ["name_search", "code"]
