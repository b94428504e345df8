"""What our sheets have in common: heading, widths, header of the table, paper."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from exports.workbooks.book import Sheet
from exports.workbooks.cells import Value, clean_text
from exports.workbooks.letterhead import Letterhead
from exports.workbooks.styles import ALARM, HEADERS, WRAPPED, Style

HEADER_ROW = 3  # of a table, below the title and the status of the report
LINE_HEIGHT = 15  # points
MAX_LINES = 27  # Excel's highest row has 409 points
PRINTED_TEXT = 70  # characters; Excel refuses a page header above 255 in all


def begin_sheet(sheet: Sheet, head: Letterhead, widths: Sequence[float]) -> None:
    """Set the sheet up and write its two first rows: what this is, how final it is."""
    sheet.widths = widths
    for index, width in enumerate(widths, start=1):
        sheet.openpyxl.column_dimensions[get_column_letter(index)].width = width
    _set_paper(sheet, head)
    title = f"{head.contest}, {sheet.title}"
    if head.interim:
        title = f"{_('INTERIM')} · {title}"
    sheet.append([title], [Style.TITLE], height=22)
    style = Style.WARNING if doubts(head) else Style.STATUS
    sheet.append([status_line(head)], [style])


def append_wrapped(
    sheet: Sheet, values: Sequence[Value], styles: Sequence[Style]
) -> None:
    """Write a row as high as its wrapped texts need it."""
    sheet.append(values, styles, height=_height(values, styles, sheet.widths))


def append_fact(sheet: Sheet, label: str, value: Value) -> None:
    """Write a label and what it labels, aligned left whatever it is."""
    style = Style.NUMBER_FACT
    if isinstance(value, str):
        style = Style.TEXT
    elif isinstance(value, datetime):
        style = Style.MOMENT
    append_wrapped(sheet, (label, value), (Style.LABEL, style))


def append_header(
    sheet: Sheet, titles: Sequence[str], styles: Sequence[Style], lines: int = 1
) -> int:
    """Write the titles of columns with these styles, aligned like what is below."""
    heads = [HEADERS.get(style, Style.HEADER) for style in styles]
    return sheet.append(titles, heads, height=lines * LINE_HEIGHT)


def begin_table(
    sheet: Sheet,
    titles: Sequence[str],
    styles: Sequence[Style],
    *,
    lines: int = 1,
    frozen_columns: int,
) -> None:
    """Write the header of a sheet that is one table, from row 3 to its end."""
    row = append_header(sheet, titles, styles, lines)
    corner = f"{get_column_letter(frozen_columns + 1)}{row + 1}"
    sheet.openpyxl.freeze_panes = corner
    sheet.openpyxl.print_title_rows = f"{row}:{row}"


def end_table(sheet: Sheet) -> None:
    """Give the table its filter, now that its last row is known."""
    area = f"A{HEADER_ROW}:{sheet.last_column}{sheet.row}"
    sheet.openpyxl.auto_filter.ref = area


def status_line(head: Letterhead) -> str:
    """Interim or final, sample or real, by which rules and when."""
    moment = head.generated_at.isoformat(sep=" ", timespec="seconds")
    parts = [
        doubts(head),
        _("Rulebook version %(version)s") % {"version": head.rulebook_version},
        _("Generated %(moment)s") % {"moment": moment},
    ]
    return " · ".join(part for part in parts if part)


def doubts(head: Letterhead) -> str:
    """Why the ranking must not be taken for the result; empty where it is one."""
    interim = _("INTERIM: judging is not closed") if head.interim else ""
    return " · ".join(part for part in (interim, head.sample_note) if part)


def printed(text: str) -> str:
    """The text for a page's header, where `&` begins a command."""
    text = " ".join(clean_text(text).split())
    if len(text) > PRINTED_TEXT:
        text = text[: PRINTED_TEXT - 1] + "…"
    return text.replace("&", "&&")


def _height(
    values: Sequence[Value], styles: Sequence[Style], widths: Sequence[float]
) -> float:
    """Points for the longest text; not every program measures rows when it opens."""
    lines = 1
    for value, style, width in zip(values, styles, widths, strict=False):
        if style in WRAPPED and isinstance(value, str) and len(value) > width:
            lines = max(lines, _lines(value, width))
    return min(lines, MAX_LINES) * LINE_HEIGHT


def _lines(text: str, width: float) -> int:
    """How many lines a cell of this width breaks the text into, word by word."""
    lines, used = 1, 0.0
    for word in text.split():
        breadth = _breadth(word)
        if used and used + 1 + breadth > width:
            lines, used = lines + 1, 0.0
        lines += int(breadth // width)
        used += breadth % width + (1 if used else 0)
    return lines


def _breadth(text: str) -> float:
    """Roughly, in widths of a digit: letters are narrower, capitals are wider."""
    return 0.87 * len(text) + 0.4 * sum(map(str.isupper, text))


def _set_paper(sheet: Sheet, head: Letterhead) -> None:
    paper = sheet.openpyxl
    paper.page_setup.orientation = "landscape"
    paper.page_setup.paperSize = 9  # A4
    paper.sheet_properties.pageSetUpPr.fitToPage = True
    paper.page_setup.fitToHeight = 0  # as many pages as the rows need
    paper.page_margins.left = paper.page_margins.right = 0.4
    paper.page_margins.top = paper.page_margins.bottom = 0.75
    header, footer = paper.oddHeader, paper.oddFooter
    header.left.text = printed(head.contest)
    if head.interim:
        header.center.text = _("INTERIM")
        header.center.font, header.center.color = "Calibri,Bold", ALARM
    header.right.text = printed(sheet.title)
    footer.left.text = printed(head.sample_note or head.digest)
    footer.right.text = _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
