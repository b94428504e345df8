"""A moment as people read it, in the zone of a contest."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy

_DEFAULT_ZONE = "Europe/Vilnius"


def in_zone(moment: datetime, zone: str = "") -> datetime:
    """Give the moment as the clocks of a zone show it."""
    return timezone.localtime(moment, ZoneInfo(zone or _DEFAULT_ZONE))


def local_time(moment: datetime, zone: str = "", *, is_exact: bool = True) -> str:
    """Write date, time and offset: “22 December 2026 14:03 (UTC+2)”.

    ``is_exact`` writes seconds, too, where there are any.
    """
    there = in_zone(moment, zone)
    time = f"{there:%H:%M:%S}".removesuffix(":00") if is_exact else f"{there:%H:%M}"
    return f"{date_format(there, 'DATE_FORMAT')} {time} (UTC{_offset(there)})"


#: For letters, which are written in the language of whoever gets them.
lazy_local_time = lazy(local_time, str)


def _offset(moment: datetime) -> str:
    """Write the offset as people know it: ``+2``, ``+5:30``."""
    minutes = int((moment.utcoffset() or moment - moment).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")
