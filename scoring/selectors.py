"""From tables to the arithmetic of the ranking, in a constant number of queries."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from contest import rulebook
from contest.models import Contest, RulebookVersion
from contest.phases import Phase
from core import clock
from scoring import canonical
from scoring.exclusions import excluded_pairs
from scoring.models import Score as ScoreRow
from scoring.models import Sheet
from scoring.packing import PackedScores
from scoring.ranking import (
    Criterion,
    Entry,
    Exclusion,
    Nomination,
    Ranking,
    Rules,
    Score,
    Tally,
    rank,
    rank_scores,
    sheet_totals_from,
)
from submissions.models import Submission
from submissions.selectors import is_somebody_still_judging

ROWS_AT_ONCE = 2_000  # read of a large answer: none is held whole


@dataclass(frozen=True, slots=True)
class Result:
    """A ranking with all that it was computed from, and its digest.

    ``proof()`` spells the canonical form that the digest covers, piece by piece.
    """

    rulebook: RulebookVersion
    rules: Rules
    entries: Sequence[Entry]
    scores: Collection[Score]
    exclusions: Sequence[Exclusion]
    ranking: Ranking
    proof: Callable[[], Iterator[str]]
    digest: str


def rules_of(document: Mapping[str, object]) -> Rules:
    """Turn a rulebook's document into the rules of the ranking."""
    rules = rulebook.read(document)
    return Rules(
        criteria=tuple(
            Criterion(
                code=c.code,
                scale=c.scale,
                weight=c.weight,
                counted=c.counted,
            )
            for c in rules.criteria
        ),
        nominations=tuple(
            Nomination(
                code=n.code, weights=n.weights, entries=n.entries, places=n.places
            )
            for n in rules.nominations
        ),
        total=rules.total,
        mapping=rules.mapping,
        min_scores=rules.min_scores,
        minimum_score=_decimal(rules.minimum_score),
        tie_breaks=rules.tie_breaks,
        lot_seed=rules.lot_seed,
    )


def is_interim(contest: Contest) -> bool:
    """Tell whether somebody may still score, so that the ranking can change."""
    phase = contest.state_at(clock.now()).phase
    if phase == Phase.DELIBERATION:
        return is_somebody_still_judging(contest)
    return phase == Phase.JUDGING


def current_ranking(
    contest: Contest, rules: Rules, *, only: str | None = None
) -> Ranking:
    """Rank what stands now, for a page: sums in SQL, arithmetic in integers.

    Equal to ``result_of(contest).ranking``; a test keeps it so. ``only`` names the one
    list that is wanted.
    """
    entries = dict(_entries(contest))
    tallies: dict[str, dict[str, Tally]] = {}
    for pk, code, *sums in _sums(contest, rules):
        tallies.setdefault(entries[pk].key, {})[code] = Tally(*sums)
    return rank(
        rules,
        entries.values(),
        tallies,
        sheet_totals=lambda code, keys: sheet_totals_from(
            scores_of(contest, only=keys), rules
        )(code, keys),
        only=only,
    )


def result_of(contest: Contest) -> Result:
    """Rank from raw scores with everything that proves it, for a file.

    Call it inside ``consistent_read``.
    """
    version = contest.rules_in_force
    rules = rules_of(version.document)
    entries = [entry for _pk, entry in _entries(contest)]
    scores = PackedScores(scores_of(contest))
    exclusions = _exclusions(contest)
    ranking = rank_scores(rules, entries, scores, exclusions=exclusions)
    proof = partial(
        canonical.pieces,
        contest=contest.slug,
        rulebook_version=version.number,
        rules=rules,
        entries=entries,
        scores=scores,
        exclusions=exclusions,
        chair_order=None,
        ranking=ranking,
    )
    return Result(
        rulebook=version,
        rules=rules,
        entries=entries,
        scores=scores,
        exclusions=exclusions,
        ranking=ranking,
        proof=proof,
        digest=canonical.digest_of(proof()),
    )


def scores_of(
    contest: Contest, *, only: Iterable[str] | None = None
) -> Iterable[Score]:
    """Read the values that count, in one query; ``only`` names entries by reference."""
    rows: Any = _counted(contest)
    if only is not None:
        rows = rows.filter(sheet__assignment__submission__reference__in=list(only))
    return (
        Score(reference, f"J{number:02d}", code, steps)
        for reference, number, code, steps in rows.values_list(
            "sheet__assignment__submission__reference",
            "sheet__assignment__juror__number",
            "criterion__code",
            "steps",
        ).iterator(ROWS_AT_ONCE)
    )


def _counted(contest: Contest) -> QuerySet[ScoreRow]:
    return ScoreRow.objects.filter(
        sheet__state=Sheet.State.SENT,
        sheet__excluded_at__isnull=True,
        sheet__assignment__conflict_at__isnull=True,
        sheet__assignment__juror__scores_excluded=False,
        sheet__assignment__submission__contest=contest,
        sheet__assignment__submission__state=Submission.State.ELIGIBLE,
        criterion__retired=False,
        steps__isnull=False,
    )


def _sums(contest: Contest, rules: Rules) -> Iterable[tuple[Any, ...]]:
    """Entry, criterion, and the four sums of a ``Tally``."""
    at_top = Q()
    for criterion in rules.criteria:
        at_top |= Q(criterion__code=criterion.code, steps=criterion.scale.steps)
    return (
        _counted(contest)
        .values_list("sheet__assignment__submission_id", "criterion__code")
        .annotate(
            count=Count("steps"),
            total=Sum("steps"),
            squares=Sum(F("steps") * F("steps")),
            top=Count("steps", filter=at_top),
        )
        .order_by()
    )


def _entries(contest: Contest) -> list[tuple[UUID, Entry]]:
    rows = (
        Submission.objects.filter(contest=contest)
        .in_competition()
        .order_by()
        .values_list(
            "pk", "reference", "current_version__content__document__nominations"
        )
    )
    # A few choices are shared by thousands of entries.
    chosen_by = cache(frozenset[str])
    return [
        (pk, Entry(reference, chosen_by(tuple(chosen or ()))))
        for pk, reference, chosen in rows.iterator(ROWS_AT_ONCE)
    ]


def _exclusions(contest: Contest) -> list[Exclusion]:
    """List the pairs that were assigned and do not count, with the kind of reason."""
    return [
        Exclusion(pair.reference, pair.juror, pair.kind)
        for pair in excluded_pairs(contest)
    ]


def _decimal(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    return Decimal(value.numerator) / Decimal(value.denominator)
