"""A table as plain values: what every list that we export has in common."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from exports.workbooks.book import Sheet
from exports.workbooks.cells import Value
from exports.workbooks.layout import (
    append_wrapped,
    begin_sheet,
    begin_table,
    end_table,
)
from exports.workbooks.letterhead import Letterhead
from exports.workbooks.styles import Style

TITLE_LINES = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title, its width in digits, how its cells look.

    ``key`` names the column for whoever looks for it, in whatever language.
    """

    key: str
    title: str
    width: float
    style: Style


class Rows(Protocol):
    """Rows that are counted and can be read more than once."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Sequence[Value]]: ...


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows."""

    headings: Sequence[Heading] = ()
    rows: Rows = ()

    def position(self, key: str) -> int:
        """Find a column by its key, from 0."""
        return [heading.key for heading in self.headings].index(key)


def write_table(
    sheet: Sheet,
    head: Letterhead,
    table: Table,
    on_row: Callable[[], None],
    *,
    frozen_columns: int = 1,
) -> None:
    """Write the sheet that is this table."""
    begin_sheet(sheet, head, [heading.width for heading in table.headings])
    styles = [heading.style for heading in table.headings]
    titles = [heading.title for heading in table.headings]
    begin_table(sheet, titles, styles, lines=TITLE_LINES, frozen_columns=frozen_columns)
    _append(sheet, table.rows, styles, on_row)
    end_table(sheet)


def _append(
    sheet: Sheet,
    rows: Rows,
    styles: Sequence[Style],
    on_row: Callable[[], None],
) -> None:
    for row in rows:
        append_wrapped(sheet, row, styles)
        on_row()
