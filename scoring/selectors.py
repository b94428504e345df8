"""From tables to the arithmetic of the ranking, in a constant number of queries."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from functools import cache, lru_cache, partial, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    F,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast

from contest import rulebook
from contest.models import Contest, Juror, RulebookVersion
from contest.models import Criterion as CriterionRow
from contest.phases import Phase
from core import clock
from core.prepared import Prepared
from scoring import canonical
from scoring.exclusions import excluded_pairs
from scoring.models import ChairDecision, Sheet
from scoring.models import Score as ScoreRow
from scoring.packing import PackedScores
from scoring.paging import PagedList, SheetSteps, Sums
from scoring.ranking import (
    Criterion,
    Decisions,
    Entry,
    Exclusion,
    Nomination,
    Ranking,
    Rules,
    Score,
    chair_order_of,
    rank_scores,
)
from scoring.special_awards import special_awards_of
from scoring.tallies import applying
from submissions.entered import CHOSEN
from submissions.models import Submission
from submissions.rules import is_somebody_still_judging

ROWS_AT_ONCE = 2_000  # read of a large answer: none is held whole
_REFERENCE = "sheet__assignment__submission__reference"


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
                nominations=c.nominations,
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


@lru_cache(maxsize=64)
def rules_in(version: RulebookVersion) -> Rules:
    """Turn a version into the rules of the ranking, once a process: none changes."""
    return rules_of(version.document)


def is_interim(contest: Contest) -> bool:
    """Tell whether somebody may still score, so that the ranking can change."""
    phase = contest.state_at(clock.now()).phase
    if phase == Phase.DELIBERATION:
        return is_somebody_still_judging(contest)
    return phase == Phase.JUDGING


def current_list(contest: Contest, rules: Rules, code: str) -> PagedList:
    """Give one list as it stands, for a page: sums in SQL, arithmetic in integers.

    Its rows are those of ``result_of(contest).ranking``; a test keeps it so.
    """
    return current_lists(contest, rules, [code])[code]


def current_lists(
    contest: Contest, rules: Rules, codes: Collection[str]
) -> dict[str, PagedList]:
    """Give several lists as they stand, by code: the sums are read once for all."""
    sums, decided = _sums(contest, rules), decisions_of(contest, rules)
    chosen = {code for code in codes if rules.has_chosen_entries(code)}
    entries = _entries(contest) if chosen or not rules.is_uniform else []
    sums = applying(rules, entries, sums)
    sheets_of = partial(_sheets_of, contest, rules)
    lists = {}
    for code in codes:
        own = sums
        if code in chosen:
            keys = sums.keys() & {e.key for e in entries if code in e.nominations}
            own = {key: sums[key] for key in keys}
        decisions = decided.get(code, ())
        lists[code] = PagedList(rules, code, own, sheets_of, decisions, entries)
    return lists


def decisions_of(contest: Contest, rules: Rules) -> Decisions:
    """Read in what order the chair put entries that tied, the newest of each tie."""
    if "chair" not in rules.tie_breaks:
        return {}
    rows = ChairDecision.objects.filter(contest=contest)
    newest = {
        (code, frozenset(references)): references
        for code, references in rows.values_list("nomination", "references")
    }
    found: dict[str, list[Sequence[str]]] = {}
    for (code, _tied), references in newest.items():
        found.setdefault(code, []).append(references)
    return found


def result_of(contest: Contest) -> Result:
    """Rank from raw scores with everything that proves it, for a file.

    Call it inside ``consistent_read``.
    """
    version = contest.rules_in_force
    rules = rules_in(version)
    entries = _entries(contest)
    scores = PackedScores(_applying_scores(rules, entries, scores_of(contest)))
    exclusions = _exclusions(contest)
    decisions = decisions_of(contest, rules)
    ranking = rank_scores(
        rules, entries, scores, exclusions=exclusions, decisions=decisions
    )
    proof = partial(
        canonical.pieces,
        contest=contest.slug,
        rulebook_version=version.number,
        rules=rules,
        entries=entries,
        scores=scores,
        exclusions=exclusions,
        chair_order=chair_order_of(ranking),
        ranking=ranking,
        special_awards=special_awards_of(contest),
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


def _applying_scores(
    rules: Rules, entries: Iterable[Entry], scores: Iterable[Score]
) -> Iterable[Score]:
    """Leave out values in criteria that apply no more: no file tells of them."""
    if rules.is_uniform:
        return scores
    asked = {entry.key: rules.applying(entry.nominations) for entry in entries}
    return (each for each in scores if each.criterion in asked.get(each.entry, ()))


def scores_of(contest: Contest) -> Iterable[Score]:
    """Read the values on sheets that count, in one query."""
    rows: Any = counted_scores(contest).filter(criterion__retired=False)
    return (
        Score(reference, f"J{number:02d}", code, steps)
        for reference, number, code, steps in rows.values_list(
            _REFERENCE,
            "sheet__assignment__juror__number",
            "criterion__code",
            "steps",
        ).iterator(ROWS_AT_ONCE)
    )


def counted_scores(contest: Contest) -> QuerySet[ScoreRow]:
    """Ask for the scores that count: on sent sheets, nothing excluded."""
    return scores_on_counting_sheets(contest).filter(steps__isnull=False)


def scores_on_counting_sheets(contest: Contest) -> QuerySet[ScoreRow]:
    """Ask for the criteria of those sheets, scored or only commented on."""
    return ScoreRow.objects.filter(_is_counting(contest, "sheet__")).order_by()


def counting_sheets(contest: Contest) -> QuerySet[Sheet]:
    """Ask for the sheets whose scores count."""
    return Sheet.objects.filter(_is_counting(contest)).order_by()


def _is_counting(contest: Contest, sheet: str = "") -> Q:
    """Choose sent sheets of entries in competition, nothing excluded."""
    left_out = Juror.objects.filter(contest=contest, scores_excluded=True).order_by()
    facts = {
        "state": Sheet.State.SENT,
        "excluded_at__isnull": True,
        "assignment__conflict_at__isnull": True,
        "assignment__submission__contest": contest,
        "assignment__submission__state": Submission.State.ELIGIBLE,
    }
    return ~Q(**{f"{sheet}assignment__juror__in": left_out}) & Q(
        **{f"{sheet}{path}": value for path, value in facts.items()}
    )


def _of_criterion(contest: Contest, code: str) -> Q:
    """Choose the scores of one criterion by its key: no row compares texts."""
    used = CriterionRow.objects.filter(contest=contest, code=code, retired=False)
    return Q(criterion_id=Subquery(used.order_by().values("pk")))


def _sums(contest: Contest, rules: Rules) -> Sums:
    """Sum the values of each entry in one query; one without values is there, empty."""
    heights = tuple([(each.code, each.scale.steps) for each in rules.criteria])
    names: dict[int, str] = {}
    found: dict[str, dict[int, Sequence[int]]] = {}
    for kind, text, key, *numbers in _prepared_sums(heights).plain(contest=contest.pk):
        if kind == _Kind.CRITERION:
            names[key] = text
        elif kind == _Kind.ENTRY:
            found.setdefault(text, {})
        else:
            found.setdefault(text, {})[key] = numbers
    return {
        entry: {names[key]: own[key] for key in own if key in names}
        for entry, own in found.items()
    }


class _Kind(IntEnum):
    """What a row of the sums tells of."""

    CRITERION = 0  # its code and its key
    ENTRY = 1  # its reference
    SUMS = 2  # an entry's reference, a criterion's key, and the numbers of a tally


@lru_cache(maxsize=64)
def _prepared_sums(heights: tuple[tuple[str, int], ...]) -> Prepared[Any]:
    """Prepare to sum the values of criteria, given with their highest steps."""

    def sums(contest: UUID) -> QuerySet[Any]:
        edition, nothing = Contest(pk=contest), Value(0)
        # The square of a small integer has to fit, too.
        steps = Cast("steps", IntegerField())
        columns: dict[str, Any] = {
            "counted": Count("steps"),
            "summed": Sum("steps"),
            "squared": Sum(F("steps") * steps),
            "topped": Count("steps", filter=_is_highest(edition, heights)),
        }
        zeros = dict.fromkeys(columns, nothing)
        criteria = (
            CriterionRow.objects.filter(contest=edition, retired=False)
            .order_by()
            .annotate(kind=Value(_Kind.CRITERION.value), **zeros)
            .values_list("kind", "code", "pk", *zeros)
        )
        entries = (
            _in_competition(edition)
            .annotate(kind=Value(_Kind.ENTRY.value), key=nothing, **zeros)
            .values_list("kind", "reference", "key", *zeros)
        )
        # By reference, not by key: SQLite then goes through the contest's own entries.
        scored = (
            counted_scores(edition)
            .annotate(kind=Value(_Kind.SUMS.value))
            .values_list("kind", _REFERENCE, "criterion_id")
            .annotate(**columns)
        )
        return criteria.union(entries, scored, all=True)

    return Prepared(sums, contest=UUID)


def _is_highest(contest: Contest, heights: Iterable[tuple[str, int]]) -> Q:
    """Choose the values at the top of their scale."""
    different = {steps for _code, steps in heights}
    if len(different) == 1:
        return Q(steps=different.pop())
    tops = [Q(_of_criterion(contest, code), steps=steps) for code, steps in heights]
    return reduce(or_, tops)


def _sheets_of(
    contest: Contest, rules: Rules, entries: Collection[str]
) -> Mapping[str, Collection[SheetSteps]]:
    """Read the counted sheets of some entries, one row a sheet."""
    asked = _prepared_sheets(tuple([criterion.code for criterion in rules.criteria]))
    sheets: dict[str, list[SheetSteps]] = {}
    for reference, *steps in asked.plain(contest=contest.pk, entries=tuple(entries)):
        sheets.setdefault(reference, []).append(steps)
    return sheets


@lru_cache(maxsize=64)
def _prepared_sheets(criteria: tuple[str, ...]) -> Prepared[Any]:
    """Prepare to read sheets: the entry and the steps of the criteria."""

    def sheets(contest: UUID, entries: tuple[str, ...]) -> QuerySet[Any]:
        edition = Contest(pk=contest)
        columns = {
            f"steps_{number}": Max("steps", filter=_of_criterion(edition, code))
            for number, code in enumerate(criteria)
        }
        return (
            counted_scores(edition)
            .filter(sheet__assignment__submission__reference__among=entries)
            .values("sheet_id", _REFERENCE)
            .annotate(**columns)
            .values_list(_REFERENCE, *columns)
        )

    return Prepared(sheets, contest=UUID, entries=tuple)


def _entries(contest: Contest) -> list[Entry]:
    rows = _in_competition(contest).values_list("reference", CHOSEN)
    # A few choices are shared by thousands of entries.
    chosen_by = cache(frozenset[str])
    return [
        Entry(reference, chosen_by(tuple(chosen or ())))
        for reference, chosen in rows.iterator(ROWS_AT_ONCE)
    ]


def _in_competition(contest: Contest) -> QuerySet[Submission]:
    return Submission.objects.filter(contest=contest).in_competition().order_by()


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
