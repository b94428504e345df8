"""One list for a page: the totals of all entries, all else of the rows it shows."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from scoring.method import Rules
from scoring.ranking import Row, Unscored, missing_in, rows_of
from scoring.tallies import Tally
from scoring.tie_breaks import Evidence
from scoring.weighing import Figures, Weighing, figures_by_entry, list_weighings

SheetSteps = Sequence[int | None]


class Sums(NamedTuple):
    """The number of values of an entry and the sum of their steps, by criterion.

    Those of one list, in the order of the list's parts.
    """

    entry: str
    counts: tuple[int, ...]
    steps: tuple[int, ...]


class PagedList:
    """A list of the ranking that is read by windows: the ranked, then the unscored.

    `sheets_of` gives the counted sheets of some entries by key, each as the steps (or
    None) in the order of the rules' criteria. It is asked once for each window, for
    the entries shown and those who tie with them.
    """

    def __init__(
        self,
        rules: Rules,
        code: str,
        sums: Iterable[Sums],
        sheets_of: Callable[[Collection[str]], Mapping[str, Collection[SheetSteps]]],
    ) -> None:
        """Compute every total."""
        self._rules, self._code, self._sheets_of = rules, code, sheets_of
        self._weighing = list_weighings(rules)[code]
        self._totals: dict[str, int] = {}
        self._unscored: list[Unscored] = []
        for entry, counts, steps in sorted(sums):
            if missing := missing_in(rules, self._weighing, counts):
                self._unscored.append(Unscored(entry, missing))
            else:
                self._totals[entry] = self._weighing.total_of(counts, steps)

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

    def window(self, start: int, stop: int) -> list[Row | Unscored]:
        """Return what stands from one position up to another; the first is 0."""
        shown = _Shown(self._rules, self._weighing, self._sheets_of)
        evidence = Evidence(
            self._code, self._weighing, self._rules.lot_seed, shown.totals, ()
        )
        rows: list[Row | Unscored] = []
        if start < self.ranked:
            window = range(start, min(stop, self.ranked))
            rows += rows_of(
                self._rules, evidence, self._totals, shown.figures, window=window
            )
        unscored = slice(max(0, start - self.ranked), max(0, stop - self.ranked))
        return [*rows, *self._unscored[unscored]]


class _Shown:
    """The sheets behind one window."""

    def __init__(
        self,
        rules: Rules,
        weighing: Weighing,
        sheets_of: Callable[[Collection[str]], Mapping[str, Collection[SheetSteps]]],
    ) -> None:
        self._rules, self._weighing = rules, weighing
        self._highest = {each.code: each.scale.steps for each in rules.criteria}
        self._sheets_of = sheets_of
        self._sheets: Mapping[str, Collection[SheetSteps]] = {}

    def figures(self, entries: Collection[str]) -> Mapping[str, Figures]:
        """Read the sheets, and the figures from them."""
        self._sheets = self._sheets_of(entries)
        tallies = {entry: self._tallies(entry) for entry in entries}
        return figures_by_entry(self._rules, tallies, entries)

    def totals(
        self, _code: str, entries: frozenset[str]
    ) -> Mapping[str, Sequence[Fraction]]:
        """Total the complete sheets of entries that tie."""
        total = self._weighing.sheet_total
        return {
            entry: [
                of_juror
                for sheet in self._sheets.get(entry, ())
                if (of_juror := total(self._steps(sheet))) is not None
            ]
            for entry in entries
        }

    def _steps(self, sheet: SheetSteps) -> Mapping[str, int]:
        valued = zip(self._highest, sheet, strict=True)
        return {code: steps for code, steps in valued if steps is not None}

    def _tallies(self, entry: str) -> Mapping[str, Tally]:
        columns = zip(*self._sheets.get(entry, ()), strict=True)
        scored = zip(self._highest.items(), columns, strict=False)  # perhaps no sheet
        return {code: _tally(column, highest) for (code, highest), column in scored}


def _tally(column: Iterable[int | None], highest: int) -> Tally:
    steps = [each for each in column if each is not None]
    squares = sum([each * each for each in steps])
    return Tally(len(steps), sum(steps), squares, steps.count(highest))
