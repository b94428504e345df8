"""One list for a page: the totals of all entries, all else of the rows it shows."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from operator import neg

from scoring.method import Rules
from scoring.placing import gaps_to_next, is_among_first, on_first_places
from scoring.ranking import Row, Unscored, missing_in, rows_of
from scoring.tallies import Entry, Tally
from scoring.tie_breaks import Evidence
from scoring.weighing import Figures, Weighings, figures_by_entry, list_weighings

SheetSteps = Sequence[int | None]
Gap = Decimal | None
SheetsOf = Callable[[Collection[str]], Mapping[str, Collection[SheetSteps]]]
#: Entry key -> criterion code -> the four numbers of its Tally, which it becomes
#: where it is shown: objects for all of a large contest would take the most time.
Sums = Mapping[str, Mapping[str, Sequence[int]]]

_NO_VALUES = (0, 0, 0, 0)


class PagedList:
    """A list of the ranking that is read by windows: the ranked, then the unscored.

    `sums` are those of every entry of the list. `sheets_of` gives the counted sheets
    of some entries by key, each as the steps (or None) in the order of the rules'
    criteria; it is asked once for each window in which the median has to decide.
    `decisions` are those of the chair. `entries` are needed only where not all criteria
    apply to each; `sums` then lack what does not.
    """

    def __init__(
        self,
        rules: Rules,
        code: str,
        sums: Sums,
        sheets_of: SheetsOf,
        decisions: Collection[Sequence[str]] = (),
        entries: Collection[Entry] = (),
    ) -> None:
        """Compute every total."""
        self._decisions = decisions
        self._rules, self._code, self._sums = rules, code, sums
        self._weighings = list_weighings(rules, entries)[code]
        self._sheets = _Sheets(rules, self._weighings, sheets_of)
        self._totals: dict[str, int] = {}
        self._unscored: list[Unscored] = []
        for entry in sorted(sums):
            weighing, own = self._weighings.of(entry), sums[entry]
            of_parts = [own.get(part, _NO_VALUES) for part in weighing.parts]
            counts = [each[0] for each in of_parts]
            if (missing := missing_in(rules, weighing, counts)) is not None:
                self._unscored.append(Unscored(entry, missing))
            else:
                steps = [each[1] for each in of_parts]
                self._totals[entry] = weighing.total_of(counts, steps)

    def __len__(self) -> int:
        """Count the ranked and the unscored."""
        return len(self._totals) + len(self._unscored)

    @property
    def ranked(self) -> int:
        """How many entries have a total."""
        return len(self._totals)

    @property
    def unscored(self) -> int:
        """How many entries lack values."""
        return len(self._unscored)

    def __getitem__(self, span: slice) -> list[Row | Unscored]:
        """Return what stands at some positions that follow each other."""
        return self.window(span.start, span.stop)

    def window(self, start: int, stop: int) -> list[Row | Unscored]:
        """Return what stands from one position up to another; the first is 0."""
        evidence = Evidence(
            self._code,
            self._weighings,
            self._rules.lot_seed,
            self._sheets.totals,
            (),
            self._decisions,
        )
        rows: list[Row | Unscored] = []
        if start < self.ranked:
            window = range(start, min(stop, self.ranked))
            rows += rows_of(
                self._rules, evidence, self._totals, self._figures, window=window
            )
        unscored = slice(max(0, start - self.ranked), max(0, stop - self.ranked))
        return [*rows, *self._unscored[unscored]]

    def with_gaps(self, start: int, stop: int) -> list[tuple[Row | Unscored, Gap]]:
        """Return a window, each row with how far it is above the next place.

        Read as far as the last shown ties with others, and one entry more.
        """
        rows = self.window(start, max(stop, self._next_below(stop)))
        placed = [row for row in rows if isinstance(row, Row)]
        gaps = [*gaps_to_next(placed), *[None] * (len(rows) - len(placed))]
        return list(zip(rows, gaps, strict=True))[: stop - start]

    def _next_below(self, stop: int) -> int:
        """Count the totals down to the first that is below those of a window."""
        totals = sorted(self._totals.values(), reverse=True)
        last = totals[min(stop, len(totals)) - 1] if totals else 0
        return bisect_right(totals, -last, key=neg) + 1

    def ties(self) -> list[tuple[Row, ...]]:
        """Return the groups that share a place, best first."""
        counts = Counter(self._totals.values())
        lowest = min((total for total, n in counts.items() if n > 1), default=None)
        if lowest is None:
            return []
        stop = sum(n for total, n in counts.items() if total >= lowest)
        rows = [row for row in self.window(0, stop) if isinstance(row, Row)]
        shared = [row for row in rows if row.shared]
        return [tuple(same) for _place, same in groupby(shared, key=_place_of)]

    def first_places(self, places: int) -> list[Row]:
        """Return the rows on the first places; shared ones reach further."""
        stop = min(places + 1, self.ranked)
        while True:
            rows = [row for row in self.window(0, stop) if isinstance(row, Row)]
            if stop == self.ranked or not is_among_first(rows[-1], places):
                return list(on_first_places(rows, places))
            stop = min(2 * stop, self.ranked)

    def _figures(self, entries: Collection[str]) -> Mapping[str, Figures]:
        tallies = {
            entry: {
                code: Tally(*of_code) for code, of_code in self._sums[entry].items()
            }
            for entry in entries
        }
        return figures_by_entry(self._rules, tallies, entries)


class _Sheets:
    """What a tie-break reads that has to know the sheets of those who tie."""

    def __init__(self, rules: Rules, weighings: Weighings, sheets_of: SheetsOf) -> None:
        self._codes = [criterion.code for criterion in rules.criteria]
        self._weighings, self._sheets_of = weighings, sheets_of

    def totals(
        self, _code: str, entries: frozenset[str]
    ) -> Mapping[str, Sequence[Fraction]]:
        """Total the complete sheets of some entries."""
        weighings, sheets = self._weighings, self._sheets_of(entries)
        return {
            entry: [
                of_juror
                for sheet in sheets.get(entry, ())
                if (of_juror := weighings.of(entry).sheet_total(self._steps(sheet)))
                is not None
            ]
            for entry in entries
        }

    def _steps(self, sheet: SheetSteps) -> Mapping[str, int]:
        valued = zip(self._codes, sheet, strict=True)
        return {code: steps for code, steps in valued if steps is not None}


def _place_of(row: Row) -> int | None:
    return row.place
