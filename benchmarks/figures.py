"""What was measured: one figure a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Limit:
    """A target: the judged number is at most ``highest``; ``words`` print it."""

    highest: float
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    ``ours`` and ``theirs`` are in ``unit``; times are medians of wall time, beside
    them those of this process's CPU time. ``ratio`` and ``best`` are the median and
    the least of the ratios of pairs, taken on the clock ``by``. ``judged`` is what the
    limit is compared with.
    """

    name: str
    size: str
    database: str
    unit: str
    ours: float
    theirs: float | None = None
    our_cpu: float | None = None
    their_cpu: float | None = None
    by: str = ""
    ratio: float | None = None
    best: float | None = None
    judged: float | None = None
    limit: Limit | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.limit is None or self.judged is None:
            return None
        return self.judged <= self.limit.highest


def number(
    name: str, size: str, unit: str, value: float, limit: Limit | None = None
) -> Figure:
    """Make a figure that is compared with nothing but its target."""
    return Figure(name, size, connection.vendor, unit, value, judged=value, limit=limit)


def spread_of(name: str, counts: Sequence[int], sizes: Iterable[str]) -> Figure:
    """Tell by how much a number of statements differs over the sizes: not at all."""
    size = ", ".join(sizes)
    growth = max(counts) - min(counts)
    return number(f"{name}: growth", size, "statements", growth, Limit(0, "0"))
