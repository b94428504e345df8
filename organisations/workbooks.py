"""Tables as Excel workbooks. A stranger's text is text, whatever it says."""

import re
from collections.abc import Iterable, Sequence
from typing import IO
from unicodedata import normalize

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

MAX_TEXT = 32_767  # of a cell, counted by Excel in UTF-16 units
_TEXT_FORMAT = "@"  # editing a cell that reads "=1+1" does not make it a formula
_WIDEST = 48
# Control characters, lone surrogates and the two non-characters of XML 1.0.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Excel reads `_x0041_` inside a string as the letter A unless `_` is spelled out.
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_table(
    file: IO[bytes],
    *,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
) -> None:
    """Write one sheet of text cells under a frozen header."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header, start=1):
        width = min(max(len(name) + 2, 14), _WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, name, bold=True) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])
    book.save(file)


def _cell(sheet: object, text: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=plain(text))
    # openpyxl takes "=1+1" for a formula and "#REF!" for an error; a text is neither.
    cell.data_type = "s"
    cell.number_format = _TEXT_FORMAT
    if bold:
        cell.font = _BOLD
    return cell


_BOLD = Font(bold=True)


def plain(text: str) -> str:
    """Make a text that a cell can hold; what is replaced or cut is seen to be."""
    text = normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _ESCAPE_LOOKALIKE.sub("_x005F_", _ILLEGAL.sub(_REPLACEMENT, text))
    if len(text) + sum(character > "\uffff" for character in text) <= MAX_TEXT:
        return text
    mark = _("… [cut at %(limit)s characters]") % {"limit": f"{MAX_TEXT:,}"}
    room = (MAX_TEXT - len(mark)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + mark
