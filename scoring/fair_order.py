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

_Entry = TypeVar("_Entry")


def fair_order(
    juror: UUID, entries: Iterable[_Entry], *, key: Callable[[_Entry], UUID]
) -> list[_Entry]:
    """Sort entries as this juror meets them; ``key`` gives the id of an entry."""
    return sorted(entries, key=lambda entry: _rank(juror, key(entry)))


def _rank(juror: UUID, entry: UUID) -> bytes:
    return hashlib.sha256(juror.bytes + entry.bytes).digest()
