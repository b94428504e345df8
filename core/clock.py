"""The only place where the present time enters."""

from datetime import UTC, datetime

from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

# The years of this program; the neighbours of their moments exist in every zone.
FIRST_YEAR, LAST_YEAR = 1990, 2200
_SQLITE_NOW = "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"
_POSTGRESQL_NOW = "SELECT clock_timestamp()"


def now() -> datetime:
    """Tell the time of this process, aware, in UTC."""
    return timezone.now()


def database_now() -> datetime:
    """Tell the database's time, aware, in UTC.

    Deadlines are decided by it: web servers' clocks differ, the database has one.
    """
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL_NOW if is_postgresql else _SQLITE_NOW)
        (value,) = cursor.fetchone()
    if is_postgresql:
        return value.astimezone(UTC)
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def database_clock() -> Now:
    """Stand for the database's time inside a query that compares with it."""
    return Now()
