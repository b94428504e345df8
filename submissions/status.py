"""What an entry is at a time, and what its organisation is told of it. Pure."""

from datetime import datetime

_COLLECTING = frozenset({"open", "eligibility"})
_TOLD = frozenset({"published", "archived"})
IN_EVALUATION = "in_evaluation"


def standing_state(
    state: str, returned_until: datetime | None, phase: str, now: datetime
) -> str:
    """Tell the state now: an entry given back stands as it was sent when time is up.

    No job does it; the clock does, or the act that opened judging.
    """
    if state != "returned" or returned_until is None:
        return state
    waits = phase in _COLLECTING and now < returned_until
    return state if waits else "submitted"


def told_to_owner(state: str, phase: str) -> str:
    """Tell what an organisation is shown: that it is eligible, only with the result.

    „Ineligible“ is told at once, with its reason.
    """
    if state == "eligible" and phase not in _TOLD:
        return IN_EVALUATION
    return state
