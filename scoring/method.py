"""The method of a ranking: what a rulebook says about counting.

Every number is an int or a Fraction (the minimum score a Decimal), so that nothing
is rounded before the result is printed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from contest.rulebook import OVERALL
from contest.scale import Scale, refusal, require_exact

CRITERION = "criterion:"
TIE_BREAKS = ("median", "top_marks", "chair", "lot")

Mapped = Literal["maximum", "range"]
Entrants = Literal["all", "chosen"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion; `counted` says whether it enters the overall total.

    `nominations` are the codes of those that it belongs to, empty for all: it has no
    part in the lists of the others.
    """

    code: str
    scale: Scale
    weight: Fraction
    counted: bool = True
    nominations: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a weight below zero."""
        _require_weight(f"Criterion.weight of {self.code!r}", self.weight)


@dataclass(frozen=True, slots=True)
class Nomination:
    """One further list. Without weights of its own it has those of the overall list.

    `weights` maps criterion codes to weights; a criterion with weight 0 or not named
    has no part in the nomination. `places` is how many are awarded; ranking ignores
    it.
    """

    code: str
    weights: Mapping[str, Fraction] | None = None
    entries: Entrants = "all"
    places: int | None = None

    def __post_init__(self) -> None:
        """Refuse the code of the overall list and values outside their range."""
        if self.code == OVERALL:
            raise refusal("Nomination.code", self.code, f"any but {OVERALL!r}")
        _require_one_of("Nomination.entries", self.entries, get_args(Entrants))
        if self.places is not None and self.places < 1:
            raise refusal("Nomination.places", self.places, "1 or more, or None")
        for code, weight in (self.weights or {}).items():
            _require_weight(f"Nomination.weights[{code!r}] of {self.code!r}", weight)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one version of a rulebook says about the ranking.

    `total` is the total of an entry with every value at its maximum. `mapping` says
    what a mean is measured by: "maximum" takes mean / maximum, "range" takes
    (mean - minimum) / (maximum - minimum). `min_scores` is the number of values each
    criterion of a list needs before an entry is ranked there. `minimum_score` is in
    the unit of the total and inclusive. `tie_breaks` are applied in their order:
    "criterion:<code>" or one of TIE_BREAKS. Raises ValueError naming the field.
    """

    criteria: tuple[Criterion, ...]
    nominations: tuple[Nomination, ...] = ()
    total: Fraction = Fraction(100)
    mapping: Mapped = "maximum"
    min_scores: int = 1
    minimum_score: Decimal | None = None
    tie_breaks: tuple[str, ...] = ()
    lot_seed: str = ""

    def __post_init__(self) -> None:
        """Refuse rules that cannot give every list a total."""
        _require_unique("Rules.criteria", (c.code for c in self.criteria))
        _require_unique("Rules.nominations", (n.code for n in self.nominations))
        self._require_known_nominations()
        self._require_usable_numbers()
        self._require_known_tie_breaks()
        self._require_weights()

    def _require_known_nominations(self) -> None:
        codes = [nomination.code for nomination in self.nominations]
        for criterion in self.criteria:
            field = f"Criterion.nominations of {criterion.code!r}"
            for code in sorted(criterion.nominations):
                _require_one_of(field, code, codes)

    def _require_usable_numbers(self) -> None:
        _require_one_of("Rules.mapping", self.mapping, get_args(Mapped))
        require_exact("Rules.total", self.total)
        if self.total <= 0:
            raise refusal("Rules.total", self.total, "above 0")
        if self.min_scores < 1:
            raise refusal("Rules.min_scores", self.min_scores, "1 or more")
        if self.minimum_score is not None and not self.minimum_score.is_finite():
            allowed = "a finite number, or None"
            raise refusal("Rules.minimum_score", self.minimum_score, allowed)
        for criterion in self.criteria:
            if self.mapping == "maximum" and criterion.scale.maximum <= 0:
                field = f"Scale.maximum of criterion {criterion.code!r}"
                allowed = "above 0, or the mapping 'range'"
                raise refusal(field, criterion.scale.maximum, allowed)

    def _require_known_tie_breaks(self) -> None:
        known = [f"{CRITERION}{criterion.code}" for criterion in self.criteria]
        for name in self.tie_breaks:
            _require_one_of("Rules.tie_breaks", name, (*known, *TIE_BREAKS))
        _require_unique("Rules.tie_breaks", self.tie_breaks)

    def _require_weights(self) -> None:
        codes = [criterion.code for criterion in self.criteria]
        for nomination in self.nominations:
            field = f"Nomination.weights of {nomination.code!r}"
            for code in nomination.weights or ():
                _require_one_of(field, code, codes)
        for code, weights in self.list_weights().items():
            if not weights:
                allowed = "at least one weight above 0"
                raise refusal(f"weights of the list {code!r}", {}, allowed)

    def list_weights(self) -> dict[str, dict[str, Fraction]]:
        """Return list code -> criterion code -> weight, the overall list first.

        Only weights above zero, in the order of the criteria. Those of the overall
        list are of all criteria: see `weights_of` for one entry.
        """
        own = {c.code: c.weight for c in self.criteria if c.counted}
        lists: dict[str, Mapping[str, Fraction]] = {OVERALL: own}
        for nomination in self.nominations:
            weights = nomination.weights
            lists[nomination.code] = own if weights is None else weights
        return {code: dict(self._above_zero(lists[code], code)) for code in lists}

    @property
    def is_uniform(self) -> bool:
        """Tell whether every criterion applies to every entry."""
        chosen = {n.code for n in self.nominations if n.entries == "chosen"}
        return not any(c.nominations and c.nominations <= chosen for c in self.criteria)

    def applying(self, chosen: Collection[str]) -> frozenset[str]:
        """Name the criteria that apply to an entry that chose these nominations."""
        entered = {n.code for n in self.nominations if n.entries == "all"}.union(chosen)
        return frozenset(
            c.code
            for c in self.criteria
            if not c.nominations or not c.nominations.isdisjoint(entered)
        )

    def weights_of(self, chosen: Collection[str]) -> dict[str, Fraction]:
        """Return the weights of the overall list for an entry: of what applies to it.

        None where nothing does that is counted.
        """
        applying = self.applying(chosen)
        weights = self.list_weights()[OVERALL]
        return {code: weight for code, weight in weights.items() if code in applying}

    def has_chosen_entries(self, code: str) -> bool:
        """Tell whether a list ranks only the entries that chose it."""
        return any(n.code == code and n.entries == "chosen" for n in self.nominations)

    def _above_zero(
        self, weights: Mapping[str, Fraction], list_code: str
    ) -> Iterator[tuple[str, Fraction]]:
        for criterion in self.criteria:
            weight = Fraction(weights.get(criterion.code, 0))
            own = criterion.nominations
            if weight > 0 and (not own or list_code == OVERALL or list_code in own):
                yield criterion.code, weight


def _require_weight(field: str, weight: Fraction) -> None:
    require_exact(field, weight)
    if weight < 0:
        raise refusal(field, weight, "0 or more")


def _require_one_of(field: str, received: str, allowed: Iterable[str]) -> None:
    choices = tuple(allowed)
    if received not in choices:
        raise refusal(field, received, ", ".join(map(repr, choices)) or "nothing")


def _require_unique(field: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise refusal(field, code, "each code once")
        seen.add(code)
