"""Scores in columns of numbers: a dozen bytes each, an object takes a hundred."""

from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from scoring.tallies import Score


class PackedScores(Collection[Score]):
    """All scores of a ranking, an entry's together and in the order they came in.

    A contest of 10,000 entries has 100,000 scores; as objects they would take more
    memory than everything else that an export holds.
    """

    def __init__(self, scores: Iterable[Score]) -> None:
        """Read the scores once."""
        entries, jurors, criteria = _Names(), _Names(), _Names()
        columns = array("I"), array("I"), array("I"), array("i")
        for entry, juror, criterion, steps in scores:
            columns[0].append(entries.number(entry))
            columns[1].append(jurors.number(juror))
            columns[2].append(criteria.number(criterion))
            columns[3].append(steps)
        order = array("I", sorted(range(len(columns[0])), key=columns[0].__getitem__))
        numbers, self._jurors, self._criteria, self._steps = (
            array(column.typecode, map(column.__getitem__, order)) for column in columns
        )
        self._juror_names, self._criterion_names = jurors.names, criteria.names
        self._places = dict(zip(entries.names, _spans(numbers), strict=True))

    def __len__(self) -> int:
        """Count the scores."""
        return len(self._steps)

    def __iter__(self) -> Iterator[Score]:
        """Yield every score, entry by entry."""
        return chain.from_iterable(map(self.of, self._places))

    def __contains__(self, score: object) -> bool:
        """Tell whether exactly this score is among them."""
        return isinstance(score, Score) and score in self.of(score.entry)

    def entries(self) -> Collection[str]:
        """List the keys of the entries that have scores."""
        return self._places.keys()

    def of(self, entry: str) -> list[Score]:
        """List the scores of one entry; none for an unknown one."""
        jurors, criteria = self._juror_names, self._criterion_names
        return [
            Score(
                entry,
                jurors[self._jurors[place]],
                criteria[self._criteria[place]],
                self._steps[place],
            )
            for place in self._places.get(entry, ())
        ]


class _Names:
    """Names by number, in the order in which they turned up."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number


def _spans(numbers: "array[int]") -> Iterator[range]:
    """Yield where each number stands in a sorted column that lacks none."""
    first = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[first]:
            yield range(first, place)
            first = place
