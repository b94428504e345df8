"""What may stand behind the question mark of an address; all else is refused."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from core.errors import Invalid

if TYPE_CHECKING:  # DRF reads this module while its own views are being imported
    from rest_framework.request import Request

ALWAYS = ("format",)  # the renderer's; there is one
_NAMED = 60  # characters of a parameter that there is not
_TOLD = 20  # so many of them are named in one answer
_DIGITS = 9  # fit every integer of the database


def refuse_unknown(view: Any, request: Request) -> None:
    """Refuse parameters that the action of the view would leave unread."""
    known = parameters_of(view)
    unknown = [name for name in request.query_params if name not in {*known, *ALWAYS}]
    if unknown:
        raise ValidationError(
            {
                name: [ErrorDetail(_told(name, known), code="unknown")]
                for name in islice((name[:_NAMED] for name in unknown), _TOLD)
            }
        )


def parameters_of(view: Any) -> list[str]:
    """Name what the action reads: filters, the order, pages, and its own."""
    names = list(view.query_params.get(view.action, ()))
    if view.action == "list" and view.filter_backends:
        filters = getattr(view, "filterset_class", None)
        names += getattr(filters, "base_filters", {})
        names += ["ordering"] if view.ordering_fields else []
    if view.action in view.paged_actions and view.paginator is not None:
        names += [
            view.paginator.page_query_param,
            view.paginator.page_size_query_param,
        ]
    return names


def whole_number(
    query: Mapping[str, str], name: str, *, default: int, highest: int
) -> int:
    """Read a number from 1 to ``highest``; left out or empty, it is ``default``."""
    text = query.get(name) or str(default)
    is_number = text.isascii() and text.isdecimal() and len(text) <= _DIGITS
    if not is_number or not 1 <= int(text) <= highest:
        raise Invalid.field(
            name,
            _("{name} must be a whole number from 1 to {highest}.").format(
                name=name, highest=highest
            ),
            received=text,
        )
    return int(text)


def _told(name: str, known: list[str]) -> str:
    if near := get_close_matches(name, known, n=1):
        return _("There is no such parameter; did you mean “{name}”?").format(
            name=near[0]
        )
    if not known:
        return _("There is no such parameter: this address takes none.")
    return _("There is no such parameter; there are: {names}.").format(
        names=", ".join(known)
    )
