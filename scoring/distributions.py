"""How scores are spread: by criterion, and by juror. For those who may see sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from contest.models import Contest
from contest.rulebook import Criterion, Rulebook
from scoring.selectors import counted_scores
from submissions.entered import has_chosen

_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """How many scores lie at a value, or from a value up to another."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """The scores of a criterion or a juror: bars in their order, number and mean."""

    bars: Sequence[Bar]
    count: int
    mean: Fraction | None


@dataclass(frozen=True, slots=True)
class JurorDistribution:
    """A juror's scores of all criteria, as tenths of their scales.

    ``lean`` is how far the mean lies from that of all jurors, as a share of the scale:
    above zero is milder.
    """

    scores: Distribution
    lean: Fraction | None


@dataclass(frozen=True, slots=True)
class Distributions:
    """Both, of the scores that count."""

    criteria: Mapping[str, Distribution]
    jurors: Mapping[UUID, JurorDistribution]


def distributions_of(contest: Contest, rules: Rulebook) -> Distributions:
    """Count the scores by juror, criterion and value, in two queries."""
    used = contest.criteria.filter(retired=False).values_list("pk", "code")
    codes = {pk: rules.criterion(code) for pk, code in used}
    rows: Any = (
        counted_scores(contest)
        .filter(_applying(rules))
        .values_list("sheet__assignment__juror_id", "criterion_id", "steps")
        .annotate(count=Count("*"))
    )
    by_criterion: dict[str, dict[int, int]] = {c.code: {} for c in rules.criteria}
    by_juror: dict[UUID, list[tuple[Fraction, int]]] = {}
    for juror, pk, steps, count in rows:
        if (criterion := codes.get(pk)) is not None:
            counts = by_criterion[criterion.code]
            counts[steps] = counts.get(steps, 0) + count
            share = Fraction(steps, criterion.scale.steps)
            by_juror.setdefault(juror, []).append((share, count))
    return Distributions(
        {c.code: _of_criterion(c, by_criterion[c.code]) for c in rules.criteria},
        _of_jurors(by_juror),
    )


def _applying(rules: Rulebook) -> Q:
    """Choose scores in criteria that apply to their entry."""
    if rules.is_uniform:
        return Q()
    entry = "sheet__assignment__submission__"
    return reduce(
        or_,
        (
            Q(criterion__code__in=codes) & (has_chosen(own, entry) if own else Q())
            for own, codes in rules.by_awaited(rules.criteria).items()
        ),
    )


def _of_criterion(criterion: Criterion, counts: Mapping[int, int]) -> Distribution:
    scale = criterion.scale
    width = max(1, -(-(scale.steps + 1) // (2 * _TENTHS)))  # 20 bars at most
    bars = []
    for first in range(0, scale.steps + 1, width):
        last = min(first + width - 1, scale.steps)
        label = _number(scale.value(first))
        if last > first:
            label = f"{label}–{_number(scale.value(last))}"
        count = sum(counts.get(steps, 0) for steps in range(first, last + 1))
        bars.append(Bar(label, count))
    total = sum(counts.values())
    mean = Fraction(sum(s * c for s, c in counts.items()), total) if total else None
    value = None if mean is None else scale.minimum + mean * scale.step
    return Distribution(bars, total, value)


def _of_jurors(
    found: Mapping[UUID, Sequence[tuple[Fraction, int]]],
) -> dict[UUID, JurorDistribution]:
    everybody = _mean([pair for pairs in found.values() for pair in pairs])
    jurors = {}
    for juror, pairs in found.items():
        counts = [0] * _TENTHS
        for share, count in pairs:
            counts[min(int(share * _TENTHS), _TENTHS - 1)] += count
        bars = [
            Bar(f"{tenth * _TENTHS}–{(tenth + 1) * _TENTHS} %", count)
            for tenth, count in enumerate(counts)
        ]
        mean = _mean(pairs)
        lean = None if mean is None or everybody is None else mean - everybody
        jurors[juror] = JurorDistribution(Distribution(bars, sum(counts), mean), lean)
    return jurors


def _mean(pairs: Sequence[tuple[Fraction, int]]) -> Fraction | None:
    total = sum(count for _share, count in pairs)
    return sum((s * c for s, c in pairs), Fraction(0)) / total if total else None


def _number(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
