"""Django's admin as a window: it shows rows and changes none."""

from django.contrib import admin

from core.policy import allows

ADMINISTER = "core.administer"


class Window(admin.ModelAdmin):
    """Named fields of a model, to look at. Changes go through services."""

    actions = None
    list_display_links = None
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request, obj=None):  # noqa: ARG002 -- Django's signature
        return allows(request.user, ADMINISTER)

    def has_module_permission(self, request):
        return allows(request.user, ADMINISTER)

    def has_add_permission(self, request):  # noqa: ARG002 -- Django's signature
        return False

    def has_change_permission(self, request, obj=None):  # noqa: ARG002 -- Django's signature
        return False

    def has_delete_permission(self, request, obj=None):  # noqa: ARG002 -- Django's signature
        return False

    def get_fields(self, request, obj=None):  # noqa: ARG002 -- Django's signature
        """Show in detail what the list shows: nothing is told by forgetting it."""
        return self.list_display
