"""Filters of lists whose values a database can compare."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import IsoDateTimeFilter as BaseFilter
from django_filters.fields import IsoDateTimeField as BaseField
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions

from core.clock import FIRST_YEAR, LAST_YEAR

_BOOLEANS = ("true", "false")
_BITS = ("1", "0")  # read as well, as ever


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


class StrictFilterBackend(DjangoFilterBackend):
    """Refuse what cannot be compared, with what can; nothing is silently left out."""

    def filter_queryset(
        self, request: Any, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        """Find the rows, or say which parameter is wrong."""
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        if wrong := dict(_wrong(filterset)):
            raise exceptions.ValidationError(wrong)
        return filterset.qs


def _wrong(filterset: Any) -> Iterator[tuple[str, list[str]]]:
    errors = filterset.errors
    for name, field in filterset.form.fields.items():
        sent = filterset.data.get(name) or ""
        if isinstance(field, forms.NullBooleanField):
            if sent and sent.lower() not in (*_BOOLEANS, *_BITS):
                yield name, [_allowed(_BOOLEANS)]
        elif name not in errors:
            continue
        elif isinstance(field, (forms.ModelChoiceField, forms.UUIDField)):
            yield name, [_("There is nothing with this id, or it is not yours to see.")]
        elif isinstance(field, forms.ChoiceField):
            yield name, [_allowed(str(code) for code, _label in field.choices if code)]
        else:
            yield name, list(errors[name])


def _allowed(codes: Iterable[str]) -> str:
    return _("This is not one of the choices: {allowed}.").format(
        allowed=", ".join(codes)
    )
