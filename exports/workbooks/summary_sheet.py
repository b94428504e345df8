"""The sheet *Summary*: counts and sums by group, and over all of *Entries*."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter, quote_sheetname

from core.collation import sort_key
from exports.workbooks.book import Sheet
from exports.workbooks.cells import Formula, Value
from exports.workbooks.layout import (
    HEADER_ROW,
    append_header,
    append_wrapped,
    begin_sheet,
)
from exports.workbooks.report import RankingReport
from exports.workbooks.styles import Style
from exports.workbooks.summary import (
    COUNTED,
    ELIGIBLE,
    INELIGIBLE,
    SENT,
    SUMMED,
    WITHDRAWN,
    Grouping,
    Summary,
    Totals,
)
from exports.workbooks.table import Table

LABEL_WIDTH, COUNT_WIDTH, MONEY_WIDTH = 44, 12, 17
TITLE_LINES = 3
Number = int | Decimal
STYLES = (
    Style.LABEL,
    *[Style.COUNT] * len(COUNTED),
    *[Style.MONEY] * (2 * len(SUMMED)),
)


def write_summary(sheet: Sheet, report: RankingReport, entries: Sheet) -> None:
    """Write all groupings; `entries` is the sheet that the first line adds up."""
    widths = [COUNT_WIDTH] * len(COUNTED) + [MONEY_WIDTH] * (2 * len(SUMMED))
    begin_sheet(sheet, report, [LABEL_WIDTH, *widths])
    summary = report.summary
    titles = _titles()
    sheet.append([], [])
    append_header(sheet, [_("Entries"), *titles], STYLES, TITLE_LINES)
    row = _over_entries(summary, report.sent, entries)
    append_wrapped(sheet, [_("All entries sent"), *row], STYLES)
    for grouping in summary.groupings:
        _write_grouping(sheet, grouping, titles)


def _titles() -> list[str]:
    counts = {
        SENT: _("Sent"),
        ELIGIBLE: _("Eligible"),
        INELIGIBLE: _("Ineligible"),
        WITHDRAWN: _("Withdrawn"),
    }
    return [
        *(counts[key] for key in COUNTED),
        _("Total value, sent"),
        _("Grant awarded, sent"),
        _("Grant paid, sent"),
        _("Total value, eligible"),
        _("Grant awarded, eligible"),
        _("Grant paid, eligible"),
    ]


def _write_grouping(sheet: Sheet, grouping: Grouping, titles: Sequence[str]) -> None:
    sheet.append([], [])
    append_header(sheet, [grouping.title, *titles], STYLES, TITLE_LINES)
    first = sheet.row + 1
    numbers: list[Number] = [0] * len(titles)
    for name in sorted(grouping.groups, key=lambda name: (sort_key(name), name)):
        totals = grouping.groups[name]
        append_wrapped(sheet, [name or _("not stated"), *_numbers(totals)], STYLES)
        numbers = [a + b for a, b in zip(numbers, _numbers(totals), strict=True)]
    if grouping.groups and not grouping.overlaps:
        sums = _sums(numbers, first, sheet.row)
        append_wrapped(sheet, [_("Together"), *sums], STYLES)


def _numbers(totals: Totals) -> list[Number]:
    return [
        *(totals.counts[key] for key in COUNTED),
        *(totals.sent[key] for key in SUMMED),
        *(totals.eligible[key] for key in SUMMED),
    ]


def _sums(numbers: Sequence[Number], first: int, last: int) -> list[Value]:
    """A sum over each column; amounts are rounded because binary fractions are not."""
    found: list[Value] = []
    for position, number in enumerate(numbers, start=2):
        letter = get_column_letter(position)
        expression = f"SUM({letter}{first}:{letter}{last})"
        if STYLES[position - 1] == Style.MONEY:
            expression = f"ROUND({expression},2)"
        found.append(Formula(expression, number))
    return found


def _over_entries(summary: Summary, table: Table, entries: Sheet) -> list[Value]:
    """The same numbers, counted on the sheet *Entries*."""
    everything = summary.everything
    if not len(table.rows):
        return [*_numbers(everything)]
    areas = _areas(table, entries)
    labels = {
        ELIGIBLE: summary.eligible_label,
        INELIGIBLE: summary.ineligible_label,
        WITHDRAWN: summary.withdrawn_label,
    }
    sent = everything.counts[SENT]
    counts = [Formula(f"ROWS({areas['state']})", sent)]
    for key in COUNTED[1:]:
        expression = f'COUNTIF({areas["state"]},"{labels[key]}")'
        counts.append(Formula(expression, everything.counts[key]))
    of_sent = [
        Formula(f"ROUND(SUM({areas[key]}),2)", everything.sent[key]) for key in SUMMED
    ]
    wanted = f'{areas["state"]},"{labels[ELIGIBLE]}"'
    of_eligible = [
        Formula(f"ROUND(SUMIF({wanted},{areas[key]}),2)", everything.eligible[key])
        for key in SUMMED
    ]
    return [*counts, *of_sent, *of_eligible]


def _areas(table: Table, entries: Sheet) -> Mapping[str, str]:
    found = {}
    for key in ("state", *SUMMED):
        letter = get_column_letter(table.position(key) + 1)
        rows = f"${letter}${HEADER_ROW + 1}:${letter}${entries.row}"
        found[key] = f"{quote_sheetname(entries.title)}!{rows}"
    return found
