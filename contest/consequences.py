"""What follows an act, told by the apps above. They register themselves here.

A consequence is ``consequence(act, by) -> None``. It runs in the act's transaction, the
contest's row locked: what raises, takes the act back with it.
"""

from collections.abc import Callable
from typing import Any

from contest.phases import ActKind

Consequence = Callable[..., None]
_CONSEQUENCES: dict[ActKind, list[Consequence]] = {}


def follows(*kinds: ActKind) -> Callable[[Consequence], Consequence]:
    """Register a function that is called after each act of these kinds."""

    def register(consequence: Consequence) -> Consequence:
        for kind in kinds:
            _CONSEQUENCES.setdefault(kind, []).append(consequence)
        return consequence

    return register


def bring_about(act: Any, *, by: Any) -> None:
    """Call what follows the act, in the order of registration."""
    for consequence in _CONSEQUENCES.get(ActKind(act.kind), ()):
        consequence(act, by=by)
