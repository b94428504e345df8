"""One table as a file of its own: an Excel workbook or CSV."""

import csv
from io import TextIOWrapper
from typing import IO

from django.utils import translation

from exports.workbooks.book import Book, Target
from exports.workbooks.flat import csv_field
from exports.workbooks.letterhead import Letterhead
from exports.workbooks.progress import OnProgress, Progress
from exports.workbooks.table import Table, write_table

CREATOR = "Sumani"


def write_list_workbook(
    head: Letterhead,
    table: Table,
    title: str,
    target: Target,
    *,
    on_progress: OnProgress,
) -> None:
    """Write a workbook of one sheet with this title."""
    progress = Progress(on_progress, total=len(table.rows) + 1)
    with (
        translation.override(head.language),
        Book(title=head.contest, creator=CREATOR, created=head.generated_at) as book,
    ):
        write_table(book.add_sheet(title), head, table, progress.step)
        book.save(target)
    progress.finish()


def write_list_csv(
    table: Table, file: IO[bytes], *, on_progress: OnProgress, separator: str = ";"
) -> None:
    """Write the table as ``flat.write_ranking_csv`` writes a ranking."""
    progress = Progress(on_progress, total=len(table.rows) + 1)
    mark = "," if separator == ";" else "."
    out = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(out, delimiter=separator)
        writer.writerow(csv_field(each.title, mark) for each in table.headings)
        for row in table.rows:
            writer.writerow(csv_field(value, mark) for value in row)
            progress.step()
    finally:
        out.detach()
    progress.finish()
