"""A score is written by one statement, and only over the version that was seen.

Another writes its row of history. Both are texts: jurors save at every touch, and the
ORM takes several times as long to build an insertion as the database to do it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from accounts.models import User
from core import clock
from core.prepared import spelled
from scoring.models import Score, ScoreEvent, Sheet

# The ORM has no word for a change that says what it changed.
_ADD = """
INSERT INTO scoring_score
    (sheet_id, criterion_id, steps, comment, version, changed_at)
SELECT %s, criterion.id, %s, %s, 1, %s
FROM contest_criterion AS criterion
WHERE criterion.contest_id = %s AND criterion.code = %s AND NOT criterion.retired
ON CONFLICT (sheet_id, criterion_id) DO NOTHING
RETURNING id, criterion_id, version, comment
"""
_CHANGE = """
UPDATE scoring_score
SET steps = %s, comment = COALESCE(%s, comment),
    version = version + 1, changed_at = %s
WHERE sheet_id = %s AND version = %s AND criterion_id = (
    SELECT criterion.id FROM contest_criterion AS criterion
    WHERE criterion.contest_id = %s AND criterion.code = %s AND NOT criterion.retired
)
RETURNING id, criterion_id, version, comment
"""
_NOTE = """
INSERT INTO scoring_scoreevent
    (sheet_id, kind, criterion_id, steps, version, at, by_id)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""

Parameters = list[int | str | UUID | datetime | None]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to stand for a criterion; ``comment`` None leaves the comment as it is.

    ``expected_version`` is 0 where there is no score yet.
    """

    criterion: str
    steps: int | None
    comment: str | None
    expected_version: int


def store(sheet: Sheet, change: Change, *, by: User) -> Score | None:
    """Write a score and its history; None and nothing over another version."""
    at, contest = clock.now(), sheet.assignment.submission.contest_id
    if change.expected_version:
        values = [change.steps, change.comment, at, sheet.pk, change.expected_version]
        found = _returned(_CHANGE, [*values, contest, change.criterion])
    else:
        values = [sheet.pk, change.steps, change.comment or "", at]
        found = _returned(_ADD, [*values, contest, change.criterion])
    if found is None:
        return None
    pk, criterion, version, comment = found
    kind = ScoreEvent.Kind.SAVED.value
    _execute(_NOTE, [sheet.pk, kind, criterion, change.steps, version, at, by.pk])
    return Score(
        pk=pk,
        sheet=sheet,
        criterion_id=criterion,
        steps=change.steps,
        comment=comment,
        version=version,
        changed_at=at,
    )


def _execute(statement: str, parameters: Parameters) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [spelled(each) for each in parameters])


def _returned(
    statement: str, parameters: Parameters
) -> tuple[int, int, int, str] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [spelled(each) for each in parameters])
        row: tuple[int, int, int, str] | None = cursor.fetchone()
    return row
