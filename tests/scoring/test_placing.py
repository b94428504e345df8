"""Who is among the first, how far above the next, and where jurors disagree."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.placing import differ_strongly, gaps_to_next, on_first_places
from scoring.ranking import Row


def row(entry, place, total="50.00", spread=None):
    spread = None if spread is None else Decimal(spread)
    return Row(entry, place, Decimal(total), {}, spread, 3, (), False)


SHARED = [row("a", 1), row("b", 2), row("c", 2), row("d", 4), row("e", None)]


@pytest.mark.parametrize(
    ("places", "expected"),
    [(0, ""), (1, "a"), (2, "abc"), (3, "abc"), (4, "abcd"), (9, "abcd")],
)
def test_a_shared_last_place_counts_whole_and_no_place_never(places, expected):
    assert "".join(r.entry for r in on_first_places(SHARED, places)) == expected


def test_the_gap_is_to_the_next_place_not_to_the_next_row():
    rows = [
        row("a", 1, "90.00"),
        row("b", 2, "88.50"),
        row("c", 2, "88.50"),
        row("d", 4, "88.00"),
        row("e", 5, "88.00"),  # a tie-break put it behind
        row("f", None, "40.00"),
    ]

    told = [None if gap is None else str(gap) for gap in gaps_to_next(rows)]

    assert told == ["1.50", "0.50", "0.50", "0.00", None, None]


@pytest.mark.parametrize(
    ("spread", "expected"),
    [(None, False), ("0.00", False), ("20.00", False), ("20.01", True)],
)
def test_jurors_differ_strongly_above_a_fifth_of_the_total(spread, expected):
    assert differ_strongly(row("a", 1, spread=spread), Fraction(100)) is expected
