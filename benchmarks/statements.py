"""Which SQL a block sends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Collect the statements of the block; PostgreSQL's silent BEGIN is none."""
    seen: list[str] = []

    def note(
        execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any
    ) -> Any:
        if not sql.startswith("BEGIN"):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
