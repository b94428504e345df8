"""``?ordering=`` over declared fields, always with a last word that decides."""

from typing import Any

from rest_framework.filters import OrderingFilter


class StableOrderingFilter(OrderingFilter):
    """Add the primary key, so that pages never repeat or skip a row."""

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> list[str]:
        """List the fields, then ``pk``."""
        ordering = super().get_ordering(request, queryset, view) or ()
        return [*ordering, "pk"]
