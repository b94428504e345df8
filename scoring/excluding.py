"""Leaving scores out of the ranking, and taking them in again. Services.

What is left out stays as it is; each step has a reason and leaves a row of history.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest
from core import clock
from core.errors import Conflict, Invalid, NotYours
from core.policy import require
from scoring.models import ScoreEvent, Sheet
from scoring.rules import Results
from scoring.services import log
from submissions.locks import hold_assignment, hold_assignments
from submissions.models import Assignment


@transaction.atomic
def exclude_sheet(*, assignment_id: UUID, reason: str, by: User) -> Sheet:
    """Let the scores of one juror for one entry not count, with a reason."""
    sheet = _held(assignment_id, by=by)
    _exclude([sheet], reason, by=by)
    return sheet


@transaction.atomic
def include_sheet(*, assignment_id: UUID, reason: str, by: User) -> Sheet:
    """Let them count again, with a reason."""
    sheet = _held(assignment_id, by=by)
    _include([sheet], reason, by=by)
    return sheet


@transaction.atomic
def exclude_many(
    *,
    contest: Contest,
    submission_id: UUID | None,
    juror_id: UUID | None,
    excluded: bool,
    reason: str,
    by: User,
) -> int:
    """Exclude or include all sheets of an entry or of a juror; how many changed.

    What is assigned now is meant, also where nothing is scored yet.
    """
    if (submission_id is None) == (juror_id is None):
        raise Invalid.field(
            "submission",
            _("Name either the entry or the juror whose scores are meant."),
        )
    meant = Assignment.objects.assigned().filter(submission__contest=contest)
    if submission_id is not None:
        meant = meant.filter(submission_id=submission_id)
    else:
        meant = meant.filter(juror_id=juror_id)
    held = list(meant.order_by().values_list("pk", flat=True))
    hold_assignments(held, contest.pk)
    require(by, "scoring.exclude_scores", Results(Contest.objects.get(pk=contest.pk)))
    if not held:
        raise Conflict(
            _("Nobody is assigned there, so there is nothing to exclude."),
            code="nothing_assigned",
        )
    sheets = _sheets(meant.filter(pk__in=held))
    return (_exclude if excluded else _include)(sheets, reason, by=by)


def _held(assignment_id: UUID, *, by: User) -> Sheet:
    hold_assignment(assignment_id)
    related = "submission__contest", "juror", "sheet"
    found = Assignment.objects.select_related(*related).filter(pk=assignment_id)
    assignment = found.order_by().first()
    if assignment is None:
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    require(by, "scoring.exclude_scores", assignment)
    sheet: Sheet | None = getattr(assignment, "sheet", None)
    if sheet is None:
        raise Conflict(
            _(
                "{juror} has not begun to score {reference}. Take the assignment back"
                " instead."
            ).format(juror=assignment.juror.key, reference=assignment.submission),
            code="not_scored",
        )
    return sheet


def _sheets(assignments: QuerySet[Assignment]) -> list[Sheet]:
    """Read the sheets, and begin those that are not there yet."""
    missing = assignments.filter(sheet__isnull=True).order_by()
    Sheet.objects.bulk_create([Sheet(assignment=each) for each in missing])
    related = "assignment__juror", "assignment__submission"
    return list(
        Sheet.objects.filter(assignment__in=assignments.order_by().values("pk"))
        .select_related(*related)
        .order_by("pk")
    )


def _exclude(sheets: Sequence[Sheet], reason: str, *, by: User) -> int:
    changed = [sheet for sheet in sheets if sheet.excluded_at is None]
    for sheet in changed:
        sheet.excluded_at, sheet.excluded_reason = clock.now(), reason
    return _keep(changed, ScoreEvent.Kind.EXCLUDED, reason, by=by)


def _include(sheets: Sequence[Sheet], reason: str, *, by: User) -> int:
    changed = [sheet for sheet in sheets if sheet.excluded_at is not None]
    for sheet in changed:
        sheet.excluded_at, sheet.excluded_reason = None, ""
    return _keep(changed, ScoreEvent.Kind.INCLUDED, reason, by=by)


def _keep(sheets: Sequence[Sheet], kind: str, reason: str, *, by: User) -> int:
    for sheet in sheets:
        sheet.save(update_fields=["excluded_at", "excluded_reason"])
        log(sheet, kind, by=by)
        record(
            "scoring.exclude_scores",
            sheet,
            by=by,
            contest_id=sheet.assignment.submission.contest_id,
            label=sheet.assignment.label,
            reason=reason,
            kind=str(kind),
        )
    return len(sheets)
