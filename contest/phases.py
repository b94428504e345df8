"""In which phase a contest is. Pure: times in, phase out.

Only collection opens and closes by the clock. Everything later begins and ends by an
act that a coordinator recorded; dates there only remind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """The phases in their order; the values are those of the permission matrix."""

    SET_UP = "set-up"
    ANNOUNCED = "announced"
    OPEN = "open"
    ELIGIBILITY = "eligibility"
    JUDGING = "judging"
    DELIBERATION = "deliberation"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class ActKind(StrEnum):
    """What a coordinator can do to a contest's course."""

    ANNOUNCE = "announce"
    MOVE_DEADLINE = "move_deadline"
    OPEN_JUDGING = "open_judging"
    CLOSE_JUDGING = "close_judging"
    REOPEN_JUDGING = "reopen_judging"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    ARCHIVE = "archive"


# What an act leads to; the matrix says from which phase it may be done.
_LEADS_TO = {
    ActKind.OPEN_JUDGING: Phase.JUDGING,
    ActKind.CLOSE_JUDGING: Phase.DELIBERATION,
    ActKind.REOPEN_JUDGING: Phase.JUDGING,
    ActKind.PUBLISH: Phase.PUBLISHED,
    ActKind.UNPUBLISH: Phase.DELIBERATION,
    ActKind.ARCHIVE: Phase.ARCHIVED,
}


@dataclass(frozen=True, slots=True)
class Dates:
    """When collection opens (inclusive) and closes (exclusive), aware; or not yet."""

    opens_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Act:
    """An act and its time. Recorded acts are facts, whatever a clock says."""

    kind: ActKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Extension:
    """A new end of collection, told at a time: the latest one told stands."""

    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class PhaseState:
    """The phase, since when, and until when if that is known."""

    phase: Phase
    since: datetime | None = None
    until: datetime | None = None


def closing_time(dates: Dates, extensions: Iterable[Extension]) -> datetime | None:
    """Tell when collection closes, by the last extension or by the dates."""
    last = max(extensions, key=lambda extension: extension.at, default=None)
    return last.until if last else dates.closes_at


def towards_entry(
    state: PhaseState, until: datetime | None, now: datetime
) -> PhaseState:
    """Tell the phase towards one entry whose own collection ends at ``until``.

    It prolongs collection, never shortens it, and ends with the next act: what is
    judged is no longer changed.
    """
    is_collecting = state.phase in {Phase.OPEN, Phase.ELIGIBILITY}
    if until is None or now >= until or not is_collecting:
        return state
    if state.phase == Phase.OPEN and (state.until is None or until <= state.until):
        return state
    return PhaseState(Phase.OPEN, until=until)


def phase_at(
    dates: Dates,
    acts: Iterable[Act],
    extensions: Iterable[Extension],
    now: datetime,
) -> PhaseState:
    """Tell the phase at ``now``.

    An entry sent at the very second of closing is late: the end is exclusive.
    """
    done = sorted(acts, key=lambda act: act.at)
    announced = next((a for a in done if a.kind == ActKind.ANNOUNCE), None)
    if announced is None:
        return PhaseState(Phase.SET_UP)

    steps = [a for a in done if a.kind in _LEADS_TO]
    if steps:
        return PhaseState(_LEADS_TO[steps[-1].kind], since=steps[-1].at)

    opens, closes = dates.opens_at, closing_time(dates, extensions)
    if opens is None or now < opens:
        return PhaseState(Phase.ANNOUNCED, since=announced.at, until=opens)
    if closes is None or now < closes:
        return PhaseState(Phase.OPEN, since=opens, until=closes)
    return PhaseState(Phase.ELIGIBILITY, since=closes)
