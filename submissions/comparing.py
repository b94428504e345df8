"""Two windows on one entry: what was changed where, and what collides. Pure.

A form carries a mark of each value it was filled with. By the marks one sees, when it
comes back, which fields were touched in it and which have been changed elsewhere; only
a field that both touched is a collision.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from submissions.content import plain

_LENGTH = 12  # hex digits of a mark
_ANSWER = "answers."


@dataclass(frozen=True, slots=True)
class Comparison:
    """The fields to save, and those that were changed elsewhere, too."""

    changed: list[str]
    collided: list[str]


def flat(content: Mapping[str, Any]) -> dict[str, Any]:
    """Name each value of a frozen content: fields, and ``answers.<code>``."""
    answers = {f"{_ANSWER}{k}": v for k, v in (content.get("answers") or {}).items()}
    fields = {field: value for field, value in content.items() if field != "answers"}
    return fields | answers


def nested(values: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Give named values the shape that is saved; other ``answers`` stay as they are."""
    fields = {k: v for k, v in values.items() if not k.startswith(_ANSWER)}
    own = {k.removeprefix(_ANSWER): v for k, v in values.items() if k not in fields}
    return fields | ({"answers": {**answers, **own}} if own else {})


def marks(content: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Mark the values of the named fields; nothing and an empty text are the same."""
    return {name: mark(content.get(name)) for name in names}


def mark(value: Any) -> str:
    """Mark one value."""
    bare = plain(value)
    text = json.dumps(bare if bare not in ("", [], None) else None, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def compare(
    before: Mapping[str, str], stored: Mapping[str, Any], typed: Mapping[str, Any]
) -> Comparison:
    """Compare what is stored and what was typed with the marks ``before`` both."""
    changed: list[str] = []
    collided: list[str] = []
    for name, value in typed.items():
        now, mine = mark(stored.get(name)), mark(value)
        if mine in {now, before.get(name)}:
            continue
        is_elsewhere = before.get(name, now) != now
        (collided if is_elsewhere else changed).append(name)
    return Comparison(changed, collided)
