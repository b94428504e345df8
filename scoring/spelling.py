"""Canonical JSON (sorted keys, no spaces, text in NFC), spelled piece by piece."""

import json
from collections.abc import Iterable, Iterator
from unicodedata import is_normalized

JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

Pieces = Iterator[str]


def spelled(value: object) -> Pieces:
    """Spell a value that is small.

    Raises ValueError for text that is not in NFC: nothing that JSON sets between
    texts composes with them, so the whole is in NFC exactly if all of them are.
    """
    text = JSON.encode(value)
    if not is_normalized("NFC", text):
        raise ValueError("document: received text that is not in NFC, allowed: NFC")
    yield text


def spelled_object(members: Iterable[tuple[str, Pieces]]) -> Pieces:
    """Spell an object; its members come in the order of their keys."""
    mark = "{"
    for key, value in members:
        yield f"{mark}{next(spelled(key))}:"
        yield from value
        mark = ","
    yield "}" if mark == "," else "{}"


def spelled_array(items: Iterable[Pieces]) -> Pieces:
    """Spell an array."""
    mark = "["
    for item in items:
        yield mark
        yield from item
        mark = ","
    yield "]" if mark == "," else "[]"
