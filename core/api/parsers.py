"""JSON in, or a sentence that says what is wrong with it."""

import codecs
import json
import math
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

_MAX_DEPTH = 40
_MAX_DIGITS = 400
_DIGITS_SHOWN = 20


class StrictJSONParser(JSONParser):
    """Standard JSON only: UTF-8, no NaN, no endless numbers, no abyss of brackets."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 -- DRF's signature
        parser_context: Any = None,  # noqa: ARG002 -- DRF's signature
    ) -> Any:
        """Read the body; whatever cannot be read is a 400 that says why."""
        try:
            text = codecs.getreader("utf-8")(stream).read()
            data = json.loads(
                text,
                parse_constant=_refuse,
                parse_int=_integer,
                parse_float=_finite,
            )
            _require_characters(data)
        except (ValueError, RecursionError) as exc:
            raise ParseError(
                _("The body is not valid JSON in UTF-8: {reason}.").format(
                    reason=str(exc) or _("nested too deeply")
                )
            ) from exc
        if _depth(data) > _MAX_DEPTH:
            raise ParseError(_("The body is nested too deeply."))
        return data


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number of JSON")


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:_DIGITS_SHOWN]} is too large a number")
    return number


def _require_characters(data: Any) -> None:
    """Refuse lone surrogates: JSON can write them, no text can hold them."""
    for level in _levels(data):
        for item in level:
            texts = (item, *item) if isinstance(item, dict) else (item,)
            for text in texts:
                if isinstance(text, str) and not text.isascii():
                    text.encode()  # UnicodeEncodeError is a ValueError


def _depth(data: Any) -> int:
    return sum(1 for _level in _levels(data))


def _levels(data: Any) -> Iterator[list[Any]]:
    """Walk the document breadth first, down to one level below the allowed depth."""
    level = [data]
    for _step in range(_MAX_DEPTH + 1):
        if not level:
            return
        yield level
        children: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                children.extend(item.values())
            elif isinstance(item, list):
                children.extend(item)
        level = children
