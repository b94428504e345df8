"""The sheet *Rules*: by what the ranking was computed, for whoever checks it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from exports.workbooks.book import Sheet
from exports.workbooks.cells import Value
from exports.workbooks.layout import (
    append_fact,
    append_header,
    append_wrapped,
    begin_sheet,
)
from exports.workbooks.lines import criterion_title, nomination_title
from exports.workbooks.report import ChairDecision, RankingReport
from exports.workbooks.styles import Style
from scoring.notes import tie_break_name

FIRST_WIDTHS = (34, 60)
WIDTH = 16
TITLE_LINES = 3

Rows = Iterator[Sequence[Value]]


def write_rules(sheet: Sheet, report: RankingReport) -> None:
    numbers = max(len(_criterion_columns(report)), len(report.rules.criteria) + 3)
    widths = (*FIRST_WIDTHS, *[WIDTH] * (numbers - len(FIRST_WIDTHS)))
    begin_sheet(sheet, report, widths)
    sheet.append([], [])
    for label, value in _counting(report):
        append_fact(sheet, label, value)
    _write_table(sheet, _criterion_columns(report), _criteria(report))
    _write_table(sheet, _nomination_columns(report), _nominations(report))


def _write_table(sheet: Sheet, titles: Sequence[str], rows: Rows) -> None:
    styles = (Style.LABEL, Style.TEXT, *(Style.VALUE for _title in titles[2:]))
    sheet.append([], [])
    append_header(sheet, titles, styles, TITLE_LINES)
    for row in rows:
        append_wrapped(sheet, row, styles)


def _criterion_columns(report: RankingReport) -> Sequence[str]:
    nominations = [_("Only of the nominations")] if _has_own_criteria(report) else []
    return (
        _("Criterion"),
        _("Criterion code"),
        _("Lowest score"),
        _("Highest score"),
        _("Step"),
        _("Weight"),
        _("Counts in the overall total"),
        *nominations,
    )


def _has_own_criteria(report: RankingReport) -> bool:
    return any(criterion.nominations for criterion in report.rules.criteria)


def _criteria(report: RankingReport) -> Rows:
    has_own = _has_own_criteria(report)
    for criterion in report.rules.criteria:
        own = sorted(criterion.nominations)
        titles = "; ".join(nomination_title(report, code) for code in own)
        yield (
            criterion_title(report, criterion.code),
            criterion.code,
            criterion.scale.minimum,
            criterion.scale.maximum,
            criterion.scale.step,
            criterion.weight,
            _("yes") if criterion.counted else _("no"),
            *([titles] if has_own else []),
        )


def _nomination_columns(report: RankingReport) -> Sequence[str]:
    weights = (
        _("Weight of %(criterion)s") % {"criterion": criterion_title(report, c.code)}
        for c in report.rules.criteria
    )
    return (_("Nomination"), _("Entries in it"), _("Awarded places"), *weights)


def _nominations(report: RankingReport) -> Rows:
    chosen = {n.code for n in report.rules.nominations if n.entries == "chosen"}
    for code, weights in report.rules.list_weights().items():
        yield (
            nomination_title(report, code),
            _("those that chose it") if code in chosen else _("all entries"),
            report.awarded.get(code),
            *(weights.get(criterion.code, 0) for criterion in report.rules.criteria),
        )


def _counting(report: RankingReport) -> Iterator[tuple[str, Value]]:
    rules = report.rules
    yield _("Rulebook version"), report.rulebook_version
    yield _("Formula"), _formula_in_words(report)
    yield _("Highest total"), rules.total
    yield _("Scores needed in each criterion"), rules.min_scores
    minimum = rules.minimum_score
    yield _("Minimum score for a place"), _("none") if minimum is None else minimum
    names = "; ".join(
        tie_break_name(name, report.criterion_titles) for name in rules.tie_breaks
    )
    yield _("Equal totals are separated by, in this order"), names or _("nothing")
    yield _("Short list, from the overall ranking"), report.short_list or _("none")
    if "lot" in rules.tie_breaks:
        yield _("Seed of the lot"), rules.lot_seed
    for decision in report.chair_decisions:
        yield _("Decision of the chair, best first"), _decided(report, decision)


def _decided(report: RankingReport, decision: ChairDecision) -> str:
    title = nomination_title(report, decision.list_code)
    order = ", ".join(decision.references)
    return f"{title}: {order} ({decision.at:%Y-%m-%d %H:%M}). {decision.reason}"


def _formula_in_words(report: RankingReport) -> str:
    if report.rules.mapping == "range":
        share = _(
            "The share of a criterion is the mean of its scores less the lowest "
            "score, divided by the highest score less the lowest score."
        )
    else:
        share = _(
            "The share of a criterion is the mean of its scores divided by the "
            "highest score."
        )
    total = _(
        "The total is the sum of weight times share over the criteria of the "
        "nomination, divided by the sum of the weights, times the highest total. It "
        "is rounded once, half up, to two decimals. Only score sheets that were sent "
        "count; a score not given is not zero."
    )
    if report.rules.is_uniform:
        return f"{share} {total}"
    own = _(
        "Criteria that belong to some nominations apply to their entries alone: the "
        "total of an entry is measured by those that apply to it."
    )
    return f"{share} {total} {own}"
