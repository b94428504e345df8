"""Queries of one shape, compiled once a process.

Building and compiling a large query takes the ORM a hundred times as long as the
database takes to answer it. Of a prepared query only the parameters change.
"""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import local
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet, UUIDField
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from psycopg.types.json import Jsonb

Row = TypeVar("Row", bound=Model)
Parameter = UUID | datetime | str | tuple[str, ...]
Values = Mapping[str, Parameter]
Converter = tuple[int, Sequence[Callable[..., Any]], Any]

_KEYS: "UUIDField[UUID, UUID]" = UUIDField()
_BEGINNING = datetime(1000, 1, 1, tzinfo=UTC)
# Values that stand in no query by chance.
_STAND_INS: Mapping[type[Any], Callable[[], Parameter]] = {
    UUID: uuid4,
    datetime: lambda: _BEGINNING + timedelta(microseconds=secrets.randbelow(10**15)),
    str: lambda: secrets.token_hex(8),
    tuple: lambda: (secrets.token_hex(8),),
}


class Unsteady(Exception):
    """A query holds a value that changes by itself, such as the time."""


class Prepared(Generic[Row]):
    """What ``build`` makes of its parameters: a queryset of rows, whole or deferred.

    The parameters are named with their types; ``build`` is called with stand-ins of
    these types and its queryset must not depend on them but by holding them. Whatever
    else changes from one call to the next is found out at once (``Unsteady``). Asks
    the default database and prefetches nothing. A queryset of values is asked for
    ``plain`` rows only.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Row]], **parameters: type[Parameter]
    ) -> None:
        self._build = build
        self._parameters = parameters
        self._written: dict[str, _Written[Row]] = {}  # by the kind of database

    def one(self, **values: Parameter) -> Row | None:
        """Ask for the only row; None where there is none."""
        return next(iter(self.all(**values)), None)

    def all(self, **values: Parameter) -> list[Row]:
        """Ask for all rows."""
        return self._ready().rows(values)

    def plain(self, **values: Parameter) -> list[tuple[Any, ...]]:
        """Ask for the columns as the database hands them over: texts, whole numbers."""
        return self._ready().found(values)

    def _ready(self) -> "_Written[Row]":
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = self._compiled()
        return written

    def _compiled(self) -> "_Written[Row]":
        first, second = self._stand_ins(), self._stand_ins()
        written, again = _Written(self._build(**first)), _Written(self._build(**second))
        if again.sql != written.sql:
            raise Unsteady(f"{self._build.__name__}: {written.sql}")
        pairs = zip(written.fixed, again.fixed, strict=True)
        written.names = [
            None
            if inside(one) == inside(other)
            else self._name(one, other, first, second)
            for one, other in pairs
        ]
        if unused := set(self._parameters) - set(written.names):
            raise Unsteady(f"{self._build.__name__} ignores {sorted(unused)}")
        return written

    def _stand_ins(self) -> dict[str, Parameter]:
        return {name: _STAND_INS[kind]() for name, kind in self._parameters.items()}

    def _name(self, one: Any, other: Any, first: Values, second: Values) -> str:
        """Find the parameter that stood once as ``one``, once as ``other``."""
        for name in self._parameters:
            if (one, other) == (spelled(first[name]), spelled(second[name])):
                return name
        raise Unsteady(f"{self._build.__name__}: {one!r} became {other!r}")


class _Written(Generic[Row]):
    """A compiled queryset."""

    def __init__(self, queryset: QuerySet[Row]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.fixed = compiler.as_sql()
        self.names: list[str | None] = []
        is_of_rows = queryset._iterable_class is ModelIterable  # noqa: SLF001 -- only it knows that values were asked for
        self._makes = _Maker[Row](compiler) if is_of_rows else None

    def found(self, values: Values) -> list[tuple[Any, ...]]:
        """Ask with these values."""
        given = {name: spelled(value) for name, value in values.items()}
        bound = [
            value if name is None else given[name]
            for name, value in zip(self.names, self.fixed, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, bound)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def rows(self, values: Values) -> list[Row]:
        """Ask with these values and make the rows."""
        if self._makes is None:
            raise TypeError("a prepared query of values gives plain rows only")
        return self._makes.rows(self.found(values))


class _Maker(Generic[Row]):
    """Makes rows of a compiled query as ``ModelIterable`` does."""

    def __init__(self, compiler: SQLCompiler) -> None:
        self._query = compiler.query
        select, info = compiler.select, compiler.klass_info
        own = info["select_fields"]
        self._own = slice(own[0], own[-1] + 1)
        self._model: type[Row] = info["model"]
        self._columns = [expression for expression, _sql, _alias in select]
        self._attributes = [
            column.target.attname for column in self._columns[self._own]
        ]
        related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of a later Django
        self._related = related
        self._annotations = list(compiler.annotation_col_map.items())
        self._of_thread = local()

    def rows(self, found: list[tuple[Any, ...]]) -> list[Row]:
        """Read the columns and make the rows."""
        database = connections[DEFAULT_DB_ALIAS]
        converters = self._converters(database)
        read = [list(each) for each in found]
        for row in read:
            for column, convert, expression in converters:
                for each in convert:
                    row[column] = each(row[column], expression, database)
        return [self._row(each) for each in read]

    def _row(self, values: list[Any]) -> Row:
        own = values[self._own]
        row = self._model.from_db(DEFAULT_DB_ALIAS, self._attributes, own)
        for related in self._related:
            related.populate(values, row)
        for name, column in self._annotations:
            setattr(row, name, values[column])
        return row

    def _converters(self, database: BaseDatabaseWrapper) -> list[Converter]:
        """List how columns are read: ways that belong to a thread's connection."""
        known: list[Converter] | None = getattr(self._of_thread, "converters", None)
        if known is None:
            compiler = self._query.get_compiler(connection=database)
            found = compiler.get_converters(self._columns)
            known = [(column, *how) for column, how in found.items()]
            self._of_thread.converters = known
        return known


def inside(bound: Any) -> Any:
    """Take a bound value out of its wrapper: two wraps of one value are not equal."""
    return bound.obj if isinstance(bound, Jsonb) else bound


def spelled(value: Parameter | int | None) -> Any:
    """Spell a key, a time or several texts as the database takes them."""
    if isinstance(value, UUID):
        return _KEYS.get_db_prep_value(value, connection)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, tuple):
        is_array = connection.vendor == "postgresql"
        return list(value) if is_array else json.dumps(value)
    return value
