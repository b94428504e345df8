"""The sheet *Scores*: every counted score, an entry's rows one under the other."""

import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby

from django.utils.translation import gettext as _
from openpyxl.utils import quote_sheetname

from exports.workbooks.book import MAX_ROWS, Book, Sheet
from exports.workbooks.layout import begin_sheet, begin_table, end_table
from exports.workbooks.lines import criterion_title
from exports.workbooks.report import RankingReport
from exports.workbooks.styles import Style
from scoring.packing import PackedScores
from scoring.ranking import Score
from scoring.tallies import counted_scores

WIDTHS = (14, 64, 16, 28, 24, 10)
STYLES = (Style.LINE,) * 5 + (Style.VALUE,)
VALUE_COLUMN = "F"
WORD = re.compile("[A-Za-z]{4,}")  # not to be taken for a cell or quoted


class Places:
    """Where on *Scores* the values of an entry and a criterion stand.

    Numbers in columns: text for each of a hundred thousand ranges would weigh more
    than all the scores.
    """

    def __init__(self, entries: Sequence[str], criteria: Sequence[str]) -> None:
        """Make room for these entries and criteria, in this order."""
        self.entries = entries
        self._entries = {key: index for index, key in enumerate(entries)}
        self._criteria = {code: index for index, code in enumerate(criteria)}
        room = array("I", [0]) * (len(entries) * len(criteria))
        self._sheets, self._firsts, self._lasts = room, room[:], room[:]
        self._titles: list[str] = []

    def put(self, entry: str, criterion: str, title: str, rows: range) -> None:
        """Keep where the values are."""
        if not self._titles or self._titles[-1] != title:
            self._titles.append(title)
        index = self._index(entry, criterion)
        self._sheets[index] = len(self._titles) - 1
        self._firsts[index], self._lasts[index] = rows.start, rows.stop - 1

    def __getitem__(self, key: tuple[str, str]) -> str:
        """Spell the range of an entry and a criterion: "Scores!$F$4:$F$12"."""
        index = self._index(*key)
        title, first = self._titles[self._sheets[index]], self._firsts[index]
        column, last = f"${VALUE_COLUMN}$", self._lasts[index]
        return f"{_spelled(title)}!{column}{first}:{column}{last}"

    def cell(self, entry: str, criterion: str, number: int) -> str:
        """Spell the cell of a value, by its number among those of the range."""
        index = self._index(entry, criterion)
        title, first = self._titles[self._sheets[index]], self._firsts[index]
        return f"{_spelled(title)}!${VALUE_COLUMN}${first + number}"

    def _index(self, entry: str, criterion: str) -> int:
        return self._entries[entry] * len(self._criteria) + self._criteria[criterion]


def counted(report: RankingReport) -> PackedScores:
    """The scores behind the ranking: of its entries, without what is excluded."""
    scores = counted_scores(report.scores, report.exclusions)
    return PackedScores(score for score in scores if score.entry in report.entries)


def write_scores(
    book: Book,
    report: RankingReport,
    scores: PackedScores,
    on_row: Callable[[], None],
    *,
    max_rows: int = MAX_ROWS,
) -> Places:
    """Write all scores and answer where they are.

    What does not fit on a sheet goes to a further one; an entry is never torn.
    """
    writer = _Writer(book, report, on_row)
    in_order = order_of(report)
    for entry in writer.places.entries:
        block = sorted(scores.of(entry), key=in_order)
        if writer.sheet.row + len(block) > max_rows:
            writer.begin_next_sheet()
        writer.write(entry, block)
    end_table(writer.sheet)
    return writer.places


def order_of(report: RankingReport) -> Callable[[Score], tuple[int, int]]:
    """What the scores of one entry are sorted by: criterion, then juror."""
    criteria = {c.code: index for index, c in enumerate(report.rules.criteria)}
    jurors = {key: index for index, key in enumerate(by_name(report.jurors))}
    return lambda score: (criteria[score.criterion], jurors[score.juror])


class _Writer:
    def __init__(
        self, book: Book, report: RankingReport, on_row: Callable[[], None]
    ) -> None:
        self._book, self._report, self._on_row = book, report, on_row
        criteria = report.rules.criteria
        names = {key: facts.reference for key, facts in report.entries.items()}
        self.places = Places(by_name(names), [c.code for c in criteria])
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
            rows = range(first, self.sheet.row + 1)
            self.places.put(entry, code, self.sheet.title, rows)


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


def by_name(names: Mapping[str, str]) -> list[str]:
    """The keys in the order of their names, with 9 before 10."""

    def natural(key: str) -> tuple[list[str | int], str]:
        parts: list[str | int] = list(re.split("([0-9]+)", names[key].casefold()))
        parts[1::2] = map(int, parts[1::2])
        return parts, key

    return sorted(names, key=natural)


@cache
def _spelled(title: str) -> str:
    return title if WORD.fullmatch(title) else str(quote_sheetname(title))
