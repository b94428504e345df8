"""From tallies to totals: each list's weights as integers over one denominator.

Tuples with one item per criterion are in the order of the rules' criteria.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import compress
from math import lcm
from operator import mul
from typing import NamedTuple, Self

from contest.rulebook import OVERALL
from scoring.method import Criterion, Rules
from scoring.rounding import ROOT_BITS, hundredths, printed, scaled_root
from scoring.tallies import Entry, Tally

NO_VALUES = Tally(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Figures:
    """One entry in numbers, the same for every list.

    `counts` and `tops` have the numbers of values and of values at the maximum. The
    mean number of steps of a criterion is its item of `sums` over `values`, its
    sample standard deviation its item of `roots` over `pairs` · 2**ROOT_BITS; both
    are 0 where a criterion has too few values. `means` (hundredths) and
    `shown_means` hold, by code, only the criteria with values.
    """

    entry: str
    counts: tuple[int, ...]
    tops: tuple[int, ...]
    sums: tuple[int, ...]
    values: int
    roots: tuple[int, ...]
    pairs: int
    means: Mapping[str, int]
    shown_means: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Weighing:
    """A weighted sum of means: (base + Σ factor · mean number of steps) / denominator.

    `factors` has an integer per criterion, 0 where it has no part in the list;
    `parts` has the others by code.
    """

    factors: tuple[int, ...]
    parts: Mapping[str, int]
    base: int
    denominator: int

    @classmethod
    def of(
        cls, slopes: Mapping[str, Fraction], base: Fraction, codes: Sequence[str]
    ) -> Self:
        """Bring base + Σ slope · mean number of steps to one denominator."""
        denominator = lcm(
            base.denominator, *(slope.denominator for slope in slopes.values())
        )
        parts = {code: int(slope * denominator) for code, slope in slopes.items()}
        factors = tuple(parts.get(code, 0) for code in codes)
        return cls(factors, parts, int(base * denominator), denominator)

    def counts(self, figures: Figures) -> tuple[int, ...]:
        """Return the number of values for each criterion with a part in the list."""
        return tuple(compress(figures.counts, self.factors))

    def tops(self, figures: Figures) -> int:
        """Return the number of values at the maximum over the list's criteria."""
        return sum(compress(figures.tops, self.factors))

    def total(self, figures: Figures) -> int:
        """Return the total in hundredths; every criterion needs a value."""
        weighed = self.base * figures.values + sum(map(mul, self.factors, figures.sums))
        return hundredths(weighed, self.denominator * figures.values)

    def total_of(self, counts: Sequence[int], sums: Sequence[int]) -> int:
        """Return the total in hundredths from the values and steps of each part."""
        values = counts[0]
        if counts.count(values) < len(counts):  # not everybody scored everything
            values = lcm(*counts)
            valued = zip(sums, counts, strict=True)
            sums = [steps * (values // count) for steps, count in valued]
        weighed = self.base * values + sum(map(mul, self.parts.values(), sums))
        return hundredths(weighed, self.denominator * values)

    def spread(self, figures: Figures) -> int:
        """Return the weighted mean of the standard deviations, in hundredths.

        In the unit of the total; every criterion needs two values.
        """
        weighed = sum(map(mul, self.factors, figures.roots))
        return hundredths(weighed, (self.denominator * figures.pairs) << ROOT_BITS)

    def sheet_total(self, steps: Mapping[str, int]) -> Fraction | None:
        """Return one juror's total, not rounded; None when a value is missing."""
        if not self.parts:
            return None
        weighed = self.base
        for code, factor in self.parts.items():
            if code not in steps:
                return None
            weighed += factor * steps[code]
        return _reduced(weighed, self.denominator)


@dataclass(frozen=True, slots=True)
class Weighings:
    """How a list weighs each entry: as `common` says, or by its item of `own`.

    `own` and `applying` have the entries only where not every criterion applies to
    each; `applying` then names, by entry, those that do.
    """

    common: Weighing
    own: Mapping[str, Weighing] = field(default_factory=dict)
    applying: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, entry: str) -> Weighing:
        """Return how an entry is weighed; without parts where nothing applies."""
        return self.own.get(entry, self.common)

    def apply_alike(self, entries: Collection[str]) -> bool:
        """Tell whether the same criteria weigh the same for all of some entries."""
        return len({self.of(entry).factors for entry in entries}) == 1

    def all_have(self, criterion: str, entries: Collection[str]) -> bool:
        """Tell whether a criterion applies to each of some entries."""
        everywhere = (criterion,)
        return all(criterion in self.applying.get(e, everywhere) for e in entries)


def list_weighings(rules: Rules, entries: Iterable[Entry] = ()) -> dict[str, Weighings]:
    """Return list code -> Weighings of T · Σ w·share / Σ w, the overall list first.

    The sums are over the criteria that apply to the entry; the list of a nomination
    has the same for all of its entries.
    """
    lists = {
        code: Weighings(_weighing(rules, weights))
        for code, weights in rules.list_weights().items()
    }
    if rules.is_uniform:
        return lists
    asked, chosen = cache(rules.applying), {e.key: e.nominations for e in entries}
    weighing = cache(lambda codes: _weighing(rules, rules.weights_of(codes)))
    applying = {key: asked(codes) for key, codes in chosen.items()}
    own = {key: weighing(codes) for key, codes in chosen.items()}
    return {
        code: replace(each, own=own if code == OVERALL else {}, applying=applying)
        for code, each in lists.items()
    }


def _weighing(rules: Rules, weights: Mapping[str, Fraction]) -> Weighing:
    scales = {criterion.code: criterion.scale for criterion in rules.criteria}
    whole = sum(weights.values())
    base = Fraction(0)
    slopes = {}
    for code, weight in weights.items():
        scale = scales[code]
        origin = scale.minimum if rules.mapping == "range" else Fraction(0)
        share = rules.total / whole * weight / (scale.maximum - origin)
        base += share * (scale.minimum - origin)
        slopes[code] = share * scale.step
    return Weighing.of(slopes, base, tuple(scales))


def figures_by_entry(
    rules: Rules, tallies: Mapping[str, Mapping[str, Tally]], entries: Iterable[str]
) -> dict[str, Figures]:
    """Return entry key -> Figures, in the order of `entries`."""
    lines = {criterion.code: _Line.of(criterion) for criterion in rules.criteria}
    return {entry: _figures(entry, tallies.get(entry, {}), lines) for entry in entries}


class _Line(NamedTuple):
    """A mean as a line over steps: (base + slope · mean number of steps) / unit."""

    base: int
    slope: int
    unit: int

    @classmethod
    def of(cls, criterion: Criterion) -> Self:
        scale = criterion.scale
        unit = lcm(scale.minimum.denominator, scale.step.denominator)
        return cls(int(scale.minimum * unit), int(scale.step * unit), unit)

    def mean(self, each: Tally) -> int:
        """Return the mean in hundredths."""
        weighed = self.base * each.count + self.slope * each.total
        return hundredths(weighed, self.unit * each.count)


def _figures(
    entry: str, tallies: Mapping[str, Tally], lines: Mapping[str, _Line]
) -> Figures:
    by_criterion = [tallies.get(code, NO_VALUES) for code in lines]
    counts = tuple([each.count for each in by_criterion])
    values = lcm(*[count or 1 for count in counts])
    pairs = lcm(*[count * (count - 1) or 1 for count in counts])
    means = {
        code: line.mean(each)
        for (code, line), each in zip(lines.items(), by_criterion, strict=True)
        if each.count
    }
    return Figures(
        entry=entry,
        counts=counts,
        tops=tuple([each.top for each in by_criterion]),
        sums=tuple([each.total * values // (each.count or 1) for each in by_criterion]),
        values=values,
        roots=tuple([_root(each, pairs) for each in by_criterion]),
        pairs=pairs,
        means=means,
        shown_means={code: printed(mean) for code, mean in means.items()},
    )


def _root(each: Tally, pairs: int) -> int:
    """Return the sample standard deviation in steps, times pairs · 2**ROOT_BITS.

    `pairs` is a multiple of n·(n - 1). The variance is (n·Σx² - (Σx)²) / (n·(n - 1));
    the root is taken of numerator times denominator, so that the denominator comes
    out whole.
    """
    own_pairs = each.count * (each.count - 1)
    if not own_pairs:
        return 0
    square = (each.count * each.squares - each.total**2) * own_pairs
    return scaled_root(square) * (pairs // own_pairs)


@lru_cache(maxsize=1 << 16)
def _reduced(numerator: int, denominator: int) -> Fraction:
    """Cached: thousands of sheets share a few totals, and reducing is slow."""
    return Fraction(numerator, denominator)
