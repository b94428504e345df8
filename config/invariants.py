"""Invariants of every storey at once."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F

from contest.models import Contest, Series
from core.append_only import unguarded
from core.invariants import invariant
from core.text import ForbiddenCharacter, clean
from submissions.models import Submission

_TEXT = (models.CharField, models.TextField, models.JSONField)
# Written by Django or by a library, not by people.
_NOT_OURS = {"sessions", "contenttypes", "auth", "admin"}
# Of what a row may be a part by more than one way.
_WHOLES = (Series, Contest, Submission)
# A rehearsal is a contest of its own beside the one that it rehearses.
_APART = {"Rehearsal.of"}


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


@invariant("history.is_guarded", "The database refuses to change what is history.")
def history_is_guarded() -> Iterable[str]:
    yield from unguarded()


@invariant(
    "parts.belong_together", "All that a row points to is of one contest and one entry."
)
def parts_belong_together() -> Iterable[str]:
    for whole in _WHOLES:
        nearest = _nearest_ways(whole)
        for model in apps.get_models():
            first, *others = _ways(model, nearest) or [""]
            for other in others:
                for pk in _torn(model, first, other):
                    yield f"{model.__name__} {pk} {other}"


def _nearest_ways(whole: type[models.Model]) -> dict[type[models.Model], str]:
    """Tell for each model by which foreign keys it leads to the whole soonest."""
    nearest = {whole: ""}
    while True:
        further = {
            model: ways[0]
            for model in apps.get_models()
            if model not in nearest and (ways := _ways(model, nearest))
        }
        if not further:
            return nearest
        nearest |= further


def _ways(
    model: type[models.Model], nearest: dict[type[models.Model], str]
) -> list[str]:
    """List the ways of a model to the whole, one a foreign key; the whole has none."""
    if nearest.get(model) == "":
        return []
    return [
        "__".join(filter(None, [field.name, nearest[field.related_model]]))
        for field in model._meta.concrete_fields  # noqa: SLF001 -- as above
        if isinstance(field, models.ForeignKey)
        and field.related_model in nearest
        and f"{model.__name__}.{field.name}" not in _APART
    ]


def _torn(model: type[models.Model], first: str, other: str) -> Iterable[Any]:
    known = {f"{first}__isnull": False, f"{other}__isnull": False}
    rows = model._base_manager.order_by().filter(**known)  # noqa: SLF001 -- documented: the one that hides nothing
    return rows.exclude(**{first: F(other)}).values_list("pk", flat=True)
