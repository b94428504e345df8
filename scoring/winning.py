"""Who would win as things stand: what the jury praises before it is published."""

from dataclasses import dataclass

from contest import rulebook
from contest.models import Contest
from scoring.models import Citation
from scoring.naming import Naming, namings
from scoring.ranking import Row
from scoring.selectors import current_list, rules_in

_TIES = 20  # rows read beyond the awarded places, which may be shared


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
    rules = rulebook.read(contest.rules_in_force.document)
    method = rules_in(contest.rules_in_force)
    found = [
        (nomination, row)
        for nomination in rules.nominations
        if nomination.places
        for row in current_list(contest, method, nomination.code).window(
            0, nomination.places + _TIES
        )
        if isinstance(row, Row)
        and row.place is not None
        and row.place <= nomination.places
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


def _praise(contest: Contest) -> dict[tuple[str, str], str]:
    written = Citation.objects.filter(contest=contest)
    return {
        (nomination, reference): text
        for nomination, reference, text in written.values_list(
            "nomination", "submission__reference", "text"
        )
    }
