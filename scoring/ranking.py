"""The ranking: a pure function of rules, scores and exclusions.

A criterion's mean is the mean of the values on sent sheets. An entry's total in a
list is T · Σ w·(mean / maximum) / Σ w over the list's criteria that apply to it,
computed in integers and rounded once, half-up, to two decimals. Equal printed totals
share a place and the next place is skipped (1, 2, 2, 4: standard competition ranking)
until a tie-break separates them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain, groupby
from math import ceil
from typing import NamedTuple

from contest.rulebook import OVERALL
from contest.scale import Scale
from scoring.method import Criterion, Nomination, Rules
from scoring.rounding import printed
from scoring.tallies import Entry, Exclusion, Score, Tally, applying, tally
from scoring.tie_breaks import (
    Evidence,
    Group,
    SheetTotals,
    separate,
    sheet_totals_from,
)
from scoring.weighing import Figures, Weighing, figures_by_entry, list_weighings

__all__ = [
    "OVERALL",
    "Criterion",
    "Entry",
    "Exclusion",
    "Nomination",
    "RankedList",
    "Ranking",
    "Row",
    "Rules",
    "Scale",
    "Score",
    "SheetTotals",
    "Tally",
    "Unscored",
    "rank",
    "rank_scores",
    "sheet_totals_from",
    "tally",
]


#: Orders of tied entries by list code.
Decisions = Mapping[str, Collection[Sequence[str]]]


class Row(NamedTuple):
    """One ranked entry as printed; every Decimal has two decimals.

    `place` is None below the minimum score. `means` has every criterion with values
    that applies to the entry, also those not counted. `spread` is the weighted mean of
    the criteria's sample standard deviations in the unit of the total, None when a
    criterion of the list has fewer than two values. `jurors` is the largest number of
    values in a criterion of the list. `tie_breaks` names those that split a group with
    this entry, in order; `shared` says that the place is shared all the same.
    """

    entry: str
    place: int | None
    total: Decimal
    means: Mapping[str, Decimal]
    spread: Decimal | None
    jurors: int
    tie_breaks: tuple[str, ...]
    shared: bool


class Unscored(NamedTuple):
    """An entry without a total, and the criteria that lack values.

    `missing` is empty where no criterion of the list applies to the entry.
    """

    entry: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankedList:
    """One list: placed rows, then rows below the minimum score, then the others.

    `unscored` and `excluded` are in the order of the entry keys.
    """

    code: str
    rows: tuple[Row, ...]
    unscored: tuple[Unscored, ...]
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The overall list and one list per nomination, in the order of the rules."""

    lists: tuple[RankedList, ...]


def rank_scores(
    rules: Rules,
    entries: Iterable[Entry],
    scores: Iterable[Score],
    *,
    exclusions: Iterable[Exclusion] = (),
    chair_order: Mapping[str, Sequence[str]] | None = None,
    decisions: Decisions | None = None,
) -> Ranking:
    """Rank from raw scores; errors are those of `tally` and `rank`."""
    entries = tuple(entries)
    scores = scores if isinstance(scores, Collection) else tuple(scores)
    exclusions = tuple(exclusions)
    return rank(
        rules,
        entries,
        tally(scores, rules, exclusions),
        exclusions=exclusions,
        sheet_totals=sheet_totals_from(scores, rules, exclusions, entries),
        chair_order=chair_order,
        decisions=decisions,
    )


def rank(
    rules: Rules,
    entries: Iterable[Entry],
    tallies: Mapping[str, Mapping[str, Tally]],
    *,
    exclusions: Iterable[Exclusion] = (),
    sheet_totals: SheetTotals | None = None,
    chair_order: Mapping[str, Sequence[str]] | None = None,
    decisions: Decisions | None = None,
    only: str | None = None,
) -> Ranking:
    """Rank entries from tallies by entry key and criterion code.

    The tallies must already lack the scores of excluded jurors and pairs; excluded
    entries are left out here. Tallies of other entries are ignored. `sheet_totals`
    gives, for a list code and the entries still tied, the totals of each complete
    sheet; the tie-break "median" needs it. `chair_order` gives entry keys by list
    code; `decisions` gives several orders instead, of which each counts only where
    exactly its entries are tied. `only` leaves out every list but the one with that
    code. Raises ValueError for entries given twice and for evidence that is missing or
    does not fit the rules.
    """
    population = sorted(entries, key=lambda entry: entry.key)
    chair = chair_order or {}
    _check_entries(population)
    _check_evidence(rules, sheet_totals, chair)
    excluded = {e.entry for e in exclusions if e.juror is None}
    keys = (entry.key for entry in population if entry.key not in excluded)
    figures = figures_by_entry(rules, applying(rules, population, tallies), keys)

    lists = []
    for code, weighings in list_weighings(rules, population).items():
        if only in (None, code):
            lot_seed, order = rules.lot_seed, chair.get(code, ())
            sheets = sheet_totals or _no_sheets
            decided = (decisions or {}).get(code, ())
            evidence = Evidence(code, weighings, lot_seed, sheets, order, decided)
            entrants = _entrants(rules, code, population)
            lists.append(_ranked_list(rules, evidence, entrants, figures))
    return Ranking(tuple(lists))


def chair_order_of(ranking: Ranking) -> dict[str, list[str]]:
    """Name the entries that the chair put in order, by list: what a proof needs."""
    decided = {
        ranked.code: [row.entry for row in ranked.rows if "chair" in row.tie_breaks]
        for ranked in ranking.lists
    }
    return {code: entries for code, entries in decided.items() if entries}


def _entrants(rules: Rules, code: str, population: Sequence[Entry]) -> list[str]:
    """List who is in a list: all, or those who chose it."""
    if rules.has_chosen_entries(code):
        return [entry.key for entry in population if code in entry.nominations]
    return [entry.key for entry in population]


def _no_sheets(
    _code: str, _entries: frozenset[str]
) -> Mapping[str, Sequence[Fraction]]:
    return {}


def _check_entries(population: Sequence[Entry]) -> None:
    for key, same in groupby(population, key=lambda entry: entry.key):
        if len(list(same)) > 1:
            raise ValueError(f"entries: received {key!r} twice, allowed: each key once")


def _check_evidence(
    rules: Rules,
    sheet_totals: SheetTotals | None,
    chair_order: Mapping[str, Sequence[str]],
) -> None:
    if sheet_totals is None and "median" in rules.tie_breaks:
        raise ValueError(
            "sheet_totals: received None, allowed: a callable, "
            "because the rules break ties by the median"
        )
    codes = [OVERALL, *(nomination.code for nomination in rules.nominations)]
    for code, order in chair_order.items():
        if code not in codes:
            allowed = ", ".join(map(repr, codes))
            raise ValueError(f"chair_order: received {code!r}, allowed: {allowed}")
        if len(set(order)) < len(order):
            raise ValueError(
                f"chair_order[{code!r}]: received {list(order)}, allowed: each key once"
            )


def _ranked_list(
    rules: Rules,
    evidence: Evidence,
    entrants: Sequence[str],
    figures: Mapping[str, Figures],
) -> RankedList:
    weighings = evidence.weighings
    totals: dict[str, int] = {}
    unscored = []
    for entry in entrants:
        if entry not in figures:
            continue
        weighing = weighings.of(entry)
        counts = weighing.counts(figures[entry])
        if (missing := missing_in(rules, weighing, counts)) is not None:
            unscored.append(Unscored(entry, missing))
        else:
            totals[entry] = weighing.total(figures[entry])
    whole = range(len(totals))
    rows = rows_of(rules, evidence, totals, lambda _entries: figures, window=whole)
    excluded = tuple(entry for entry in entrants if entry not in figures)
    return RankedList(evidence.code, tuple(rows), tuple(unscored), excluded)


def missing_in(
    rules: Rules, weighing: Weighing, counts: Sequence[int]
) -> tuple[str, ...] | None:
    """Name the criteria that lack values; `counts` are those of the weighing's parts.

    None where none does, so that there is a total; empty where no criterion applies.
    """
    if min(counts, default=0) >= rules.min_scores:
        return None
    valued = zip(weighing.parts, counts, strict=True)
    return tuple(code for code, count in valued if count < rules.min_scores)


def rows_of(
    rules: Rules,
    evidence: Evidence,
    totals: Mapping[str, int],
    figures_of: Callable[[Collection[str]], Mapping[str, Figures]],
    *,
    window: range,
) -> list[Row]:
    """Return the rows of a list in a window of their positions, the first being 0.

    `totals` are in hundredths, in the order of keys. `figures_of` is asked once, for
    the entries whose figures decide: those of the window and all who tie with them.
    The minimum score is compared with the total as printed.
    """
    ordered = sorted(totals, key=totals.__getitem__, reverse=True)
    placed = _placed(rules, ordered, totals)
    first, tied = _tied_groups(placed, totals, window)
    below = ordered[max(window.start, len(placed)) : window.stop]
    figures = figures_of([*chain.from_iterable(tied), *below])

    seats: list[tuple[Figures, int | None, Group]] = []
    groups = [Group(tuple(figures[entry] for entry in same)) for same in tied]
    for group in separate(groups, rules.tie_breaks, evidence):
        place = first + len(seats) + 1
        seats += [(each, place, group) for each in group.entries]
    seats = seats[max(0, window.start - first) : max(0, window.stop - first)]
    seats += [(figures[entry], None, Group((figures[entry],))) for entry in below]
    return [
        _row(evidence.weighings.of(each.entry), each, totals[each.entry], place, group)
        for each, place, group in seats
    ]


def _placed(
    rules: Rules, ordered: Sequence[str], totals: Mapping[str, int]
) -> Sequence[str]:
    if rules.minimum_score is None:
        return ordered
    lowest = ceil(Fraction(rules.minimum_score) * 100)
    return [entry for entry in ordered if totals[entry] >= lowest]


def _tied_groups(
    placed: Iterable[str], totals: Mapping[str, int], window: range
) -> tuple[int, list[list[str]]]:
    """Return the groups of equal totals in a window; before, where the first begins."""
    groups, first, end = [], 0, 0
    for _, same in groupby(placed, key=totals.__getitem__):
        group = list(same)
        end += len(group)
        if end <= window.start:
            first = end
        else:
            groups.append(group)
        if end >= window.stop:
            break
    return first, groups


def _row(
    weighing: Weighing, figures: Figures, total: int, place: int | None, group: Group
) -> Row:
    counts = weighing.counts(figures)
    return Row(
        entry=figures.entry,
        place=place,
        total=printed(total),
        means=figures.shown_means,
        spread=printed(weighing.spread(figures)) if min(counts) > 1 else None,
        jurors=max(counts),
        tie_breaks=group.tie_breaks,
        shared=len(group.entries) > 1,
    )
