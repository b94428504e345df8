"""What follows an act, who is written to, what speaks against it: told from above.

The apps above register themselves here. A consequence is ``consequence(act, by) ->
None``, a ``Doubt`` comes from ``look(contest) -> Doubt | None``, letters from
``mailing(act) -> letters``. All run in the transaction of the act, the contest's row
locked: what raises, takes the act back with it. A mailing is also asked about an act
that is only meant and not stored, to show what it would send.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from contest.phases import ActKind

Consequence = Callable[..., None]
_CONSEQUENCES: dict[ActKind, list[Consequence]] = {}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that an act would leave out; ``things`` are references or keys."""

    code: str
    message: str
    things: tuple[str, ...]


Look = Callable[[Any], Doubt | None]
_LOOKS: dict[ActKind, list[Look]] = {}


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


Mailing = Callable[[Any], Iterable[Any]]
_MAILINGS: dict[ActKind, list[Mailing]] = {}


def writes_after(kind: ActKind) -> Callable[[Mailing], Mailing]:
    """Register a function that writes the letters of each act of this kind."""

    def register(mailing: Mailing) -> Mailing:
        _MAILINGS.setdefault(kind, []).append(mailing)
        return mailing

    return register


def letters_after(act: Any) -> list[Any]:
    """Write all letters that an act brings about; nothing is sent."""
    mailings = _MAILINGS.get(ActKind(act.kind), ())
    return [letter for mailing in mailings for letter in mailing(act)]


def looks_before(kind: ActKind) -> Callable[[Look], Look]:
    """Register a function that is asked before each act of this kind."""

    def register(look: Look) -> Look:
        _LOOKS.setdefault(kind, []).append(look)
        return look

    return register


def doubts_about(contest: Any, kind: ActKind) -> Iterator[Doubt]:
    """Ask everybody what the act would leave out."""
    for look in _LOOKS.get(kind, ()):
        if (doubt := look(contest)) is not None:
            yield doubt
