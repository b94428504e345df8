"""A hundred jurors save at the same moment."""

import sys
from threading import Barrier, Lock, Thread
from time import perf_counter

from django.db import connection

from benchmarks.figures import Figure, Limit, number
from benchmarks.sheets import OpenSheet, open_sheets, reopen
from contest.models import Contest

SAVES = 5  # of each juror
NONE = Limit(0, "0")


def rush(contest: Contest) -> list[Figure]:
    """Let all jurors save, each in a thread of their own; errors and pace."""
    reopen(contest)
    sheets = open_sheets(contest, jurors=contest.jurors.count())
    crowd = _Crowd(sheets)
    seconds = crowd.run()
    size = f"{len(sheets)} at once"
    return [
        number(f"{size}, {SAVES} saves each: errors", size, "", crowd.errors, NONE),
        number(f"{size}: saves per second", size, "1/s", crowd.saved / seconds),
    ]


class _Crowd:
    def __init__(self, sheets: list[OpenSheet]) -> None:
        self.errors = self.saved = 0
        self._lock = Lock()
        self._start = Barrier(len(sheets) + 1)
        self._threads = [Thread(target=self._fill, args=[sheet]) for sheet in sheets]

    def run(self) -> float:
        """Let them go; how many seconds it took the last one."""
        for thread in self._threads:
            thread.start()
        self._start.wait()
        began = perf_counter()
        for thread in self._threads:
            thread.join()
        return perf_counter() - began

    def _fill(self, sheet: OpenSheet) -> None:
        self._start.wait()
        for _ in range(SAVES):
            try:
                sheet.save()
            except Exception as error:  # noqa: BLE001 - whatever it was, it is counted
                print(f"  {error!r:.300}", file=sys.stderr)
                self._count(errors=1)
            else:
                self._count(saved=1)
            finally:
                connection.close()  # as at the end of a request: back to the pool

    def _count(self, *, saved: int = 0, errors: int = 0) -> None:
        with self._lock:
            self.saved += saved
            self.errors += errors
