"""`__among`: a column among texts that come as one parameter, however many they are.

``__in`` writes a placeholder for each, so that a page of 250 rows builds and reads a
statement of 250 parameters, and another number of rows is another statement.
"""

from typing import Any

from django.db.models import Lookup

from core.prepared import spelled

_LISTED = "(SELECT value FROM json_each(%s))"


class Among(Lookup):
    """Compares with an array in PostgreSQL and with a list in JSON in SQLite."""

    lookup_name = "among"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Write ``column = ANY(array)``."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, spelled(self.rhs)]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Write a subquery over the list."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} IN {_LISTED}", [*parameters, spelled(self.rhs)]
