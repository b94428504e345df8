"""What an entry is at a time, and what its organisation is told of it. Pure."""

from datetime import datetime

_COLLECTING = frozenset({"open", "eligibility"})
_TOLD = frozenset({"published", "archived"})
IN_EVALUATION = "in_evaluation"
SUBMITTED = "submitted"
_ALIKE = frozenset({SUBMITTED, "eligible"})


def standing_state(
    state: str, returned_until: datetime | None, phase: str, now: datetime
) -> str:
    """Tell the state now: an entry given back stands as it was sent when time is up.

    No job does it; the clock does, or the act that opened judging.
    """
    if state != "returned" or returned_until is None:
        return state
    waits = phase in _COLLECTING and now < returned_until
    return state if waits else SUBMITTED


def told_to_owner(state: str, phase: str) -> str:
    """Tell what an organisation is shown: that it is eligible, only with the result.

    Until then an entry that nobody decided and an eligible one read alike. „Ineligible“
    is told at once, with its reason.
    """
    if state not in _ALIKE or phase in _TOLD:
        return state
    return SUBMITTED if phase in _COLLECTING else IN_EVALUATION
