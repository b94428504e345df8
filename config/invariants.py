"""Invariants of every storey at once."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from core.invariants import invariant
from core.text import ForbiddenCharacter, clean

_TEXT = (models.CharField, models.TextField, models.JSONField)
# Written by Django or by a library, not by people.
_NOT_OURS = {"sessions", "contenttypes", "auth", "admin"}


@invariant("text.is_clean", "All text is NFC and free of control characters.")
def text_is_clean() -> Iterable[str]:
    for model in apps.get_models():
        if model._meta.app_label in _NOT_OURS:  # noqa: SLF001 -- Django's documented door to a model's fields
            continue
        names = [f.attname for f in model._meta.concrete_fields if isinstance(f, _TEXT)]  # noqa: SLF001 -- as above
        for pk, *values in model._default_manager.values_list("pk", *names).iterator():  # noqa: SLF001 -- as above
            for name, value in zip(names, values, strict=True):
                if any(_is_unclean(text) for text in _texts(value)):
                    yield f"{model.__name__} {pk} {name}"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *_texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _is_unclean(text: str) -> bool:
    try:
        return clean(text) != text
    except ForbiddenCharacter:
        return True
