"""The state of an entry as its organisation is told it."""

from core import clock
from submissions.models import Submission
from submissions.status import told_to_owner

_TOLD = dict(Submission.TOLD_STATES)


def told_state(entry: Submission) -> dict[str, str]:
    """Tell the state: its code and words."""
    now = entry.contest.moment or clock.now()
    phase = entry.contest.state_at(now).phase
    code = told_to_owner(entry.standing_state, phase)
    return {"code": code, "label": str(_TOLD[code])}
