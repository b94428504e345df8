"""Who would win as things stand: what the jury praises before it is published."""

from dataclasses import dataclass

from contest import rulebook
from contest.models import Contest
from scoring.models import Citation
from scoring.naming import Naming, namings
from scoring.paging import PagedList
from scoring.ranking import Row, Unscored
from scoring.selectors import current_list, rules_in


@dataclass(frozen=True, slots=True)
class Winning:
    """An entry on an awarded place of a list, and the praise written for it so far."""

    nomination: rulebook.Nomination
    row: Row
    naming: Naming
    citation: str


def winning_now(contest: Contest) -> list[Winning]:
    """List the entries on awarded places, nomination by nomination.

    Three queries a nomination and two for all.
    """
    rules = rulebook.read_version(contest.rules_in_force)
    method = rules_in(contest.rules_in_force)
    found = [
        (nomination, row)
        for nomination in rules.nominations
        if nomination.places
        for row in awarded(
            current_list(contest, method, nomination.code), nomination.places
        )
    ]
    names = namings(contest, {row.entry for _nomination, row in found})
    praise = _praise(contest)
    return [
        Winning(
            nomination,
            row,
            names[row.entry],
            praise.get((nomination.code, row.entry), ""),
        )
        for nomination, row in found
    ]


def awarded(ranked: PagedList, places: int) -> list[Row]:
    """Read as far as the awarded places reach: shared ones reach further."""
    stop = min(places + 1, ranked.ranked)
    while True:
        rows = [row for row in ranked.window(0, stop) if not isinstance(row, Unscored)]
        if stop == ranked.ranked or not _is_awarded(rows[-1], places):
            return [row for row in rows if _is_awarded(row, places)]
        stop = min(2 * stop, ranked.ranked)


def _is_awarded(row: Row, places: int) -> bool:
    return row.place is not None and row.place <= places


def _praise(contest: Contest) -> dict[tuple[str, str], str]:
    written = Citation.objects.filter(contest=contest)
    return {
        (nomination, reference): text
        for nomination, reference, text in written.values_list(
            "nomination", "submission__reference", "text"
        )
    }
