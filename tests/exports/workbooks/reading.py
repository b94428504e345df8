"""Workbooks written and read back."""

from io import BytesIO

from openpyxl import load_workbook

from exports.workbooks.layout import HEADER_ROW
from exports.workbooks.ranking import write_ranking_workbook


def write(report):
    file = BytesIO()
    progress = []
    write_ranking_workbook(
        report, file, on_progress=lambda done, total: progress.append((done, total))
    )
    return file, progress


def open_workbook(report, **options):
    return load_workbook(write(report)[0], **options)


def table(sheet):
    """The rows below the header, by the header's titles."""
    rows = sheet.iter_rows(min_row=HEADER_ROW, values_only=True)
    titles = next(rows)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def facts(sheet):
    """The labels and values of a sheet of facts."""
    return {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}


def texts(workbook):
    for sheet in workbook:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell.value, str))
