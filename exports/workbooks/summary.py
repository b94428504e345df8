"""Counts and sums of the entries by group: what the funder is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

SENT, ELIGIBLE, INELIGIBLE, WITHDRAWN = "sent", "eligible", "ineligible", "withdrawn"
COUNTED = (SENT, ELIGIBLE, INELIGIBLE, WITHDRAWN)
#: Amounts that are summed, by the key of their column among the facts of entries.
SUMMED = ("total", "grant_awarded", "grant_paid")
NOTHING = Decimal(0)


@dataclass(slots=True)
class Totals:
    """Entries by state, and their amounts: of all that were sent, of the eligible."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    sent: dict[str, Decimal] = field(
        default_factory=lambda: dict.fromkeys(SUMMED, NOTHING)
    )
    eligible: dict[str, Decimal] = field(
        default_factory=lambda: dict.fromkeys(SUMMED, NOTHING)
    )

    def add(self, state: str, amounts: Mapping[str, Decimal | None]) -> None:
        """Count an entry that was sent, whatever became of it."""
        self.counts[SENT] += 1
        if state != SENT and state in self.counts:
            self.counts[state] += 1
        for key in SUMMED:
            amount = amounts.get(key) or NOTHING
            self.sent[key] += amount
            if state == ELIGIBLE:
                self.eligible[key] += amount


@dataclass(slots=True)
class Grouping:
    """Totals by the groups of one kind, such as the counties.

    Where ``overlaps``, an entry may stand in several groups: the groups have no sum.
    """

    title: str
    overlaps: bool = False
    groups: dict[str, Totals] = field(default_factory=dict)

    def add(
        self, names: Iterable[str], state: str, amounts: Mapping[str, Decimal | None]
    ) -> None:
        """Count an entry in each group that it belongs to."""
        for name in names:
            self.groups.setdefault(name, Totals()).add(state, amounts)


@dataclass(slots=True)
class Summary:
    """All entries, and the same by each grouping."""

    everything: Totals = field(default_factory=Totals)
    groupings: Sequence[Grouping] = ()
    eligible_label: str = ""
    ineligible_label: str = ""
    withdrawn_label: str = ""
