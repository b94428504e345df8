"""The closed list of tie-breaks: each splits only the groups that are still tied."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import chain
from math import lcm
from typing import NamedTuple

from scoring.method import CRITERION, Rules
from scoring.packing import PackedScores
from scoring.rounding import hundredths
from scoring.tallies import Entry, Exclusion, Score, counted_scores
from scoring.weighing import Figures, Weighings, list_weighings

SheetTotals = Callable[[str, frozenset[str]], Mapping[str, Sequence[Fraction]]]
Key = tuple[int, int | str]
KeyOf = Callable[[Figures], Key]


class Group(NamedTuple):
    """Entries that share a place, and the tie-breaks that led to this group."""

    entries: tuple[Figures, ...]
    tie_breaks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the tie-breaks of one list may look at.

    `chair_order` names entries in the order of the chair; `decisions` are orders of
    which each counts only where exactly its entries are tied.
    """

    code: str
    weighings: Weighings
    lot_seed: str
    sheet_totals: SheetTotals
    chair_order: Sequence[str]
    decisions: Collection[Sequence[str]] = ()


def separate(
    groups: Sequence[Group], tie_breaks: Iterable[str], evidence: Evidence
) -> list[Group]:
    """Return the groups in order, split as far as the tie-breaks can.

    Entries that no tie-break tells apart keep the order they came in. One that looks
    at criteria is passed over where they do not apply to all of a group: what was not
    asked tells nothing.
    """
    separated = list(groups)
    for name in tie_breaks:
        shared = (group.entries for group in separated if len(group.entries) > 1)
        tied = list(chain.from_iterable(shared))
        if not tied:
            break
        if name == "chair" and evidence.decisions:
            evidence = _standing(evidence, separated)
        key = _key(name, evidence, tied)
        separated = [
            part
            for group in separated
            for part in (
                _split(group, name, key)
                if _compares(name, group, evidence.weighings)
                else [group]
            )
        ]
    return separated


def sheet_totals_from(
    scores: Iterable[Score],
    rules: Rules,
    exclusions: Iterable[Exclusion] = (),
    entries: Iterable[Entry] = (),
) -> SheetTotals:
    """Return what `rank` asks for the median, answered from raw scores.

    A juror's sheet is complete in a list when it has a value for each of the list's
    criteria that applies to the entry; the totals are not rounded. `entries` are
    needed only where not all criteria apply to each.
    """
    weighings = list_weighings(rules, entries)
    packed = cache(lambda: PackedScores(counted_scores(scores, exclusions)))

    def sheet_totals(
        code: str, entries: frozenset[str]
    ) -> Mapping[str, Sequence[Fraction]]:
        of_list = weighings[code]
        return {
            entry: [
                of_juror
                for sheet in _sheets(packed().of(entry))
                if (of_juror := of_list.of(entry).sheet_total(sheet)) is not None
            ]
            for entry in entries
        }

    return sheet_totals


def _sheets(scores: Iterable[Score]) -> Collection[Mapping[str, int]]:
    """Return the sheets of one entry: criterion code -> steps."""
    sheets: dict[str, dict[str, int]] = {}
    for score in scores:
        sheets.setdefault(score.juror, {})[score.criterion] = score.steps
    return sheets.values()


def _compares(name: str, group: Group, weighings: Weighings) -> bool:
    """Tell whether a tie-break looks at something that all of a group were asked."""
    if not weighings.applying or len(group.entries) == 1:
        return True
    entries = [figures.entry for figures in group.entries]
    if name.startswith(CRITERION):
        return weighings.all_have(name.removeprefix(CRITERION), entries)
    return name != "top_marks" or weighings.apply_alike(entries)


def _split(group: Group, name: str, key: KeyOf) -> list[Group]:
    if len(group.entries) == 1:
        return [group]
    parts: dict[Key, list[Figures]] = {}
    for figures in group.entries:
        parts.setdefault(key(figures), []).append(figures)
    if len(parts) == 1:
        return [group]
    tie_breaks = (*group.tie_breaks, name)
    return [Group(tuple(parts[each]), tie_breaks) for each in sorted(parts)]


def _key(name: str, evidence: Evidence, tied: Sequence[Figures]) -> KeyOf:
    if name.startswith(CRITERION):
        return _mean_key(name.removeprefix(CRITERION))
    if name == "median":
        return _median_key(evidence, tied)
    if name == "top_marks":
        return _top_marks_key(evidence)
    return _chair_key(evidence) if name == "chair" else _lot_key(evidence)


def _mean_key(code: str) -> KeyOf:
    def key(figures: Figures) -> Key:
        return _highest_first(figures.means.get(code))

    return key


def _median_key(evidence: Evidence, tied: Sequence[Figures]) -> KeyOf:
    entries = frozenset(figures.entry for figures in tied)
    totals = evidence.sheet_totals(evidence.code, entries)

    def key(figures: Figures) -> Key:
        of_jurors = totals.get(figures.entry)
        return _highest_first(_median(of_jurors) if of_jurors else None)

    return key


def _median(totals: Sequence[Fraction]) -> int:
    """Return the median in hundredths; of an even number the mean of the middle two."""
    denominator = lcm(*[total.denominator for total in totals])
    ordered = sorted(
        total.numerator * (denominator // total.denominator) for total in totals
    )
    middle = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
    return hundredths(middle, 2 * denominator)


def _top_marks_key(evidence: Evidence) -> KeyOf:
    def key(figures: Figures) -> Key:
        return _highest_first(evidence.weighings.of(figures.entry).tops(figures))

    return key


def _chair_key(evidence: Evidence) -> KeyOf:
    """Those the chair named come first; those not named stay tied with each other."""
    decided = {entry: position for position, entry in enumerate(evidence.chair_order)}

    def key(figures: Figures) -> Key:
        return 0, decided.get(figures.entry, len(decided))

    return key


def _standing(evidence: Evidence, groups: Iterable[Group]) -> Evidence:
    """Keep of the decisions those about what is tied now: an older tie is none."""
    tied = {frozenset(each.entry for each in group.entries) for group in groups}
    standing = (order for order in evidence.decisions if frozenset(order) in tied)
    return replace(evidence, chair_order=tuple(chain.from_iterable(standing)))


def _lot_key(evidence: Evidence) -> KeyOf:
    """Order by SHA-256 of seed, list code and entry key, one a line, in UTF-8."""

    def key(figures: Figures) -> Key:
        ticket = f"{evidence.lot_seed}\n{evidence.code}\n{figures.entry}"
        return 0, sha256(ticket.encode()).hexdigest()

    return key


def _highest_first(number: int | None) -> Key:
    return (1, 0) if number is None else (0, -number)
