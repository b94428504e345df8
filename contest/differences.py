"""What differs between two JSON documents. Pure; knows nothing of rulebooks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_KEYS = ("code", "slug", "key", "id")  # by the first that all have, rows are paired


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that differs; ``before`` None means it was not there, and so on.

    So a key without a value is no difference to one that is not there: what a document
    of an earlier release could not say yet is not told as changed.

    ``path`` joins keys with dots; rows that have a code stand under it:
    ``criteria.innovation.weight``. Where such rows only changed their order, ``path``
    is the list and both sides are the codes.
    """

    path: str
    before: Any
    after: Any


def differences(old: Any, new: Any, path: str = "") -> list[Difference]:
    """List the places where two JSON values differ, in the order of the newer one."""
    return list(_differences(old, new, path))


def _differences(old: Any, new: Any, path: str) -> Iterator[Difference]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _of_mappings(old, new, path)
    elif _is_list(old) and _is_list(new):
        yield from _of_lists(old, new, path)
    elif not _same(old, new):
        yield Difference(path, old, new)


def _of_mappings(
    old: Mapping[str, Any], new: Mapping[str, Any], path: str
) -> Iterator[Difference]:
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key), new.get(key)
        if key in old and key in new:
            yield from _differences(before, after, _below(path, key))
        elif before is not None or after is not None:
            yield Difference(_below(path, key), before, after)


def _of_lists(
    old: Sequence[Any], new: Sequence[Any], path: str
) -> Iterator[Difference]:
    name = _naming([*old, *new])
    before, after = _named(old, name), _named(new, name)
    if before is None or after is None:
        if not _same(old, new):
            yield Difference(path, old, new)
        return
    yield from _of_mappings(before, after, path)
    stayed_before = [code for code in before if code in after]
    stayed_after = [code for code in after if code in before]
    if stayed_before != stayed_after:
        yield Difference(path, stayed_before, stayed_after)


def _named(rows: Sequence[Any], name: str | None) -> dict[str, Any] | None:
    """Give rows their names; None where they have none or one stands twice."""
    if name is None:
        return None
    named = {str(row[name]): row for row in rows}
    return named if len(named) == len(rows) else None


def _naming(rows: Sequence[Any]) -> str | None:
    if not rows or not all(isinstance(row, Mapping) for row in rows):
        return None
    return next((key for key in _KEYS if all(row.get(key) for row in rows)), None)


def _same(old: Any, new: Any) -> bool:
    """Compare as JSON does: true is not 1."""
    if isinstance(old, bool) != isinstance(new, bool):
        return False
    if _is_list(old) and _is_list(new):
        return len(old) == len(new) and all(map(_same, old, new))
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_same(old[k], new[k]) for k in new)
    return bool(old == new)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _below(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)
