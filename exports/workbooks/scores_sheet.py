"""The sheet *Scores*: every counted score, an entry's rows one under the other."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from django.utils.translation import gettext as _
from openpyxl.utils import quote_sheetname

from exports.workbooks.book import MAX_ROWS, Book, Sheet
from exports.workbooks.layout import begin_sheet, begin_table, end_table
from exports.workbooks.lines import criterion_title
from exports.workbooks.report import RankingReport
from exports.workbooks.styles import Style
from scoring.ranking import Score
from scoring.tallies import counted_scores

Ranges = dict[tuple[str, str], str]  # (entry, criterion) -> "Scores!$F$4:$F$12"

WIDTHS = (14, 64, 16, 28, 24, 10)
STYLES = (Style.LINE,) * 5 + (Style.VALUE,)
VALUE_COLUMN = "F"
WORD = re.compile("[A-Za-z]{4,}")  # not to be taken for a cell or quoted


def counted(report: RankingReport) -> list[Score]:
    """The scores behind the ranking: of its entries, without what is excluded."""
    scores = counted_scores(report.scores, report.exclusions)
    return [score for score in scores if score.entry in report.entries]


def write_scores(
    book: Book,
    report: RankingReport,
    scores: Sequence[Score],
    on_row: Callable[[], None],
    *,
    max_rows: int = MAX_ROWS,
) -> Ranges:
    """Write all scores and answer where they are.

    What does not fit on a sheet goes to a further one; an entry is never torn.
    """
    writer = _Writer(book, report, on_row)
    for entry, of_entry in groupby(_in_order(report, scores), lambda s: s.entry):
        block = list(of_entry)
        if writer.sheet.row + len(block) > max_rows:
            writer.begin_next_sheet()
        writer.write(entry, block)
    end_table(writer.sheet)
    return writer.ranges


class _Writer:
    def __init__(
        self, book: Book, report: RankingReport, on_row: Callable[[], None]
    ) -> None:
        self.ranges: Ranges = {}
        self._book, self._report, self._on_row = book, report, on_row
        criteria = report.rules.criteria
        self._values = {c.code: cache(c.scale.value) for c in criteria}
        self._number = 1
        self.sheet = _begin(book, report, _("Scores"))

    def begin_next_sheet(self) -> None:
        end_table(self.sheet)
        self._number += 1
        title = f"{_('Scores')} {self._number}"
        self.sheet = _begin(self._book, self._report, title)

    def write(self, entry: str, scores: Sequence[Score]) -> None:
        """Write an entry's scores, each criterion's in one piece."""
        facts, jurors = self._report.entries[entry], self._report.jurors
        for code, of_criterion in groupby(scores, lambda score: score.criterion):
            first = self.sheet.row + 1
            value = self._values[code]
            names = (facts.reference, facts.title, code)
            title = criterion_title(self._report, code)
            for score in of_criterion:
                row = (*names, title, jurors[score.juror], value(score.steps))
                self.sheet.append(row, STYLES)
                self._on_row()
            self.ranges[entry, code] = _range(self.sheet.title, first, self.sheet.row)


def _begin(book: Book, report: RankingReport, title: str) -> Sheet:
    sheet = book.add_sheet(title)
    begin_sheet(sheet, report, WIDTHS)
    titles = (
        _("Reference"),
        _("Title"),
        _("Criterion code"),
        _("Criterion"),
        _("Juror"),
        _("Value"),
    )
    begin_table(sheet, titles, STYLES, frozen_columns=1)
    # Sorting would move values from under the totals. No password: lift it at will.
    protection = sheet.openpyxl.protection
    protection.sheet = True
    protection.autoFilter = protection.formatCells = False
    protection.formatColumns = protection.formatRows = False
    return sheet


def _in_order(report: RankingReport, scores: Sequence[Score]) -> Iterator[Score]:
    """The scores by entry, criterion and juror."""
    criteria = {c.code: index for index, c in enumerate(report.rules.criteria)}
    entries = _positions({key: e.reference for key, e in report.entries.items()})
    jurors = _positions(report.jurors)

    def order(score: Score) -> tuple[int, int, int]:
        return entries[score.entry], criteria[score.criterion], jurors[score.juror]

    return iter(sorted(scores, key=order))


def _positions(names: Mapping[str, str]) -> dict[str, int]:
    """Where each key stands when read by name, with 9 before 10."""

    def natural(key: str) -> tuple[list[str | int], str]:
        parts: list[str | int] = list(re.split("([0-9]+)", names[key].casefold()))
        parts[1::2] = map(int, parts[1::2])
        return parts, key

    return {key: index for index, key in enumerate(sorted(names, key=natural))}


def _range(title: str, first: int, last: int) -> str:
    name = title if WORD.fullmatch(title) else quote_sheetname(title)
    return f"{name}!${VALUE_COLUMN}${first}:${VALUE_COLUMN}${last}"
