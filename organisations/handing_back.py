"""Rows that were not written: kept as they came, given back with the reasons."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from organisations import reasons
from organisations.imports.columns import Table
from organisations.imports.reading import Content
from organisations.models import ImportRun
from organisations.workbooks import write_table


def keep_rejected(
    file: IO[bytes], content: Content, table: Table, rejected: frozenset[int]
) -> None:
    """Write JSON lines of row number and cells; the first line is the header."""
    lines: list[tuple[int, list[str]]] = [(table.header_row, list(table.header))]
    lines += [(row, cells) for row, cells, _marks in content.rows if row in rejected]
    for line in lines:
        file.write(json.dumps(line).encode() + b"\n")


def write_rejected(run: ImportRun, kept: IO[bytes], file: IO[bytes]) -> None:
    """Write a workbook: the columns as they came, the row in the file, the reasons."""
    _number, header = json.loads(kept.readline())
    told = defaultdict(list)
    for problem in run.problems.all():
        sentence = reasons.of_cell(problem.code, problem.facts)
        told[problem.row].append(
            f"{problem.column}: {sentence}" if problem.column else sentence
        )

    def rows() -> Iterator[list[str]]:
        for line in kept:
            number, cells = json.loads(line)
            blanks = [""] * (len(header) - len(cells))
            yield [*cells[: len(header)], *blanks, str(number), "\n".join(told[number])]

    write_table(
        file,
        title=_("Rejected rows"),
        header=[*header, _("Row in the file"), _("Reasons")],
        rows=rows(),
    )


def write_problems(run: ImportRun, file: IO[bytes]) -> None:
    """Write a workbook of all there is to look at: where, what came, what is wrong."""

    def rows() -> Iterator[list[str]]:
        for problem in run.problems.all().iterator():
            sentence = reasons.of_cell(problem.code, problem.facts)
            weight = _("error") if problem.is_error else _("note")
            where = [str(problem.row), problem.column]
            yield [*where, problem.received, sentence, weight]

    write_table(
        file,
        title=_("Problems"),
        header=[
            _("Row in the file"),
            *(_("Column"), _("Received"), _("What is wrong"), _("Weight")),
        ],
        rows=rows(),
    )
