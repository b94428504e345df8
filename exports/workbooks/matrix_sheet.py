"""The sheet *Matrix*: entries × jurors, the total of every sheet that counts."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter, quote_sheetname

from exports.workbooks.book import Sheet
from exports.workbooks.cells import Formula, Value
from exports.workbooks.formulas import rounded, total_templates
from exports.workbooks.layout import HEADER_ROW, begin_sheet, begin_table, end_table
from exports.workbooks.report import RankingReport
from exports.workbooks.scores_sheet import Places, by_name, order_of
from exports.workbooks.styles import Style
from scoring.packing import PackedScores
from scoring.ranking import OVERALL, Entry, Score
from scoring.rounding import hundredths, printed
from scoring.weighing import list_weighings

FIRST_JUROR = 3  # the column after reference and title
MOST_JUROR_COLUMNS = 16_000  # Excel ends at column 16,384
TITLE_LINES = 3
WIDTH = 11
LEFT_OUT = "×"  # a conflict, or a sheet that does not count: see *Exclusions*


@dataclass(slots=True)
class Series:
    """Totals of sheets in hundredths: of one entry, or of one juror."""

    values: "array[int]" = field(default_factory=lambda: array("q"))

    def mean(self) -> Decimal:
        """The mean of the printed totals, as printed."""
        return printed(hundredths(sum(self.values), 100 * len(self.values)))

    def spread(self) -> Decimal | None:
        """The sample standard deviation, as printed; None of fewer than two."""
        count, total = len(self.values), sum(self.values)
        if count < 2:  # noqa: PLR2004 - one value has no spread
            return None
        squares = sum(value * value for value in self.values)
        variance = Fraction(count * squares - total**2, count * (count - 1))
        return printed(_rounded_root(variance))


def _rounded_root(square: Fraction) -> int:
    """The root to the nearest whole, a half going up: (2r - 1)² <= 4x < (2r + 1)²."""
    root = round(float(square) ** 0.5)
    while (2 * root + 1) ** 2 <= 4 * square:
        root += 1
    while root and (2 * root - 1) ** 2 > 4 * square:
        root -= 1
    return root


@dataclass(frozen=True, slots=True)
class JurorColumn:
    """Where a juror's totals stand, "Matrix!$C$4:$C$99", and what they are."""

    area: str
    totals: Series


def write_matrix(
    sheet: Sheet,
    report: RankingReport,
    scores: PackedScores,
    places: Places,
    on_row: Callable[[], None],
) -> Mapping[str, JurorColumn]:
    """Write the table; answer the column of each juror."""
    jurors = by_name(report.jurors)[:MOST_JUROR_COLUMNS]
    columns = {key: Series() for key in jurors}
    titles = [_("Reference"), _("Title"), *(report.jurors[key] for key in jurors)]
    titles += [_("Sheets"), _("Mean"), _("Lowest"), _("Highest")]
    styles = [Style.LINE, Style.LINE, *[Style.SCORE] * len(jurors)]
    styles += [Style.COUNT, Style.TOTAL, Style.SCORE, Style.SCORE]
    begin_sheet(sheet, report, [14, 40, *[WIDTH] * (len(titles) - 2)])
    begin_table(
        sheet, titles, styles, lines=TITLE_LINES, frozen_columns=FIRST_JUROR - 1
    )
    lines = _Lines(report, places, jurors)
    for entry in places.entries:
        totals = lines.totals(entry, scores.of(entry))
        for juror, formula in totals.items():
            columns[juror].values.append(int(formula.cached * 100))
        facts = report.entries[entry]
        row = (facts.reference, facts.title, *lines.row(entry, totals, sheet.row + 1))
        sheet.append(row, styles)
        on_row()
    end_table(sheet)
    return _located(sheet, columns)


class _Lines:
    """The cells of an entry: a formula for each sheet, then what they come to."""

    def __init__(
        self, report: RankingReport, places: Places, jurors: Sequence[str]
    ) -> None:
        rules = report.rules
        facts = report.entries
        entries = [Entry(key, each.nominations) for key, each in facts.items()]
        self._weighings = list_weighings(rules, entries)[OVERALL]
        self._total_of, self._facts = total_templates(rules), facts
        self._below_zero = any(c.scale.minimum < 0 for c in rules.criteria)
        self._places, self._jurors, self._in_order = places, jurors, order_of(report)
        self._left_out = {(e.entry, e.juror) for e in report.exclusions}
        last = get_column_letter(max(FIRST_JUROR, FIRST_JUROR + len(jurors) - 1))
        self._area = f"{get_column_letter(FIRST_JUROR)}%d:{last}%d"

    def totals(self, entry: str, scores: Sequence[Score]) -> dict[str, Formula]:
        """The total of each whole sheet of the entry, by juror."""
        numbers: dict[str, int] = {}
        cells: dict[str, dict[str, str]] = {}
        steps: dict[str, dict[str, int]] = {}
        for score in sorted(scores, key=self._in_order):
            number = numbers[score.criterion] = numbers.get(score.criterion, -1) + 1
            where = self._places.cell(entry, score.criterion, number)
            cells.setdefault(score.juror, {})[score.criterion] = where
            steps.setdefault(score.juror, {})[score.criterion] = score.steps
        found, weighing = {}, self._weighings.of(entry)
        codes, template = self._total_of(OVERALL, self._facts[entry].nominations)
        for juror, given in steps.items():
            total = weighing.sheet_total(given)
            if total is not None:
                refs = tuple(cells[juror][code] for code in codes)
                value = printed(hundredths(total.numerator, total.denominator))
                found[juror] = Formula(template % refs, value)
        return found

    def row(self, entry: str, totals: Mapping[str, Formula], row: int) -> list[Value]:
        """All cells after the title."""
        cells: list[Value] = [totals.get(juror) for juror in self._jurors]
        for index, juror in enumerate(self._jurors):
            if cells[index] is None and (entry, juror) in self._left_out:
                cells[index] = LEFT_OUT
        values = array("q", [int(each.cached * 100) for each in totals.values()])
        if not values:
            return [*cells, 0, None, None, None]
        area = self._area % (row, row)
        mean = rounded(f"AVERAGE({area})", below_zero=self._below_zero)
        return [
            *cells,
            Formula(f"COUNT({area})", len(values)),
            Formula(mean, Series(values).mean()),
            Formula(f"MIN({area})", printed(min(values))),
            Formula(f"MAX({area})", printed(max(values))),
        ]


def _located(sheet: Sheet, columns: Mapping[str, Series]) -> Mapping[str, JurorColumn]:
    found = {}
    first, last = HEADER_ROW + 1, max(HEADER_ROW + 1, sheet.row)
    for position, (juror, totals) in enumerate(columns.items(), start=FIRST_JUROR):
        letter = get_column_letter(position)
        area = f"{quote_sheetname(sheet.title)}!${letter}${first}:${letter}${last}"
        found[juror] = JurorColumn(area, totals)
    return found
