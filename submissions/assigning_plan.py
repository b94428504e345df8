"""Who gets which entry, when each entry goes to so many jurors. Pure.

Each entry gets as many jurors as asked, or all who may score it where those are fewer;
among all such plans one with the most even loads is chosen. Where several are alike, a
seed decides, so that the same question has the same answer.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

Pair = tuple[str, str]
"""The keys of an entry and a juror."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a distribution would add.

    ``load`` is the number of entries of each juror, what stands already included;
    ``short`` tells of each entry that stays below what was asked how many it has.
    """

    added: tuple[Pair, ...]
    load: Mapping[str, int]
    short: Mapping[str, int]


def distribute(
    entries: Iterable[str],
    jurors: Collection[str],
    *,
    per_entry: int,
    forbidden: Collection[Pair] = frozenset(),
    standing: Collection[Pair] = frozenset(),
    seed: str = "",
) -> Plan:
    """Top every entry up to ``per_entry`` jurors.

    ``forbidden`` pairs are never made; ``standing`` ones are kept, and counted.
    """
    work = _Work(jurors, forbidden, standing, seed)
    short = {}
    for entry in sorted(entries, key=work.ticket):
        has = work.fill(entry, per_entry)
        if has < per_entry:
            short[entry] = has
    work.even_out()
    return Plan(
        added=tuple(sorted(work.added_pairs())),
        load=dict(sorted(work.load.items())),
        short=dict(sorted(short.items())),
    )


class _Work:
    """The loads as they grow, and who may still take which entry."""

    def __init__(
        self,
        jurors: Collection[str],
        forbidden: Collection[Pair],
        standing: Collection[Pair],
        seed: str,
    ) -> None:
        self.seed = seed
        self.jurors = sorted(jurors, key=self.ticket)
        self.load = dict.fromkeys(self.jurors, 0)
        self.standing = _by_entry(standing)
        self.closed = _by_entry([*forbidden, *standing])
        self.open: dict[str, list[str]] = {}  # in the order in which they were drawn
        self.added: dict[str, set[str]] = {juror: set() for juror in self.jurors}
        for _entry, juror in standing:
            if juror in self.load:
                self.load[juror] += 1

    def ticket(self, key: str) -> str:
        """Draw the place of a key in the order: random, but the same each time."""
        return sha256(f"{self.seed}\n{key}".encode()).hexdigest()

    def fill(self, entry: str, per_entry: int) -> int:
        """Give the entry to the least loaded who may take it; how many it has then."""
        closed = self.closed.get(entry, ())
        self.open[entry] = [j for j in self.jurors if j not in closed]
        has = len(self.standing.get(entry, ()))
        wanted = max(0, per_entry - has)
        chosen = sorted(self.open[entry], key=self.load.__getitem__)[:wanted]
        for juror in chosen:
            self.load[juror] += 1
            self.added[juror].add(entry)
        return has + len(chosen)

    def even_out(self) -> None:
        """Hand entries on from the busy to the idle, until nobody is two ahead.

        Along a chain of jurors each gives one entry to the next, so that only the ends
        change. Where no such chain is left, no other plan is more even.
        """
        while (chain := self._chain()) is not None:
            for giver, entry, taker in chain:
                self.added[giver].remove(entry)
                self.added[taker].add(entry)
            self.load[chain[0][0]] -= 1
            self.load[chain[-1][2]] += 1

    def _chain(self) -> list[tuple[str, str, str]] | None:
        lowest = min(self.load.values(), default=0)
        for juror in sorted(self.jurors, key=lambda j: -self.load[j]):
            if self.load[juror] < lowest + 2:
                return None
            if (chain := self._chain_from(juror)) is not None:
                return chain
        return None

    def _chain_from(self, first: str) -> list[tuple[str, str, str]] | None:
        """Find the shortest chain to somebody with at least two entries less."""
        came: dict[str, tuple[str, str]] = {}
        queue = deque([first])
        while queue:
            giver = queue.popleft()
            for entry in sorted(self.added[giver]):
                for taker in self.open[entry]:
                    if taker == first or taker in came or entry in self.added[taker]:
                        continue
                    came[taker] = giver, entry
                    if self.load[taker] <= self.load[first] - 2:
                        return _back(came, first, taker)
                    queue.append(taker)
        return None

    def added_pairs(self) -> Iterable[Pair]:
        return ((entry, j) for j, entries in self.added.items() for entry in entries)


def _back(
    came: Mapping[str, tuple[str, str]], first: str, last: str
) -> list[tuple[str, str, str]]:
    chain = []
    while last != first:
        giver, entry = came[last]
        chain.append((giver, entry, last))
        last = giver
    return chain[::-1]


def _by_entry(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry, juror in pairs:
        found.setdefault(entry, set()).add(juror)
    return found
