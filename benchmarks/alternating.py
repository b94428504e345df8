"""Works timed in turns: what disturbs the machine disturbs all of them."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Literal

from django.db import connection

from benchmarks.figures import Figure, Limit

Work = Callable[[], object]
Clock = Literal["wall", "cpu"]


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds of one call; ``cpu`` is that of this process, not of a database's."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Pair:
    """The samples of two works, round by round."""

    ours: Sequence[Sample]
    theirs: Sequence[Sample]

    def ratios(self, by: Clock) -> list[float]:
        """Our time over theirs in each round."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return [getattr(a, by) / max(getattr(b, by), 1e-9) for a, b in pairs]

    def figure(
        self, name: str, size: str, *, by: Clock = "wall", limit: Limit | None = None
    ) -> Figure:
        """Make a line of the table, judged by the median ratio on one clock."""
        ratios = self.ratios(by)
        return Figure(
            name,
            size,
            connection.vendor,
            "ms",
            ours=_middle(self.ours, "wall"),
            theirs=_middle(self.theirs, "wall"),
            our_cpu=_middle(self.ours, "cpu"),
            their_cpu=_middle(self.theirs, "cpu"),
            by=by,
            ratio=median(ratios),
            best=min(ratios),
            judged=median(ratios),
            limit=limit,
        )


def alternate(
    works: Mapping[str, Work],
    *,
    rounds: int,
    repeat: int = 1,
    before: Work | None = None,
) -> dict[str, list[Sample]]:
    """Warm each work up once, then time them in turns.

    A short work is called ``repeat`` times a sample; ``before`` runs untimed.
    """
    for work in works.values():
        work()
    samples: dict[str, list[Sample]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            if before is not None:
                before()
            samples[name].append(_timed(work, repeat))
    return samples


def _middle(samples: Sequence[Sample], clock: Clock) -> float:
    """Take the median in milliseconds."""
    return median(getattr(sample, clock) for sample in samples) * 1000


def _timed(work: Work, repeat: int) -> Sample:
    gc.collect()  # nobody pays for another's garbage
    wall, cpu = perf_counter(), process_time()
    for _ in range(repeat):
        work()
    wall, cpu = perf_counter() - wall, process_time() - cpu
    return Sample(wall / repeat, cpu / repeat)
