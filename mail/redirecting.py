"""Contests whose mail goes to somebody else: a rehearsal writes to no real person.

The app that knows of such contests registers one function, ``redirect(contest_id) ->
Recipient | None``; it is asked once for all letters that a service posts together.
"""

from collections.abc import Callable
from uuid import UUID

from mail.letters import Recipient

Redirect = Callable[[UUID], Recipient | None]
_REDIRECTS: list[Redirect] = []


def redirects(redirect: Redirect) -> Redirect:
    """Register a function that may name who gets the mail of a contest instead."""
    _REDIRECTS.append(redirect)
    return redirect


def instead_of_all(contest_id: UUID | None) -> Recipient | None:
    """Tell who gets all mail of this contest; None where everybody gets their own."""
    if contest_id is None:
        return None
    found = (redirect(contest_id) for redirect in _REDIRECTS)
    return next((recipient for recipient in found if recipient), None)
