"""``?ordering=`` over declared fields, always with a last word that decides."""

from typing import Any

from rest_framework.filters import OrderingFilter


class StableOrderingFilter(OrderingFilter):
    """Add the primary key, so that pages never repeat or skip a row."""

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> list[str] | None:
        """List the fields, then ``pk``; where none is asked for, the model's order."""
        ordering = super().get_ordering(request, queryset, view)
        return [*ordering, "pk"] if ordering else None
