"""The ties that the chair of the panel decides. Selectors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contest.models import Contest
from scoring.method import Rules
from scoring.models import ChairDecision
from scoring.selectors import current_lists, rules_in


@dataclass(frozen=True, slots=True)
class Tie:
    """Entries of a list that are still tied when the chair's turn comes.

    ``decision`` is what the chair decided about exactly these, if anything.
    """

    place: int
    total: Decimal
    entries: tuple[str, ...]
    decision: ChairDecision | None

    @property
    def in_order(self) -> Sequence[str]:
        """Name the entries as decided, else by reference."""
        order: Sequence[str] = (
            self.decision.references if self.decision else self.entries
        )
        return order


def ties_of(contest: Contest, code: str) -> list[Tie]:
    """List the ties of a list as they stand, best first; none where no chair decides.

    Two queries; one more for a list that entrants choose, one where the median comes
    before the chair.
    """
    return ties_in(contest, [code]).get(code, [])


def ties_in(contest: Contest, codes: Collection[str]) -> dict[str, list[Tie]]:
    """Give the ties of several lists by code: the scores are summed once for all."""
    rules = rules_in(contest.rules_in_force)
    if "chair" not in rules.tie_breaks:
        return {}
    about = ChairDecision.objects.filter(contest=contest, nomination__in=codes)
    decided = {(each.nomination, frozenset(each.references)): each for each in about}
    found: dict[str, list[Tie]] = {}
    for code, ranked in current_lists(contest, _before_chair(rules), codes).items():
        for rows in ranked.ties():
            entries = tuple(row.entry for row in rows)
            tie = Tie(
                rows[0].place or 0,
                rows[0].total,
                entries,
                decided.get((code, frozenset(entries))),
            )
            found.setdefault(code, []).append(tie)
    return found


def _before_chair(rules: Rules) -> Rules:
    turn = rules.tie_breaks.index("chair")
    return replace(rules, tie_breaks=rules.tie_breaks[:turn])
