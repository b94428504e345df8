"""The door of every request, of the API and of the pages alike."""

from typing import Any

from django.http import HttpRequest

from core import policy


def admit(request: HttpRequest, action: str, obj: Any) -> policy.Standing:
    """Ask the matrix, and tell the witness of the role that opened the door.

    Raises ``NotYours`` or ``NotNow``.
    """
    standing = policy.require(request.user, action, obj)
    match = request.resolver_match
    reading = policy.Reading(
        user=request.user,
        action=action,
        obj=obj,
        contest=standing.contest,
        route=f"{request.method} {match.view_name if match else request.path}",
    )
    policy.bear_witness(reading, standing)
    return standing
