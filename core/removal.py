"""Rows with all that hangs on them, for the one thing that may be deleted whole.

Elsewhere every foreign key protects what it points to. What hangs on a row is read from
the models themselves, so a table that is new is not forgotten.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model
from django.db.models.sql import DeleteQuery

from core.append_only import deletable

Rows = Mapping[type[Model], frozenset[Any]]
_AT_ONCE = 500


def hanging_on(roots: Rows) -> Rows:
    """Find the rows themselves and whatever points to them, near or far, by model."""
    found: dict[type[Model], set[Any]] = {m: set(keys) for m, keys in roots.items()}
    fresh: dict[type[Model], set[Any]] = {m: set(keys) for m, keys in found.items()}
    while fresh:
        reached: dict[type[Model], set[Any]] = {}
        for model, field in _links_to(fresh):
            keys = _pointing(model, field, fresh[field.related_model])
            if new := keys - found.get(model, set()):
                found.setdefault(model, set()).update(new)
                reached.setdefault(model, set()).update(new)
        fresh = reached
    return {model: frozenset(keys) for model, keys in found.items() if keys}


def remove(rows: Rows) -> int:
    """Delete exactly these rows, history too; how many.

    Keys are checked at the end of the transaction: what was left pointing to one of
    them stops it.
    """
    with deletable():
        for model, keys in rows.items():
            DeleteQuery(model).delete_batch(list(keys), connection.alias)
    return sum(map(len, rows.values()))


def _links_to(models: Iterable[type[Model]]) -> list[tuple[type[Model], Any]]:
    wanted = set(models)
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields  # noqa: SLF001 -- Django's documented way to a model's fields
        if isinstance(field, ForeignKey) and field.related_model in wanted
    ]


def _pointing(model: type[Model], field: Any, keys: Iterable[Any]) -> set[Any]:
    found: set[Any] = set()
    rows = model._base_manager.all()  # noqa: SLF001 -- documented: the one that hides nothing
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        pointing = rows.filter(**{f"{field.name}__in": some})
        found.update(pointing.order_by().values_list("pk", flat=True))
    return found
