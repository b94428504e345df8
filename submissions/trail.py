"""The record of what was done to an entry: one row a write."""

from typing import Any

from accounts.models import User
from audit.services import record
from submissions.models import Submission


def record_entry(
    action: str, submission: Submission, *, by: User, reason: str = "", **details: Any
) -> None:
    """Add the row; on whose behalf it was done is said where it was not one's own."""
    if submission.is_prepared_by_others:
        details["entered_by"] = submission.entered_by
    record(
        action,
        submission,
        by=by,
        contest_id=submission.contest_id,
        label=submission.reference,
        reason=reason,
        **details,
    )
