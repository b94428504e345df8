"""Handing in all that is ready, in one step."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from audit.services import record_each
from contest import rulebook
from contest.models import Contest
from core import clock
from core.policy import require
from scoring.models import ScoreEvent, Sheet
from scoring.progress import missing_on
from submissions.entered import criteria_in
from submissions.locks import hold_assignments
from submissions.models import Assignment
from submissions.rules import OwnWork, entries_of_interest


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A sheet that could not be sent, and the fields that it lacks."""

    assignment: Assignment
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Handed:
    """Which sheets were sent just now, and which still lack something."""

    sent: list[Assignment]
    unfinished: list[Unfinished]


@transaction.atomic
def send_sheets(*, contest: Contest, by: User) -> Handed:
    """Send every complete sheet of one's own; the others are told with what they lack.

    Sheets that were sent before stay as they are.
    """
    mine = _mine(contest, by).order_by().values_list("pk", flat=True)
    held = list(mine)
    hold_assignments(held, contest.pk)
    contest = Contest.objects.select_related("rulebook").get(pk=contest.pk)
    require(by, "scoring.send_sheets", OwnWork(contest))
    asked = criteria_in(contest, rulebook.read_version(contest.rules_in_force))
    handed = Handed([], [])
    for assignment in _with_scores(_mine(contest, by).filter(pk__in=held)):
        sheet: Sheet | None = getattr(assignment, "sheet", None)
        if sheet is not None and sheet.state == Sheet.State.SENT:
            continue
        scores = sheet.scores.all() if sheet is not None else []
        criteria = asked(assignment.submission_id)
        lacking = missing_on(criteria, {s.criterion.code: s for s in scores})
        if sheet is None or lacking:
            fields = [error.field for error in lacking]
            handed.unfinished.append(Unfinished(assignment, fields))
        else:
            handed.sent.append(assignment)
    _send([assignment.sheet for assignment in handed.sent], by=by)
    record_each(
        "scoring.send_sheet",
        [(assignment.sheet, assignment.label) for assignment in handed.sent],
        by=by,
        contest_id=contest.pk,
    )
    return handed


def _mine(contest: Contest, person: User) -> QuerySet[Assignment]:
    """List what the person may score: conflicts and own interests are left out."""
    return (
        Assignment.objects.judging()
        .filter(submission__contest=contest, juror__person=person)
        .exclude(submission__in=entries_of_interest(person).values("pk"))
    )


def _with_scores(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return assignments.select_related("submission", "sheet", "juror").prefetch_related(
        "sheet__scores__criterion"
    )


def _send(sheets: list[Sheet], *, by: User) -> None:
    now = clock.now()
    pks = [sheet.pk for sheet in sheets]
    Sheet.objects.filter(pk__in=pks).update(
        state=Sheet.State.SENT, sent_at=now, reopened_reason=""
    )
    ScoreEvent.objects.bulk_create(
        [
            ScoreEvent(sheet=sheet, kind=ScoreEvent.Kind.SENT, by_id=by.pk)
            for sheet in sheets
        ]
    )
