"""What befell an entry, in the order of time, and what it was found to lack."""

from dataclasses import dataclass, replace
from datetime import datetime

from audit.models import Event
from submissions.labels import ENTRY_ACTS
from submissions.models import Submission
from submissions.selectors import Check, checklist, names_of


@dataclass(frozen=True, slots=True)
class Happening:
    """One act on an entry; ``what`` is a sentence to be translated."""

    at: datetime
    what: str
    by: str
    reason: str
    until: datetime | None


def life_of(submission: Submission) -> list[Happening]:
    """Tell what was done to an entry, the last first, in two queries."""
    events = Event.objects.filter(
        contest_id=submission.contest_id,
        subject_id=str(submission.pk),
        action__in=ENTRY_ACTS,
    ).order_by("-at", "pk")
    rows = list(events)
    names = names_of(row.actor_id for row in rows if row.actor_id)
    return [
        Happening(
            row.at,
            ENTRY_ACTS[row.action],
            names.get(row.actor_id, "") if row.actor_id else "",
            row.reason,
            _moment(row.details.get("until")),
        )
        for row in rows
    ]


def found_wanting(submission: Submission) -> list[Check]:
    """List the requirements that an ineligible entry was found not to meet, and why.

    Only those that decide. For its organisation: who checked is not told.
    """
    if submission.standing_state != Submission.State.INELIGIBLE:
        return []
    checks = checklist(submission)
    return [replace(c, by="") for c in checks if c.required and c.met is False]


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
