"""Rows of an Excel workbook's first visible sheet, in text.

Runs in the child process only: even openpyxl's own answer to a hostile workbook is to
work for minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import column_index_from_string, range_boundaries

from organisations.imports.limits import Limits
from organisations.imports.refusals import Refusal

FORMULA, FORMULA_EMPTY, EXCEL_ERROR = "formula", "formula_empty", "excel_error"

_CHUNK = 1 << 20  # bytes
_CARRY = 200  # bytes of a chunk that may hold the beginning of a tag
_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
_FORMULA = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f[ />]'
)
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
# Cells that are not closed at once, so that they hold something: beyond column Z,
# and below row 9999.
_FAR_RIGHT = re.compile(rb'<(?:\w+:)?c r="([A-Z]{2,3})(\d{1,7})"[^>]*(?<!/)>')
_FAR_DOWN = re.compile(rb'<(?:\w+:)?c r="[A-Z]{1,3}(\d{5,7})"[^>]*(?<!/)>')
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_EXACT = 1e15  # whole numbers up to it a float holds digit by digit
_SPELLED_UNDERSCORE = "_x005F_"


@dataclass
class _Scan:
    cells: int = 0
    elements: int = 0
    formulas: dict[int, set[int]] = field(default_factory=dict)  # row -> columns
    merges: tuple[str, ...] = ()


def read_workbook(path: Path, limits: Limits) -> Iterator[Any]:
    """Yield the facts about the sheet, then ``(row number, cells, marks)``.

    ``marks`` says of a cell, by its position, that it is a formula (the value is the
    one that Excel kept beside it), a formula without such a value, or an error.
    """
    scans = _scan(path, limits)
    # As an open file: openpyxl would want a name of its own liking. It is never
    # closed here, since rows are read from it to the end of the process.
    values = load_workbook(path.open("rb"), read_only=True, data_only=True)
    sheet = next((s for s in values.worksheets if s.sheet_state == "visible"), None)
    if sheet is None:
        raise Refusal("no_sheet")
    scan = scans[sheet._worksheet_path]  # noqa: SLF001 -- openpyxl tells it nowhere else
    yield {
        "sheet": sheet.title,
        "other_sheets": [s.title for s in values.worksheets if s is not sheet],
        "merges": [range_boundaries(ref) for ref in scan.merges],
    }
    yield from _rows(sheet, scan.formulas, limits)


def _scan(path: Path, limits: Limits) -> dict[str, _Scan]:
    """Unpack every part once without keeping it, and count."""
    scans = {}
    with ZipFile(path) as archive:
        for entry in archive.infolist():
            if not entry.filename.endswith((".xml", ".rels")):
                continue
            scans[entry.filename] = scan = _Scan()
            with archive.open(entry) as part:
                _scan_part(part, scan, limits)
    return scans


def _scan_part(part: Any, scan: _Scan, limits: Limits) -> None:
    carried, merges = b"", set()
    while chunk := part.read(_CHUNK):
        window = carried + chunk
        if not carried and window.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")):
            raise Refusal("damaged")  # wide characters would hide what we look for
        if any(word in window for word in _ENTITIES):
            raise Refusal("entities")
        scan.elements += chunk.count(b"<") - chunk.count(b"</")
        scan.cells += len(_CELL.findall(window)) - len(_CELL.findall(carried))
        for letters, row in _FORMULA.findall(window):
            column = column_index_from_string(letters.decode())
            scan.formulas.setdefault(int(row), set()).add(column)
        merges.update(_MERGED.findall(window))
        _require_near(window, limits)
        if scan.cells > limits.cells or scan.elements > limits.elements:
            raise Refusal("too_many_cells", limit=limits.cells)
        if len(merges) > limits.merges:
            raise Refusal("too_many_merges", limit=limits.merges)
        carried = window[-_CARRY:]
    scan.merges = tuple(sorted(ref.decode() for ref in merges))


def _require_near(window: bytes, limits: Limits) -> None:
    for letters, row in _FAR_RIGHT.findall(window):
        if column_index_from_string(letters.decode()) > limits.columns:
            raise Refusal("too_many_columns", row=int(row), limit=limits.columns)
    lowest = max(map(int, _FAR_DOWN.findall(window)), default=0)
    if lowest > limits.rows + limits.headings:
        raise Refusal("too_many_rows", row=lowest, limit=limits.rows)


def _rows(
    sheet: Any, formulas: dict[int, set[int]], limits: Limits
) -> Iterator[tuple[Any, ...]]:
    # What a sheet says of its own size need not be true; and a row with one styled
    # cell at its far end would be filled up to there.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=limits.columns + 1, values_only=True)
    for number, row in enumerate(rows, start=1):
        calculated = formulas.get(number, set())
        width = max(_width(row), *calculated) if calculated else _width(row)
        if not width:
            continue
        if number > limits.rows + limits.headings:
            raise Refusal("too_many_rows", row=number, limit=limits.rows)
        if width > limits.columns:
            raise Refusal("too_many_columns", row=number, limit=limits.columns)
        row = row[:width]  # noqa: PLW2901 -- the rest holds nothing
        yield number, [_text(value) for value in row], _marks(row, calculated)


def _width(row: Any) -> int:
    """Count the cells up to the last that holds anything."""
    if row.count(None) == len(row):
        return 0  # a million times, where a sheet has a last row far down
    return max(i for i, value in enumerate(row, start=1) if value is not None)


def _marks(row: Any, calculated: set[int]) -> dict[str, str]:
    marks = {
        str(column - 1): FORMULA_EMPTY if row[column - 1] is None else FORMULA
        for column in calculated
    }
    for position, value in enumerate(row):
        if value in ERROR_CODES:
            marks[str(position)] = EXCEL_ERROR
    return marks


def _text(value: Any) -> str:
    """Write a value as a person would type it; whole numbers without decimals."""
    match value:
        case None:
            return ""
        case str():
            return value.replace(_SPELLED_UNDERSCORE, "_")
        case bool():
            return str(int(value))
        case float() if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case _:
            return str(value)
