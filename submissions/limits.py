"""How many entries there may be, and of whom: the limits of a rulebook. Pure.

Only entries that take part are counted: sent, not withdrawn, not found ineligible. An
entry that already takes part keeps the places it has; it is asked only for those that
it would take anew, so a limit that is lowered throws nobody out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

COUNTED_STATES = ("submitted", "returned", "eligible")


class Quota(Protocol):
    """At most ``count`` entries of one county, municipality, … of the contest."""

    @property
    def by(self) -> str: ...
    @property
    def count(self) -> int: ...


class Bar(Protocol):
    """For how many editions the winner of a place stays away."""

    def editions_after(self, place: int) -> int: ...


class Limits(Protocol):
    """What a rulebook limits; None is without limit.

    ``entries_per_nomination`` is of one organisation in one nomination.
    """

    @property
    def entries_per_organisation(self) -> int | None: ...
    @property
    def entries_per_nomination(self) -> int | None: ...
    @property
    def nominations_per_entry(self) -> int | None: ...
    @property
    def quota(self) -> Quota | None: ...
    @property
    def bar_winners(self) -> Bar | None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts of an entry: whose it is, what it was entered for, where it is."""

    organisation: str
    nominations: frozenset[str] = frozenset()
    county: str = ""
    municipality: str = ""
    action_group: str = ""

    def groups(self, by: str) -> frozenset[str]:
        """Name the groups that a quota counts it in; none where that is not known."""
        if by == "nomination":
            return self.nominations
        groups = {
            "county": self.county,
            "municipality": self.municipality,
            "action_group": self.action_group,
        }
        return frozenset({groups[by]} - {""})


@dataclass(frozen=True, slots=True)
class Win:
    """An award of an earlier edition; ``place`` None where none was given."""

    organisation: str
    edition: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that the entry would break: which one, in which group, how many."""

    code: str
    limit: int
    group: str = ""


def exceeded(
    limits: Limits,
    entry: Standing,
    others: Iterable[Standing],
    *,
    holds: Standing | None = None,
    wins: Iterable[Win] = (),
    editions: Iterable[tuple[int, str]] = (),
) -> Iterator[Excess]:
    """Find the limits that ``entry`` would break beside the ``others`` that take part.

    ``holds`` is the entry as it takes part already; ``editions`` are the earlier ones
    of the series as year and name.
    """
    others = list(others)
    own = [other for other in others if other.organisation == entry.organisation]
    per_entry = limits.nominations_per_entry
    if per_entry is not None and len(entry.nominations) > per_entry:
        yield Excess("nominations_per_entry", per_entry)
    if holds is None:
        if _is_full(limits.entries_per_organisation, len(own)):
            yield Excess(
                "entries_per_organisation", limits.entries_per_organisation or 0
            )
        if bar := limits.bar_winners:
            yield from _barred(bar, entry, wins, editions)
    new = entry.nominations - (holds.nominations if holds else frozenset())
    for nomination in sorted(new):
        taken = sum(nomination in other.nominations for other in own)
        if _is_full(limits.entries_per_nomination, taken):
            limit = limits.entries_per_nomination or 0
            yield Excess("entries_per_nomination", limit, nomination)
    if quota := limits.quota:
        yield from _over_quota(quota, entry, others, holds)


def latest_editions(editions: Iterable[tuple[int, str]], count: int) -> frozenset[str]:
    """Name the last ``count`` editions; those of one year in the order of names."""
    last_first = sorted(set(editions), reverse=True)
    return frozenset(name for _year, name in last_first[:count])


def _barred(
    bar: Bar,
    entry: Standing,
    wins: Iterable[Win],
    editions: Iterable[tuple[int, str]],
) -> Iterator[Excess]:
    known = set(editions)
    for win in wins:
        away = bar.editions_after(win.place or 1)
        is_own = win.organisation == entry.organisation
        if is_own and win.edition in latest_editions(known, away):
            yield Excess("bar_winners", away, win.edition)
            return


def _over_quota(
    quota: Quota, entry: Standing, others: list[Standing], holds: Standing | None
) -> Iterator[Excess]:
    wanted = entry.groups(quota.by)
    if not wanted and quota.by != "nomination":
        yield Excess("quota_place_unknown", quota.count, quota.by)
    held = holds.groups(quota.by) if holds else frozenset()
    for group in sorted(wanted - held):
        taken = sum(group in other.groups(quota.by) for other in others)
        if taken >= quota.count:
            yield Excess(f"quota_{quota.by}", quota.count, group)


def _is_full(limit: int | None, taken: int) -> bool:
    return limit is not None and taken >= limit
