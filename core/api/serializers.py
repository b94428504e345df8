"""Bodies that hold what they may hold: a misspelt member is refused, not dropped."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

_NAMED = 60  # characters of a member that there is not
_TOLD = 20  # so many of them are named in one answer


class ExactMixin:
    """Refuse members that there are not; those only read may come back as they were.

    ``shown_as`` is the serializer that shows what this one changes: who reads a thing,
    changes a member and sends all of it back is not refused what only the server sets.
    """

    shown_as: type[serializers.Serializer] | None = None

    def to_internal_value(self, data: Any) -> Any:
        """Read the members; all that is wrong with them is told at once."""
        unknown = self._unknown(data) if isinstance(data, Mapping) else {}
        try:
            values = super().to_internal_value(data)  # type: ignore[misc]  # a mixin
        except serializers.ValidationError as exc:
            if not unknown:
                raise
            raise serializers.ValidationError({**exc.detail, **unknown}) from exc
        if unknown:
            raise serializers.ValidationError(unknown)
        return values

    def _unknown(self, data: Mapping[str, Any]) -> dict[str, list[Any]]:
        fields = self._fields()
        names = [name for name in data if name not in fields]
        if names and self.shown_as is not None:
            shown = self.shown_as().fields
            names = [name for name in names if name not in shown]
        return {
            name: [serializers.ErrorDetail(self._told(name), code="unknown")]
            for name in islice((name[:_NAMED] for name in names), _TOLD)
        }

    def _fields(self) -> Mapping[str, serializers.Field]:
        return self.fields  # type: ignore[attr-defined]  # those of the serializer

    def _told(self, name: str) -> str:
        fields = self._fields().items()
        known = [each for each, field in fields if not field.read_only]
        if not known:
            return _("There is no such member: nothing is sent with this request.")
        if near := get_close_matches(name, known, n=1):
            return _("There is no such member; did you mean “{name}”?").format(
                name=near[0]
            )
        return _("There is no such member; there are: {names}.").format(
            names=", ".join(known)
        )


class ExactSerializer(ExactMixin, serializers.Serializer):
    """An object that has no other members than those declared."""


class NothingSerializer(ExactSerializer):
    """An action that takes nothing: what is sent with it would have no effect."""
