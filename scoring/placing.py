"""What the places of a list come to: who is among the first, by how much. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from scoring.ranking import Row

_DIFFER = 5  # the part of the highest total that a spread may reach is one in so many


def is_among_first(row: Row, places: int) -> bool:
    """Tell whether an entry has one of the first places; a shared one counts whole.

    With places 1, 2, 2, 4 the first two are those of three entries.
    """
    return row.place is not None and row.place <= places


def on_first_places(rows: Iterable[Row], places: int) -> Iterator[Row]:
    """Yield the rows on the first places; none are where ``places`` is 0."""
    return (row for row in rows if is_among_first(row, places))


def is_for_chair(row: Row, tie_breaks: Sequence[str]) -> bool:
    """Tell whether an entry was tied when, by the rules, the chair's turn came."""
    if "chair" not in tie_breaks:
        return False
    since = tie_breaks[tie_breaks.index("chair") :]
    return row.shared or not set(since).isdisjoint(row.tie_breaks)


def gaps_to_next(rows: Sequence[Row]) -> list[Decimal | None]:
    """Say for each row how far its total is above that of the next place.

    The rows follow each other in their list. Entries that share a place have the same
    gap; 0 is that of a tie which a tie-break separated. None where no place follows.
    """
    gaps: list[Decimal | None] = [None] * len(rows)
    for index in reversed(range(len(rows) - 1)):
        row, below = rows[index], rows[index + 1]
        if row.place == below.place:
            gaps[index] = gaps[index + 1]
        elif below.place is not None:
            gaps[index] = row.total - below.total
    return gaps


def differ_strongly(row: Row, total: Fraction) -> bool:
    """Tell whether the jurors disagree about an entry: spread above a fifth of `total`.

    Scores drawn at random spread by total / √12. With 1 − spread² / (total² / 12) as
    the agreement within a group (James, Demaree & Wolf, 1984, doi
    10.1037/0021-9010.69.1.85), a fifth of the total is 0.52: what lies below is weak
    agreement at most (LeBreton & Senter, 2008, doi 10.1177/1094428106296642).
    """
    return row.spread is not None and row.spread * _DIFFER > total
