"""A workbook whose rows are streamed. openpyxl makes everything else of it.

openpyxl writes no value beside a formula, and a sheet of ours written through its
cells takes more than three times as long. So rows go to a temporary file as text,
and one method of openpyxl's `ExcelWriter` is overridden to set them between the
beginning and the end of the sheet that openpyxl wrote.
`tests/exports/workbooks/test_book.py` pins the version of openpyxl and says what to
look at before it is raised.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from os import PathLike
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from exports.workbooks.cells import Value, cell, clean_text
from exports.workbooks.styles import Style, register_styles

Target = str | PathLike[str] | IO[bytes]

MAX_ROWS = 1_048_576
MAX_TITLE = 31
BUFFER = 1 << 20
EMPTY_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
FORBIDDEN_IN_TITLE = re.compile(r"[\\/?*\[\]:\x00-\x1f\ufffd]")


class TooManyRows(ValueError):
    """A sheet ends at row 1,048,576; Excel refuses a longer one."""


class Sheet:
    """Rows that are written once, from above; look and print set-up by openpyxl."""

    def __init__(
        self, openpyxl_sheet: WriteOnlyWorksheet, rows: Path, styles: dict[Style, int]
    ) -> None:
        self.openpyxl = openpyxl_sheet
        self.title: str = openpyxl_sheet.title
        self.row = 0
        self.width = 0
        self.widths: Sequence[float] = ()
        self._rows = rows.open("w+b", buffering=BUFFER)
        self._styles = styles
        self._letters: list[str] = []

    def append(
        self, values: Sequence[Value], styles: Sequence[Style], height: float = 0
    ) -> int:
        """Write a row, one style a value, height in points; answer its number."""
        if self.row == MAX_ROWS:
            raise TooManyRows(self.title)
        self.row += 1
        self.width = max(self.width, len(values))
        number = self._styles
        row = str(self.row)
        cells = [
            cell(letter + row, number[style], value)
            for letter, style, value in zip(
                self._letters_of(values), styles, values, strict=False
            )
        ]
        # Not marked as custom: the height follows when somebody edits the row.
        tall = f' ht="{height}"' if height else ""
        text = f'<row r="{row}"{tall}>{"".join(cells)}</row>'
        self._rows.write(text.encode())
        return self.row

    @property
    def last_column(self) -> str:
        """The letter of the widest row's last column."""
        return str(get_column_letter(self.width or 1))

    def _letters_of(self, values: Sequence[Value]) -> list[str]:
        while len(self._letters) < len(values):
            self._letters.append(get_column_letter(len(self._letters) + 1))
        return self._letters

    def copy_rows_to(self, part: IO[bytes]) -> None:
        self._rows.seek(0)
        copyfileobj(self._rows, part, BUFFER)

    def close(self) -> None:
        self._rows.close()


class Book:
    """Use it in a `with`: its temporary files are gone however the block ends."""

    def __init__(self, *, title: str, creator: str, created: datetime) -> None:
        self.workbook = Workbook(write_only=True)
        moment = created.astimezone(UTC).replace(tzinfo=None)
        properties = self.workbook.properties
        properties.title, properties.creator = clean_text(title), creator
        properties.lastModifiedBy = creator
        properties.created = properties.modified = moment
        self.sheets: list[Sheet] = []
        self._styles = register_styles(self.workbook)

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="workbook-")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for sheet in self.sheets:
            sheet.close()
        self._folder.cleanup()

    def add_sheet(self, title: str) -> Sheet:
        taken = [sheet.title for sheet in self.sheets]
        made = self.workbook.create_sheet(safe_title(title, taken))
        rows = Path(self._folder.name) / f"rows{len(taken)}.xml"
        sheet = Sheet(made, rows, self._styles)
        self.sheets.append(sheet)
        return sheet

    def save(self, target: Target) -> None:
        """Write the file; the same content makes the same bytes."""
        moment = self.workbook.properties.created.timetuple()[:6]
        with _DatedArchive(target, moment) as archive:
            rows = {sheet.title: sheet.copy_rows_to for sheet in self.sheets}
            _StreamingExcelWriter(self.workbook, archive, rows).write_data()


class _DatedArchive(ZipFile):
    """A zip file whose parts carry the moment of the report, not of the writing."""

    def __init__(self, target: Target, moment: tuple[int, ...]) -> None:
        super().__init__(target, "w", ZIP_DEFLATED)
        self._moment = moment

    def part(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self._moment)  # type: ignore[arg-type]  # six numbers
        info.compress_type = ZIP_DEFLATED
        return info

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        if isinstance(zinfo_or_arcname, str):
            zinfo_or_arcname = self.part(zinfo_or_arcname)
        super().writestr(zinfo_or_arcname, data, compress_type, compresslevel)


class _StreamingExcelWriter(ExcelWriter):
    def __init__(
        self,
        workbook: Workbook,
        archive: _DatedArchive,
        rows: Mapping[str, Callable[[IO[bytes]], None]],
    ) -> None:
        super().__init__(workbook, archive)
        self._rows = rows

    def write_worksheet(self, ws: WriteOnlyWorksheet) -> None:
        """As openpyxl's own, but the rows are ours."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - the caller looks at it
        frame = WorksheetWriter(ws, out=BytesIO())
        frame.write()
        ws._rels = frame._rels  # noqa: SLF001 - as in openpyxl's own
        before, after = EMPTY_ROWS.split(frame.read())
        info = self._archive.part(ws.path[1:])
        with self._archive.open(info, "w", force_zip64=True) as part:
            part.write(before + b"<sheetData>")
            self._rows[ws.title](part)
            part.write(b"</sheetData>" + after)
        self.manifest.append(ws)


def safe_title(title: str, taken: Sequence[str] = ()) -> str:
    """A title Excel accepts for a sheet: its characters, its length, not taken."""
    title = FORBIDDEN_IN_TITLE.sub(" ", clean_text(title))
    title = " ".join(title.split())[:MAX_TITLE].strip(" '") or "Sheet"
    if title.casefold() == "history":  # Excel keeps this one for itself
        title += "_"
    used = {other.casefold() for other in taken}
    base, number = title, 1
    while title.casefold() in used:
        number += 1
        ending = f" {number}"
        title = base[: MAX_TITLE - len(ending)] + ending
    return title
