"""A new database becomes one that is worth asking: tables, contests, statistics."""

import sys
from collections.abc import Sequence

from django.core.management import call_command
from django.db import connection

from benchmarks.scenarios import CRITERIA, Scenario
from config.demo.seeding import Size, seed_contest

SEED = 2026
RUSH = "bench-rush"
RUSH_SIZE = Size(entries=10, jurors=100, criteria=CRITERIA, share=1)


def measure(sizes: Sequence[Scenario], _rounds: int) -> str:
    """Fill the database and tell which it is."""
    call_command("migrate", verbosity=0)
    seed_contest(slug=RUSH, size=RUSH_SIZE, seed=SEED)
    for size in sizes:
        print(f"  seeding {size.name}", file=sys.stderr)
        seed_contest(slug=size.slug, size=_seeded_size(size), seed=SEED)
    return _settled()


def _seeded_size(size: Scenario) -> Size:
    return Size(
        entries=size.entries,
        jurors=size.jurors,
        criteria=CRITERIA,
        share=1 / size.part,
    )


def _settled() -> str:
    """Do now what the database would do some time later, and name it."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if is_postgresql else "ANALYZE")
        if is_postgresql:
            cursor.execute("CHECKPOINT")
            cursor.execute("SHOW server_version")
        else:
            cursor.execute("SELECT sqlite_version()")
        (version,) = cursor.fetchone()
    return f"{connection.display_name} {version}"
