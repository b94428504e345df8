"""History that the database itself refuses to change.

Tables named by ``append_only = True`` on their model get a trigger against UPDATE and
DELETE. They are (re)installed after every migrate: SQLite drops a table's triggers
whenever it rebuilds the table to alter it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.db.transaction import TransactionManagementError

MESSAGE = "append-only: rows of this table are never changed or deleted"

_DELETABLE = "sumani.history_is_deletable"  # for the length of a transaction
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION sumani_append_only() RETURNS trigger AS $$
BEGIN
IF TG_OP = 'DELETE' AND current_setting('{_DELETABLE}', true) = 'on' THEN
RETURN OLD; END IF;
RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END
$$ LANGUAGE plpgsql
"""
_POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION sumani_append_only()
"""
_POSTGRESQL_GUARDS = """
SELECT trigger.tgname FROM pg_trigger AS trigger
JOIN pg_class AS guarded ON guarded.oid = trigger.tgrelid
JOIN pg_proc AS refusal ON refusal.oid = trigger.tgfoid
WHERE refusal.proname = 'sumani_append_only'
AND trigger.tgname = guarded.relname || '_append_only'
AND trigger.tgenabled IN ('O', 'A') AND pg_table_is_visible(guarded.oid)
"""
_SQLITE_GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
_SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""


def append_only_models() -> list[type[Model]]:
    """List the models whose rows may only be added."""
    return [m for m in apps.get_models() if getattr(m, "append_only", False)]


def install(*, using: str = "default", **_kwargs: Any) -> None:
    """Install the triggers; safe to repeat. Connected to ``post_migrate``."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in append_only_models():
            table = model._meta.db_table  # noqa: SLF001 -- Django's documented way to a table's name
            if table not in existing:
                continue
            for statement in _statements(connection, table):
                cursor.execute(statement)


def unguarded(*, using: str = "default") -> list[str]:
    """Name the tables of history whose triggers are not in place, or do not fire."""
    connection = connections[using]
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL_GUARDS if is_postgresql else _SQLITE_GUARDS)
        guards = {name for (name,) in cursor.fetchall()}
    events = ("append_only",) if is_postgresql else ("no_update", "no_delete")
    return [
        table
        for table in (model._meta.db_table for model in append_only_models())  # noqa: SLF001 -- as above
        if not guards >= {f"{table}_{event}" for event in events}
    ]


@contextmanager
def deletable(*, using: str = "default") -> Iterator[None]:
    """Let history be deleted inside this block, never changed: see ADR 22.

    Only inside a transaction: should it fail, the guard is back with its end.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise TransactionManagementError("history is deleted within a transaction")
    with connection.cursor() as cursor:
        _guard_deletion(cursor, connection, is_on=False)
        yield
        _guard_deletion(cursor, connection, is_on=True)


def _guard_deletion(
    cursor: CursorWrapper, connection: BaseDatabaseWrapper, *, is_on: bool
) -> None:
    if connection.vendor == "postgresql":
        setting = "off" if is_on else "on"
        cursor.execute("SELECT set_config(%s, %s, true)", [_DELETABLE, setting])
        return
    for model in append_only_models():
        table = model._meta.db_table  # noqa: SLF001 -- as below
        if is_on:
            for statement in _statements(connection, table):
                cursor.execute(statement)
        else:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")


def remove(*, using: str = "default") -> None:
    """Take the SQLite triggers away, for a test that empties its tables."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for model in append_only_models():
            for event in ("update", "delete"):
                name = f"{model._meta.db_table}_no_{event}"  # noqa: SLF001 -- as above
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    quoted = connection.ops.quote_name(table)
    if connection.vendor == "postgresql":
        trigger = _POSTGRESQL_TRIGGER.format(name=f"{table}_append_only", table=quoted)
        return [_POSTGRESQL_FUNCTION, trigger]
    return [
        _SQLITE_TRIGGER.format(
            name=f"{table}_no_{event.lower()}",
            event=event,
            table=quoted,
            message=MESSAGE,
        )
        for event in ("UPDATE", "DELETE")
    ]
