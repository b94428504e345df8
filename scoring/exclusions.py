"""What was scored and does not count: which pairs, for what kind of reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop

from contest.models import Contest
from scoring.models import Score, Sheet
from submissions.models import Assignment, Submission

CONFLICT = "conflict"
COORDINATOR = "coordinator"
JUROR_REMOVED = "juror_removed"
KIND_LABELS: Mapping[str, str] = {
    CONFLICT: gettext_noop("conflict of interest"),
    COORDINATOR: gettext_noop("excluded by the coordinator"),
    JUROR_REMOVED: gettext_noop("the juror was removed with the scores"),
}
_OF_A_REMOVED_JUROR = Q(juror__scores_excluded=True, sheet__state=Sheet.State.SENT)


@dataclass(frozen=True, slots=True)
class ExcludedPair:
    """An entry and a juror whose scores of it do not count.

    ``kind`` is the first that holds of conflict, coordinator, juror_removed; ``reason``
    the words written down for it. ``scores`` is the number of values on the sent sheet
    that would count.
    """

    assignment: UUID
    reference: str
    juror: str
    kind: str
    reason: str
    scores: int


def excluded_pairs(contest: Contest) -> list[ExcludedPair]:
    """List the pairs of entries in competition that are left out, in one query."""
    return [as_pair(row) for row in excluded_rows(contest)]


def excluded_rows(contest: Contest) -> QuerySet[Assignment, dict[str, Any]]:
    """Ask for the same as rows, for a page; ``as_pair`` reads one."""
    left_out = Q(conflict_at__isnull=False) | Q(sheet__excluded_at__isnull=False)
    return (
        Assignment.objects.assigned()
        .filter(
            left_out | _OF_A_REMOVED_JUROR,
            submission__contest=contest,
            submission__state=Submission.State.ELIGIBLE,
        )
        .order_by("submission__reference", "juror__number")
        .values(
            "pk",
            "submission__reference",
            "juror__number",
            "conflict_at",
            "conflict_reason",
            "sheet__excluded_at",
            "sheet__excluded_reason",
        )
        .annotate(scores=Coalesce(Subquery(_values_that_would_count()), 0))
    )


def _values_that_would_count() -> QuerySet[Any, Any]:
    """Count those of one sheet; asked for each row shown, not to number the rows."""
    values = Score.objects.filter(
        sheet__assignment=OuterRef("pk"),
        sheet__state=Sheet.State.SENT,
        steps__isnull=False,
        criterion__retired=False,
    )
    return values.order_by().values("sheet").annotate(n=Count("*")).values("n")


def as_pair(row: Mapping[str, Any]) -> ExcludedPair:
    """Read a row of ``excluded_rows``."""
    if row["conflict_at"] is not None:
        kind, reason = CONFLICT, row["conflict_reason"]
    elif row["sheet__excluded_at"] is not None:
        kind, reason = COORDINATOR, row["sheet__excluded_reason"]
    else:
        kind, reason = JUROR_REMOVED, ""
    return ExcludedPair(
        assignment=row["pk"],
        reference=row["submission__reference"],
        juror=f"J{row['juror__number']:02d}",
        kind=kind,
        reason=reason,
        scores=row["scores"],
    )
