"""Dates of next year. Pure: a time and a zone in, a time out."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS_OF_A_YEAR = 365.2425
_WEEK = 7


def years_later(at: datetime, years: int, zone: ZoneInfo) -> datetime:
    """Move a time by whole weeks, to the same weekday nearest the same date.

    The hour on the clock of the zone stays, whichever side of a change to summer time
    the new day lies on; an hour that the change leaves out becomes the next one.
    """
    weeks = round(years * _DAYS_OF_A_YEAR / _WEEK)
    local = at.astimezone(zone)
    return (local + timedelta(weeks=weeks)).astimezone(UTC)


def years_to_come(times: Iterable[datetime], now: datetime, zone: ZoneInfo) -> int:
    """Count the fewest years after which the first of these times lies ahead."""
    first, years = min(times, default=None), 1
    while first is not None and years_later(first, years, zone) <= now:
        years += 1
    return years
