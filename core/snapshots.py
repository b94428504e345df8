"""Several reads of one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def consistent_read() -> Iterator[None]:
    """Let all queries of the block see the database as it is at the first of them.

    Read what is needed and leave: a snapshot held while a file is written keeps the
    database from cleaning up. Inside a transaction that already runs, that one's
    isolation applies.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                )
            yield
    else:
        yield from _deferred_read()


def _deferred_read() -> Iterator[None]:
    """Read from SQLite's snapshot without the write lock that IMMEDIATE would take."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
