"""How it is told what happens in a contest: who enters, what is refused, who wins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Place = tuple[int | None, str, str]  # place, title, total


@dataclass(frozen=True)
class Entry:
    """An entry; ``sheets`` are values by juror, in the order of ``criteria``.

    ``home`` is where its organisation is. ``of`` is an entry of the same organisation.
    """

    title: str
    sheets: Sequence[Sequence[float]] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    home: Mapping[str, str] = field(default_factory=dict)
    by: str = "owner"
    of: str = ""
    criteria: Sequence[str] = ()
    unmet: str = ""


@dataclass(frozen=True)
class Refused:
    """An entry that is refused ``at`` a step, with a code or beside a field."""

    entry: Entry
    at: str
    why: str


@dataclass(frozen=True)
class Story:
    """One edition; ``places`` by list, ``won`` as list, place and whose entry it was.

    Whose it was is told by the title of its organisation's first entry.
    """

    entries: Sequence[Entry]
    places: Mapping[str, Sequence[Place]]
    refused: Sequence[Refused] = ()
    won: Sequence[tuple[str, int, str]] = ()
    history: Sequence[tuple[str, int, str]] = ()  # edition, place, title of an entry
    jurors: Sequence[Mapping[str, Any]] = ({},)


def nominated(*codes, **said):
    return {"nominations": list(codes), **said}


def answered(**answers):
    return {"answers": answers}
