"""Who would win as things stand: what the jury praises before it is published."""

from dataclasses import dataclass

from contest.models import Contest
from contest.rulebook import read_version
from scoring.models import Citation
from scoring.naming import Naming, list_titles, namings
from scoring.ranking import Row
from scoring.selectors import current_lists, rules_in


@dataclass(frozen=True, slots=True)
class Winning:
    """An entry on an awarded place of a list, and the praise written for it so far."""

    code: str
    title: str
    row: Row
    naming: Naming
    citation: str


def winning_now(contest: Contest) -> list[Winning]:
    """List the entries on awarded places, list by list.

    The scores are summed once; a list where the median decides asks for its sheets.
    """
    method, titles = rules_in(contest.rules_in_force), list_titles(contest)
    awarded = read_version(contest.rules_in_force).awarded
    lists = current_lists(contest, method, awarded)
    found = [
        (code, row)
        for code, places in awarded.items()
        for row in lists[code].first_places(places)
    ]
    names = namings(contest, {row.entry for _code, row in found})
    praise = _praise(contest)
    return [
        Winning(
            code, titles[code], row, names[row.entry], praise.get((code, row.entry), "")
        )
        for code, row in found
    ]


def _praise(contest: Contest) -> dict[tuple[str, str], str]:
    written = Citation.objects.filter(contest=contest)
    return {
        (nomination, reference): text
        for nomination, reference, text in written.values_list(
            "nomination", "submission__reference", "text"
        )
    }
