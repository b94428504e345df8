"""``?ordering=`` over declared fields, always with a last word that decides."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.filters import OrderingFilter


class StableOrderingFilter(OrderingFilter):
    """Add the primary key, so that pages never repeat or skip a row."""

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> list[str] | None:
        """List the fields, then ``pk``; where none is asked for, the model's order."""
        ordering = super().get_ordering(request, queryset, view)
        return [*ordering, "pk"] if ordering else None

    def remove_invalid_fields(
        self, queryset: Any, fields: list[str], view: Any, request: Any
    ) -> list[str]:
        """Refuse what a list cannot be ordered by, instead of leaving it out."""
        known = super().remove_invalid_fields(queryset, fields, view, request)
        if len(known) < len([field for field in fields if field]):
            raise ValidationError(
                {
                    self.ordering_param: [
                        _(
                            "This list can be ordered by: {names}; with “-” before"
                            " the name downwards."
                        ).format(names=", ".join(view.ordering_fields))
                    ]
                }
            )
        return known
