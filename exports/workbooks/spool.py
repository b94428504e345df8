"""Rows set aside on disk: read within a snapshot, written to a file after it."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import finalize

from exports.workbooks.cells import Value

IN_MEMORY = 1 << 20  # bytes; a small contest never touches the disk
_DECIMAL, _MOMENT, _DAY = "n", "t", "d"


class Spool:
    """Rows of values, kept in a temporary file that ends with this object.

    They may be read as often as one likes, by one reader at a time.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - it lives as long as the object
        finalize(self, self._file.close)
        self._count = 0

    def append(self, row: Sequence[Value]) -> None:
        """Keep a row."""
        text = json.dumps(row, ensure_ascii=True, default=_plain)
        self._file.write(text.encode() + b"\n")
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[list[Value]]:
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line, object_hook=_value)


def _plain(value: Any) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {_DECIMAL: f"{value:f}"}
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    raise TypeError(f"{type(value).__name__} is no value of a row")


def _value(spelled: dict[str, str]) -> Decimal | date:
    [(kind, text)] = spelled.items()
    if kind == _DECIMAL:
        return Decimal(text)
    return (datetime if kind == _MOMENT else date).fromisoformat(text)
