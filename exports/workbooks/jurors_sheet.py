"""The sheet *Jurors*: what each was asked, what each sent, how strict each is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exports.workbooks.book import Sheet
from exports.workbooks.cells import Formula, Value
from exports.workbooks.formulas import rounded
from exports.workbooks.matrix_sheet import JurorColumn, Series
from exports.workbooks.report import Member, RankingReport
from exports.workbooks.scores_sheet import by_name
from exports.workbooks.styles import Style
from exports.workbooks.table import Heading, Table, write_table
from scoring.rounding import printed


@dataclass(frozen=True, slots=True)
class _Line:
    """A juror, and where the totals of the counted sheets stand."""

    member: Member
    column: JurorColumn
    below_zero: bool

    @property
    def totals(self) -> Series:
        return self.column.totals

    def formula(self, function: str) -> str:
        return f"{function}({self.column.area})"


Column = tuple[Heading, Callable[[_Line], Value]]


def write_jurors(
    sheet: Sheet,
    report: RankingReport,
    columns: Mapping[str, JurorColumn],
    on_row: Callable[[], None],
) -> None:
    """Write the table; `columns` say where on *Matrix* the totals of a juror are."""
    below_zero = any(c.scale.minimum < 0 for c in report.rules.criteria)
    members = {member.key: member for member in report.panel}
    lines = [
        _Line(members[key], columns[key], below_zero)
        for key in by_name({key: key for key in members})
        if key in columns
    ]
    shown = _columns(names=any(member.name for member in report.panel))
    rows = [[value(line) for _heading, value in shown] for line in lines]
    headings = [heading for heading, _value in shown]
    write_table(sheet, report, Table(headings, rows), on_row)


def _columns(*, names: bool) -> Sequence[Column]:
    name: list[Column] = [
        (Heading("name", _("Name"), 30, Style.TEXT), lambda line: line.member.name)
    ]
    counts = (
        ("assigned", _("Entries assigned"), lambda line: line.member.assigned),
        ("sent", _("Sheets sent"), lambda line: line.member.sent),
        (
            "waiting",
            _("Sheets not sent"),
            lambda line: line.member.assigned - line.member.sent,
        ),
        ("conflicts", _("Conflicts of interest"), lambda line: line.member.conflicts),
    )
    return [
        (Heading("key", _("Juror"), 10, Style.LINE), lambda line: line.member.key),
        *(name if names else []),
        (Heading("role", _("Role"), 16, Style.TEXT), lambda line: line.member.role),
        *(
            (Heading(key, title, 12, Style.COUNT), value)
            for key, title, value in counts
        ),
        (Heading("counted", _("Sheets counted"), 12, Style.COUNT), _count),
        (Heading("mean", _("Mean of totals"), 11, Style.TOTAL), _mean),
        (Heading("spread", _("Spread"), 11, Style.SCORE), _spread),
        (Heading("lowest", _("Lowest"), 11, Style.SCORE), _lowest),
        (Heading("highest", _("Highest"), 11, Style.SCORE), _highest),
        (
            Heading("removed", _("Removed at"), 20, Style.MOMENT),
            lambda line: line.member.removed_at,
        ),
    ]


def _count(line: _Line) -> Value:
    return Formula(line.formula("COUNT"), len(line.totals.values))


def _mean(line: _Line) -> Value:
    if not line.totals.values:
        return None
    expression = rounded(line.formula("AVERAGE"), below_zero=line.below_zero)
    return Formula(expression, line.totals.mean())


def _spread(line: _Line) -> Value:
    spread = line.totals.spread()
    return None if spread is None else Formula(rounded(line.formula("STDEV")), spread)


def _lowest(line: _Line) -> Value:
    values = line.totals.values
    return Formula(line.formula("MIN"), printed(min(values))) if values else None


def _highest(line: _Line) -> Value:
    values = line.totals.values
    return Formula(line.formula("MAX"), printed(max(values))) if values else None
