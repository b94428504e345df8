"""Every page that can be read, as people see it who may, and what it asks meanwhile."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection

from tests.policy.calls import Call, address, calls
from tests.policy.pages import is_page
from tests.policy.table import OK, expected
from tests.policy.world import BY_TOKEN, PEOPLE, roles_of

# In the first one most pages are open. Of a published contest they show something
# else; the others have what is open in neither.
PHASES = ("judging", "published", "eligibility", "deliberation", "set-up")
_SHOWN_ANEW = {"published"}
# Who see different things on the same page. Where none of them may, it is somebody who
# may; what auditors read is recorded, so they come last.
SEERS = ("coordinator", "juror_assigned", "owner", "visitor")
_WATCHED = {"auditor", "owner_auditor"}
_PEOPLE = sorted(set(PEOPLE) - BY_TOKEN, key=lambda who: (who in _WATCHED, who))
_READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
_WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
AFTER_COMMIT = "after the commit"


@dataclass
class Sent:
    """What was sent to the database, and how much waits for the commit."""

    statements: list = field(default_factory=list)
    waiting: int = 0

    @property
    def written(self):
        """The tables that were written; other statements that do not merely read."""
        changes = [sql for sql in self.statements if not _only_reads(sql)]
        tables = {(_WRITES.match(sql) or [sql, sql])[1] for sql in changes}
        return tables | ({AFTER_COMMIT} if self.waiting else set())


def _only_reads(sql):
    return sql.lstrip("(").startswith(_READS) and " FOR " not in sql  # … UPDATE


@contextmanager
def watching():
    """Watch what is sent meanwhile."""
    sent = Sent()
    waited = len(connection.run_on_commit)

    def note(execute, sql, *args):
        sent.statements.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        yield sent
    sent.waiting = len(connection.run_on_commit) - waited


@dataclass(frozen=True)
class Sight:
    """A page as somebody sees it."""

    name: str
    who: str
    where: str

    def open(self, world):
        """Open the page and read it to its end: the status, and what was sent."""
        with watching() as sent:
            answer = world.browsers[self.who].get(self.where)
            answer.getvalue()
        return answer.status_code, sent


def pages():
    """List the pages that can be read."""
    return [call for call in calls() if call.method == "get" and is_page(call.name)]


def sights(world):
    """List what is looked at in the phase of the world."""
    before = PHASES[: PHASES.index(world.phase)]
    return [
        Sight(call.name, who, address(call, world.own, who, None))
        for call in pages()
        if (call.kind and world.phase in _SHOWN_ANEW)
        or not any(seers(call, phase) for phase in before)
        for who in seers(call, world.phase)
    ]


def seers(call: Call, phase):
    """As whom a page is opened: the matrix says who may."""
    may = [who for who in _PEOPLE if _may(who, call, phase)]
    return [who for who in SEERS if who in may] or may[:1]


def _may(who, call, phase):
    rows = [(call.gate, call.kind), (call.service, call.service_kind)]
    return all(
        expected(row, roles_of(who, kind, is_own=True), phase if kind else None) == OK
        for row, kind in rows
        if row
    )


def contents():
    """Every row of every table."""
    tables = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True)
    }
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in tables}


def _rows(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own
    return sorted(map(str, cursor.fetchall()))


def changed(before, after):
    """The tables that differ."""
    return {table for table in before if before[table] != after[table]}
