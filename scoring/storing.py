"""Scores are written by one statement each, and only over the version that was seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField

from core import clock
from scoring.models import Score, Sheet

_KEYS: "UUIDField[UUID, UUID]" = UUIDField()
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


@dataclass(frozen=True, slots=True)
class Change:
    """What is to stand for a criterion; ``comment`` None leaves the comment as it is.

    ``expected_version`` is 0 where there is no score yet.
    """

    criterion: str
    steps: int | None
    comment: str | None
    expected_version: int


def store(sheet: Sheet, change: Change) -> Score | None:
    """Write a score; None, and nothing written, when its version is another one."""
    at, contest = clock.now(), sheet.assignment.submission.contest_id
    if change.expected_version:
        found = _returned(
            _CHANGE,
            [
                *(change.steps, change.comment, at, sheet.pk),
                *(change.expected_version, contest, change.criterion),
            ],
        )
    else:
        found = _returned(
            _ADD,
            [
                *(sheet.pk, change.steps, change.comment or "", at),
                *(contest, change.criterion),
            ],
        )
    if found is None:
        return None
    pk, criterion, version, comment = found
    return Score(
        pk=pk,
        sheet=sheet,
        criterion_id=criterion,
        steps=change.steps,
        comment=comment,
        version=version,
        changed_at=at,
    )


def _returned(
    statement: str, parameters: list[int | str | UUID | datetime | None]
) -> tuple[int, int, int, str] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_spelled(each) for each in parameters])
        row: tuple[int, int, int, str] | None = cursor.fetchone()
    return row


def _spelled(value: int | str | UUID | datetime | None) -> Any:
    """Spell keys and times as the database keeps them."""
    if isinstance(value, UUID):
        return _KEYS.get_db_prep_value(value, connection)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
