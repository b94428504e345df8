"""New databases that are gone after the measuring, and the environment they need."""

import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from environ import Env
from psycopg import sql

DEFAULTS = {
    "DJANGO_SETTINGS_MODULE": "config.settings.local",
    "DJANGO_ALLOWED_HOSTS": "testserver",
    "CELERY_BROKER_URL": "memory://",
    "LOG_LEVEL": "ERROR",
}
VENDORS = ("postgresql", "sqlite")


class NoDatabase(Exception):
    """There is no server to make a database on."""


def new_database(vendor: str) -> AbstractContextManager[dict[str, str]]:
    """Give the environment of processes that measure on ``vendor``."""
    return _new_on_postgresql() if vendor == "postgresql" else _new_on_sqlite()


@contextmanager
def _new_on_postgresql() -> Iterator[dict[str, str]]:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        raise NoDatabase(
            "DATABASE_URL names no PostgreSQL server. `make bench` provides one."
        )
    name = f"sumani_bench_{secrets.token_hex(4)}"
    with TemporaryDirectory(prefix="bench-") as folder:
        _execute(url, "CREATE DATABASE {}", name)
        try:
            yield _environment(f"{url.rpartition('/')[0]}/{name}", folder)
        finally:
            _execute(url, "DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def _new_on_sqlite() -> Iterator[dict[str, str]]:
    with TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "bench.sqlite3"
        yield _environment(f"sqlite:///{path}", folder)


def _environment(url: str, folder: str) -> dict[str, str]:
    own = {"DATABASE_URL": url, "SUMANI_DATA_DIR": folder}
    return os.environ | DEFAULTS | own


def _execute(url: str, statement: str, name: str) -> None:
    server = Env.db_url_config(url)
    known = {
        "host": server["HOST"],
        "port": server["PORT"],
        "user": server["USER"],
        "password": server["PASSWORD"],
    }
    given = {key: value for key, value in known.items() if value}
    with psycopg.connect(dbname=server["NAME"], autocommit=True, **given) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
