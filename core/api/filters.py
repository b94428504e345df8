"""Filters of lists whose values a database can compare."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters import IsoDateTimeFilter as BaseFilter
from django_filters.fields import IsoDateTimeField as BaseField

from core.clock import FIRST_YEAR, LAST_YEAR


class _Field(BaseField):
    """A moment of our time: its neighbours exist in every zone, of every database."""

    def to_python(self, value: Any) -> datetime | None:
        moment: datetime | None = super().to_python(value)
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(
                _("This time must lie between the years {first} and {last}.").format(
                    first=FIRST_YEAR, last=LAST_YEAR
                )
            )
        return moment


class IsoDateTimeFilter(BaseFilter):
    """Compares with a moment; one out of all reach is refused in words."""

    field_class = _Field
