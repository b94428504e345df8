"""The ranking as a flat table: the same lines for the workbook and for the CSV."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from exports.workbooks.report import EntryFacts, RankingReport
from exports.workbooks.styles import Style
from scoring.notes import ranked_note, unscored_note
from scoring.placing import is_among_first
from scoring.ranking import OVERALL, RankedList, Row


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list: below the minimum without a place, unscored without total."""

    list_code: str
    nomination: str
    entry: str
    facts: EntryFacts
    note: str
    place: int | None = None
    total: Decimal | None = None
    means: Mapping[str, Decimal] = field(default_factory=dict)
    spread: Decimal | None = None
    jurors: int | None = None
    is_short_listed: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `criterion` is the code of the one whose mean it holds."""

    title: str
    width: float
    style: Style
    value: Callable[[Line], str | int | Decimal | None]
    criterion: str = ""
    is_total: bool = False


def columns(report: RankingReport) -> list[Column]:
    """The columns, from the nomination to the note."""
    return [
        Column(_("Nomination"), 18, Style.TEXT, lambda line: line.nomination),
        Column(_("Place"), 8, Style.PLACE, lambda line: line.place),
        Column(_("Reference"), 13, Style.LINE, lambda line: line.facts.reference),
        Column(_("Title"), 34, Style.TEXT, lambda line: line.facts.title),
        Column(_("Organisation"), 28, Style.TEXT, lambda line: line.facts.organisation),
        Column(_("Municipality"), 18, Style.TEXT, lambda line: line.facts.municipality),
        Column(_("County"), 13, Style.TEXT, lambda line: line.facts.county),
        Column(_("Total"), 9, Style.TOTAL, lambda line: line.total, is_total=True),
        *(_mean_column(report, criterion.code) for criterion in report.rules.criteria),
        Column(_("Spread"), 9, Style.SCORE, lambda line: line.spread),
        Column(_("Jurors"), 12, Style.COUNT, lambda line: line.jurors),
        *_short_list_column(report),
        Column(_("Note"), 34, Style.TEXT, lambda line: line.note),
    ]


def _short_list_column(report: RankingReport) -> list[Column]:
    """Who goes on, where the rules have a short list."""
    if report.short_list is None:
        return []
    return [
        Column(
            _("Short list"),
            10,
            Style.TEXT,
            lambda line: _("yes") if line.is_short_listed else "",
        )
    ]


def _mean_column(report: RankingReport, code: str) -> Column:
    title = _("%(criterion)s, mean") % {"criterion": criterion_title(report, code)}
    return Column(title, 13, Style.SCORE, lambda line: line.means.get(code), code)


def lines(report: RankingReport) -> Iterator[Line]:
    """Every entry of every list: ranked, below the minimum score, then unscored."""
    for ranked in report.ranking.lists:
        nomination = nomination_title(report, ranked.code)
        for row in ranked.rows:
            yield _ranked_line(report, ranked, nomination, row)
        for unscored in ranked.unscored:
            yield Line(
                ranked.code,
                nomination,
                unscored.entry,
                report.entries[unscored.entry],
                unscored_note(unscored, report.criterion_titles),
            )


def short_listed(report: RankingReport) -> list[str] | None:
    """The keys of those who go on, best first; None where there is no short list."""
    if report.short_list is None:
        return None
    return [line.entry for line in lines(report) if line.is_short_listed]


def line_count(report: RankingReport) -> int:
    return sum(len(each.rows) + len(each.unscored) for each in report.ranking.lists)


def _ranked_line(
    report: RankingReport, ranked: RankedList, nomination: str, row: Row
) -> Line:
    return Line(
        ranked.code,
        nomination,
        row.entry,
        report.entries[row.entry],
        ranked_note(row, report.criterion_titles, report.rules.minimum_score),
        row.place,
        row.total,
        row.means,
        row.spread,
        row.jurors,
        ranked.code == OVERALL and is_among_first(row, report.short_list or 0),
    )


def criterion_title(report: RankingReport, code: str) -> str:
    return report.criterion_titles.get(code, code)


def nomination_title(report: RankingReport, code: str) -> str:
    """The title of a list; the overall one has a name of its own if it was given."""
    default = _("Overall ranking") if code == OVERALL else code
    return report.nomination_titles.get(code, default)
