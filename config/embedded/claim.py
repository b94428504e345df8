"""One server per data folder: a lock that lives as long as any of its processes."""

import fcntl
import json
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from config.embedded.processes import ServiceError

LEFTOVER_TIMEOUT = 30.0  # seconds that processes of a killed server get to end


class AlreadyRunning(ServiceError):
    """Another server holds this data folder."""


class Claim:
    """The hold on a data folder, and a note in it that tells others who holds it.

    Children inherit the lock's file: after a ``kill -9`` of the server it stays taken
    until the last of them is gone, so two never write the same files.
    """

    def __init__(self, path: Path, note: dict[str, Any]) -> None:
        self.path = path
        self.previous: dict[str, Any] = {}
        self._note = {"pid": os.getpid(), "children": {}, **note}

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("a+")
        except OSError as error:
            raise ServiceError(
                f"This user cannot write to {error.filename}: {error.strerror}."
                " Choose another data folder with SUMANI_DATA_DIR."
            ) from error
        try:
            self._take()
        except BaseException:
            self._file.close()
            raise
        self.previous = self._read()  # empty unless the last holder was killed
        self._write(self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._write({})
        self._file.close()

    @property
    def descriptor(self) -> int:
        """The file that children keep open."""
        return self._file.fileno()

    def name_child(self, name: str, pid: int) -> None:
        """Add a process to the note."""
        self._note["children"][name] = pid
        self._write(self._note)

    def name_socket(self, path: Path) -> None:
        """Add the socket to the note: who is killed leaves it behind."""
        self._note["socket"] = str(path)
        self._write(self._note)

    def _take(self) -> None:
        deadline = time.monotonic() + LEFTOVER_TIMEOUT
        while not self._try():
            holder = self._read()
            if _is_alive(holder.get("pid")):
                raise AlreadyRunning(
                    f"Sumani already runs on this data folder: process {holder['pid']},"
                    f" http://127.0.0.1:{holder.get('port')}/. Stop it first"
                    f" (kill {holder['pid']}), or choose another folder with"
                    " SUMANI_DATA_DIR."
                )
            if time.monotonic() > deadline:
                pids = " ".join(str(pid) for pid in holder.get("children", {}).values())
                raise AlreadyRunning(
                    "A server that was killed left processes behind which still use"
                    f" {self.path.parent.parent}. Stop them with: kill {pids}"
                )
            time.sleep(0.1)

    def _try(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _read(self) -> dict[str, Any]:
        try:
            note = json.loads(self.path.read_text())
        except (OSError, ValueError):  # its holder is just writing it
            return {}
        return note if isinstance(note, dict) else {}

    def _write(self, note: dict[str, Any]) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps(note) + "\n")
        self._file.flush()


def _is_alive(pid: int | None) -> bool:
    """Tell whether a process exists; without a number there is none."""
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
