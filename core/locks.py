"""Row locks that the ORM has no word for."""

from django.db import connection
from django.db.models import Model


def share_lock(instance: Model) -> None:
    """Keep a row from changing until the transaction ends; sharers do not wait.

    Many jurors save at once while the coordinator may close judging: savers share the
    contest's row, the act takes it alone. SQLite's IMMEDIATE transactions already run
    one after another.
    """
    if connection.vendor != "postgresql":
        return
    table = connection.ops.quote_name(instance._meta.db_table)  # noqa: SLF001 -- Django's documented way to a table's name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE",  # noqa: S608 -- a table's name, quoted, never input
            [instance.pk],
        )
