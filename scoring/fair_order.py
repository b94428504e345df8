"""In which order a juror meets the entries: each juror in another one. Pure.

Entries are sorted by the SHA-256 of juror and entry. For one juror that is a shuffle
that never changes, also when entries come and go; between jurors it is as good as
random, so that no entry is always the first or always the last one of a tired evening;
and it knows nothing of scores.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

_Row = TypeVar("_Row")


def fair_order(
    juror: UUID, entries: Iterable[_Row], *, key: Callable[[_Row], UUID]
) -> list[_Row]:
    """Sort entries as this juror meets them; ``key`` gives the id of an entry."""
    return shuffled(juror, entries, key=lambda entry: key(entry).bytes)


def shuffled(
    seed: UUID, rows: Iterable[_Row], *, key: Callable[[_Row], bytes]
) -> list[_Row]:
    """Sort rows in an order that ``seed`` alone decides and nobody can foresee."""
    return sorted(rows, key=lambda row: hashlib.sha256(seed.bytes + key(row)).digest())
