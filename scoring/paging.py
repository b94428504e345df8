"""One list for a page: the totals of all entries, all else of the rows it shows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction

from scoring.method import Rules
from scoring.ranking import Row, Unscored, missing_in, rows_of
from scoring.tallies import Tally
from scoring.tie_breaks import Evidence
from scoring.weighing import Figures, Weighing, figures_by_entry, list_weighings

SheetSteps = Sequence[int | None]
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
    """

    def __init__(
        self, rules: Rules, code: str, sums: Sums, sheets_of: SheetsOf
    ) -> None:
        """Compute every total."""
        self._rules, self._code, self._sums = rules, code, sums
        self._weighing = list_weighings(rules)[code]
        self._sheets = _Sheets(rules, self._weighing, sheets_of)
        self._totals: dict[str, int] = {}
        self._unscored: list[Unscored] = []
        parts = tuple(self._weighing.parts)
        for entry in sorted(sums):
            of_parts = [sums[entry].get(part, _NO_VALUES) for part in parts]
            counts, steps, *_rest = zip(*of_parts, strict=True)
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
        evidence = Evidence(
            self._code, self._weighing, self._rules.lot_seed, self._sheets.totals, ()
        )
        rows: list[Row | Unscored] = []
        if start < self.ranked:
            window = range(start, min(stop, self.ranked))
            rows += rows_of(
                self._rules, evidence, self._totals, self._figures, window=window
            )
        unscored = slice(max(0, start - self.ranked), max(0, stop - self.ranked))
        return [*rows, *self._unscored[unscored]]

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

    def __init__(self, rules: Rules, weighing: Weighing, sheets_of: SheetsOf) -> None:
        self._codes = [criterion.code for criterion in rules.criteria]
        self._weighing, self._sheets_of = weighing, sheets_of

    def totals(
        self, _code: str, entries: frozenset[str]
    ) -> Mapping[str, Sequence[Fraction]]:
        """Total the complete sheets of some entries."""
        total = self._weighing.sheet_total
        sheets = self._sheets_of(entries)
        return {
            entry: [
                of_juror
                for sheet in sheets.get(entry, ())
                if (of_juror := total(self._steps(sheet))) is not None
            ]
            for entry in entries
        }

    def _steps(self, sheet: SheetSteps) -> Mapping[str, int]:
        valued = zip(self._codes, sheet, strict=True)
        return {code: steps for code, steps in valued if steps is not None}
