"""Locks of entries and assignments, taken before anything is read.

A row that is joined to a locked one was read before the wait for the lock and may be
old; so first the lock, then, in a statement of its own, what is needed.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from contest.models import Contest
from core import clock
from submissions.models import Assignment, Submission

_HOLD_ASSIGNMENT = """
SELECT 1
FROM submissions_assignment AS assignment
JOIN submissions_submission AS entry ON entry.id = assignment.submission_id
JOIN contest_contest AS contest ON contest.id = entry.contest_id
WHERE assignment.id = %s
FOR NO KEY UPDATE OF assignment FOR SHARE OF contest
"""
_SHARE_CONTEST = "SELECT 1 FROM contest_contest WHERE id = %s FOR SHARE"


def hold_submission(submission_id: UUID) -> None:
    """Let nobody else change the entry until the transaction ends."""
    list(
        Submission.objects.select_for_update(no_key=True)
        .order_by()
        .filter(pk=submission_id)
        .values_list("pk")
    )


def hold_contest(contest_id: UUID) -> None:
    """Let nobody else enter the contest, or change its course, until we have."""
    contests = Contest.objects.select_for_update(no_key=True).order_by()
    list(contests.filter(pk=contest_id).values_list("pk"))


def locked(submission: Submission) -> Submission:
    """Hold the entry, then read it anew with what its services ask."""
    hold_submission(submission.pk)
    return _read(submission)


def locked_with_contest(submission: Submission) -> Submission:
    """Hold the entry and, alone, its contest; the database's clock judges from then.

    Who takes a place or a number of the contest waits here for whoever takes one now.
    """
    hold_submission(submission.pk)
    hold_contest(submission.contest_id)
    current = _read(submission)
    current.contest.moment = clock.database_now()
    return current


def _read(submission: Submission) -> Submission:
    related = (
        "contest__rulebook",
        "organisation",
        "prepared_by",
        "current_version__rulebook",
        "current_version__content",
    )
    return Submission.objects.select_related(*related).get(pk=submission.pk)


def hold_assignment(assignment_id: UUID) -> None:
    """Let nobody else write the sheet, and no act change the contest's phase.

    The assignment's row is the lock of its sheet: two devices of one juror, a conflict
    and a sending wait for each other. The contest's row is shared with other savers;
    an act takes it alone. The ORM has no word for two kinds of locks in one statement.
    SQLite's IMMEDIATE transactions already run one after another.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_HOLD_ASSIGNMENT, [assignment_id])


def hold_assignments(assignment_ids: Collection[UUID], contest_id: UUID) -> None:
    """Let nobody else write any of these sheets, as ``hold_assignment`` does for one.

    In the order of their keys, so that two of us never wait for each other.
    """
    rows = Assignment.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.filter(pk__in=assignment_ids).values_list("pk"))
    share_contest(contest_id)


def share_contest(contest_id: UUID) -> None:
    """Let no act change the contest's phase until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_SHARE_CONTEST, [contest_id])
