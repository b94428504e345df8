"""Limits as plain values: who takes a place, and when there is none left."""

from dataclasses import dataclass, field

import pytest

from contest.rulebook import Bar, Limits, Quota
from submissions.limits import Standing, Win, exceeded, latest_editions


def standing(organisation="A", *nominations, **place):
    return Standing(organisation, frozenset(nominations), **place)


@dataclass
class Case:
    """An entry beside others; ``broken`` are the codes and groups of the limits."""

    limits: Limits
    entry: Standing
    others: list = field(default_factory=list)
    broken: list = field(default_factory=list)
    holds: Standing | None = None
    wins: list = field(default_factory=list)


EDITIONS = [(2023, "2023"), (2024, "2024"), (2025, "2025")]
A, B = standing("A"), standing("B")
BAR = Limits(bar_winners=Bar(editions=2, places=3, by_place={3: 1}))
COUNTY = Limits(quota=Quota("county", 1))
CASES = {
    "no limits": Case(Limits(), A, [A, B]),
    "the second of one": Case(
        Limits(entries_per_organisation=1), A, [A], [("entries_per_organisation", "")]
    ),
    "the first beside others": Case(Limits(entries_per_organisation=1), A, [B, B]),
    "sent again": Case(Limits(entries_per_organisation=1), A, [A], holds=A),
    "the second in a nomination": Case(
        Limits(entries_per_nomination=1),
        standing("A", "best", "new"),
        [standing("A", "best"), standing("B", "new")],
        [("entries_per_nomination", "best")],
    ),
    "a nomination it is in already": Case(
        Limits(entries_per_nomination=1),
        standing("A", "best"),
        [standing("A", "best")],
        holds=standing("A", "best"),
    ),
    "too many nominations": Case(
        Limits(nominations_per_entry=1),
        standing("A", "best", "new"),
        broken=[("nominations_per_entry", "")],
    ),
    "the last place of a county": Case(
        COUNTY,
        standing("A", county="LT-SA"),
        [standing("B", county="LT-SA")],
        [("quota_county", "LT-SA")],
    ),
    "a place in another county": Case(
        COUNTY, standing("A", county="LT-SA"), [standing("B", county="LT-KU")]
    ),
    "moved to a full county": Case(
        COUNTY,
        standing("A", county="LT-SA"),
        [standing("B", county="LT-SA")],
        [("quota_county", "LT-SA")],
        holds=standing("A", county="LT-KU"),
    ),
    "nobody knows where": Case(COUNTY, A, broken=[("quota_place_unknown", "county")]),
    "the last place of a nomination": Case(
        Limits(quota=Quota("nomination", 1)),
        standing("A", "best"),
        [standing("B", "best")],
        [("quota_nomination", "best")],
    ),
    "in no nomination": Case(Limits(quota=Quota("nomination", 1)), A, [B]),
    "won last year": Case(
        BAR, A, broken=[("bar_winners", "2025")], wins=[Win("A", "2025", 1)]
    ),
    "won two years ago": Case(
        BAR, A, broken=[("bar_winners", "2024")], wins=[Win("A", "2024", 2)]
    ),
    "won three years ago": Case(BAR, A, wins=[Win("A", "2023", 1)]),
    "the third place is barred for less": Case(BAR, A, wins=[Win("A", "2024", 3)]),
    "a fourth place bars nobody": Case(BAR, A, wins=[Win("A", "2025", 4)]),
    "an award without a place bars": Case(
        BAR, A, broken=[("bar_winners", "2025")], wins=[Win("A", "2025", None)]
    ),
    "somebody else won": Case(BAR, A, wins=[Win("B", "2025", 1)]),
    "won, and takes part already": Case(BAR, A, wins=[Win("A", "2025", 1)], holds=A),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_limits_are_told_with_what_they_are_about(case):
    found = exceeded(
        case.limits,
        case.entry,
        case.others,
        holds=case.holds,
        wins=case.wins,
        editions=EDITIONS,
    )

    assert [(excess.code, excess.group) for excess in found] == case.broken


def test_the_latest_editions_are_told_by_year_then_by_name():
    editions = [(2024, "spring"), (2025, "2025"), (2024, "autumn")]

    assert latest_editions(editions, 2) == {"2025", "spring"}
