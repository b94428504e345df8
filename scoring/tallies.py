"""Scores, who is left out, and the integer sums a ranking is computed from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar

from scoring.method import Rules

T = TypeVar("T")


class Score(NamedTuple):
    """A value on a sent sheet, in steps above the minimum of its criterion's scale."""

    entry: str
    juror: str
    criterion: str
    steps: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its pseudonymous key and the nominations its entrant chose."""

    key: str
    nominations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What is left out: an entry, a juror's scores, or a juror's scores of an entry.

    With the entry alone the whole entry leaves the ranking; with the juror alone
    that juror's scores count nowhere; with both only that pair's scores do not count.
    """

    entry: str | None
    juror: str | None
    reason: str

    def __post_init__(self) -> None:
        """Refuse an exclusion of nothing."""
        if self.entry is None and self.juror is None:
            raise ValueError(
                "Exclusion: received neither entry nor juror, allowed: one or both"
            )


@dataclass(frozen=True, slots=True)
class Tally:
    """Integer sums over the values of one entry in one criterion.

    `count` values, `total` and `squares` are the sums of their steps and of the
    squares of their steps, `top` counts the values at the scale's maximum.
    """

    count: int
    total: int
    squares: int
    top: int


def applying(
    rules: Rules, entries: Iterable[Entry], found: Mapping[str, Mapping[str, T]]
) -> Mapping[str, Mapping[str, T]]:
    """Leave out what stands for criteria that do not apply to an entry.

    `found` is by entry key and criterion code. A score in a criterion of a nomination
    that the entry is in no more is kept where it is stored, and counts nowhere.
    """
    if rules.is_uniform:
        return found
    asked = cache(rules.applying)
    return {
        entry.key: {
            code: each
            for code, each in found[entry.key].items()
            if code in asked(entry.nominations)
        }
        for entry in entries
        if entry.key in found
    }


def tally(
    scores: Iterable[Score], rules: Rules, exclusions: Iterable[Exclusion] = ()
) -> dict[str, dict[str, Tally]]:
    """Return entry key -> criterion code -> Tally of the scores not excluded.

    Raises ValueError for an unknown criterion, a value outside its scale, and a
    second value of the same juror for the same entry and criterion.
    """
    highest = {criterion.code: criterion.scale.steps for criterion in rules.criteria}
    sums: dict[str, dict[str, list[int]]] = {}
    for score in counted_scores(_checked(scores, highest), exclusions):
        of_entry = sums.setdefault(score.entry, {})
        running = of_entry.setdefault(score.criterion, [0, 0, 0, 0])
        running[0] += 1
        running[1] += score.steps
        running[2] += score.steps * score.steps
        running[3] += score.steps == highest[score.criterion]
    return {
        entry: {code: Tally(*running) for code, running in of_entry.items()}
        for entry, of_entry in sums.items()
    }


def counted_scores(
    scores: Iterable[Score], exclusions: Iterable[Exclusion]
) -> Iterator[Score]:
    """Yield the scores that no exclusion leaves out."""
    excluded = {(exclusion.entry, exclusion.juror) for exclusion in exclusions}
    for score in scores:
        entry, juror = score.entry, score.juror
        if excluded.isdisjoint(((entry, None), (None, juror), (entry, juror))):
            yield score


def _checked(scores: Iterable[Score], highest: dict[str, int]) -> Iterator[Score]:
    # One bit for each juror and criterion: a set of all cells would weigh the most.
    bits: dict[tuple[str, str], int] = {}
    seen: dict[str, int] = {}
    for score in scores:
        if score.criterion not in highest:
            allowed = ", ".join(map(repr, highest))
            raise ValueError(
                f"Score.criterion: received {score.criterion!r}, allowed: {allowed}"
            )
        if not 0 <= score.steps <= highest[score.criterion]:
            raise ValueError(
                f"Score.steps: received {score.steps} for {score.criterion!r}, "
                f"allowed: 0 to {highest[score.criterion]}"
            )
        bit = 1 << bits.setdefault((score.juror, score.criterion), len(bits))
        if seen.get(score.entry, 0) & bit:
            cell = (score.entry, score.juror, score.criterion)
            raise ValueError(f"Score: received {cell} twice, allowed: each cell once")
        seen[score.entry] = seen.get(score.entry, 0) | bit
        yield score
