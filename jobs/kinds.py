"""Which function does which kind of job. Runners register themselves here.

A runner is ``run(work) -> None``: it reads ``work.parameters``, writes its file to
``work.open_file()`` and reports with ``work.progress(done, total)``. It may run twice;
what it writes beside the file must therefore be safe to write twice.
"""

from collections.abc import Callable
from typing import IO, Any, Protocol
from uuid import UUID


class Work(Protocol):
    """What a runner is given."""

    job_id: UUID
    parameters: dict[str, Any]

    def progress(self, done: int, total: int) -> None:
        """Say how far it is and keep the lease; raises when the lease is lost."""

    def hold(self) -> None:
        """Keep the lease to the end of the caller's transaction; raises when lost.

        What is written in that transaction is then written by nobody else: another
        worker cannot take the job before it ends.
        """

    def open_file(self, extension: str) -> IO[bytes]:
        """Open the file that becomes the job's result once it is complete."""


Runner = Callable[[Work], None]
_RUNNERS: dict[str, Runner] = {}


class Refused(Exception):
    """The job cannot be done, and trying again would not help; the text says why."""


def runs(kind: str) -> Callable[[Runner], Runner]:
    """Register a runner for ``kind``."""

    def register(runner: Runner) -> Runner:
        if kind in _RUNNERS:
            raise ValueError(f"two runners for {kind}")
        _RUNNERS[kind] = runner
        return runner

    return register


def runner_of(kind: str) -> Runner:
    """Find the runner of ``kind``; KeyError when nobody registered one."""
    return _RUNNERS[kind]
