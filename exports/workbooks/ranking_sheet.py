"""The sheet *Ranking*: one flat table of all lists; means and totals are live."""

from collections.abc import Callable
from decimal import Decimal

from openpyxl.formatting.rule import Rule

from exports.workbooks.book import Sheet
from exports.workbooks.cells import Formula, Value
from exports.workbooks.formulas import mean_template, total_templates
from exports.workbooks.layout import (
    HEADER_ROW,
    append_wrapped,
    begin_sheet,
    begin_table,
    end_table,
)
from exports.workbooks.lines import Column, Line, columns, lines
from exports.workbooks.report import RankingReport
from exports.workbooks.scores_sheet import Places
from exports.workbooks.styles import new_group_line

FROZEN_COLUMNS = 3  # nomination, place, reference
TITLE_LINES = 3


def write_ranking(
    sheet: Sheet, report: RankingReport, places: Places, on_row: Callable[[], None]
) -> None:
    """Write the table; `places` say where on *Scores* the values of an entry are."""
    shown = columns(report)
    begin_sheet(sheet, report, [column.width for column in shown])
    titles = [column.title for column in shown]
    styles = [column.style for column in shown]
    begin_table(sheet, titles, styles, lines=TITLE_LINES, frozen_columns=FROZEN_COLUMNS)
    formulas = _Formulas(report, places)
    for line in lines(report):
        values = [formulas.cell(column, line) for column in shown]
        append_wrapped(sheet, values, styles)
        on_row()
    end_table(sheet)
    _separate_nominations(sheet)


class _Formulas:
    """The live form of a line's computed numbers."""

    def __init__(self, report: RankingReport, places: Places) -> None:
        rules = report.rules
        self._places = places
        self._total_of = total_templates(rules)
        self._means = {c.code: mean_template(c.scale) for c in rules.criteria}

    def cell(self, column: Column, line: Line) -> Value:
        value = column.value(line)
        if not isinstance(value, Decimal):
            return value
        if column.criterion:
            values = self._places[line.entry, column.criterion]
            return Formula(self._means[column.criterion] % values, value)
        if column.is_total:
            codes, total = self._total_of(line.list_code, line.facts.nominations)
            ranges = tuple(self._places[line.entry, code] for code in codes)
            return Formula(total % ranges, value)
        return value


def _separate_nominations(sheet: Sheet) -> None:
    """A line above each nomination that follows the filter and a new sorting."""
    first = HEADER_ROW + 1
    if sheet.row > first:
        rule = Rule(
            type="expression",
            dxf=new_group_line(),
            formula=[f"$A{first + 1}<>$A{first}"],
        )
        area = f"A{first + 1}:{sheet.last_column}{sheet.row}"
        sheet.openpyxl.conditional_formatting.add(area, rule)
