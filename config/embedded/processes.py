"""Child processes that can be waited for, and that never outlive their parent."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

LINUX = sys.platform.startswith("linux")
# The address of a unix socket holds 104 bytes on macOS and 108 on Linux.
LONGEST_SOCKET_FOLDER = 80
_TAIL_LINES = 20
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if LINUX else None


class ServiceError(RuntimeError):
    """A part could not start, ended by itself, or did not end as it should."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Another user of this machine, for programs that refuse to run as root."""

    uid: int
    gid: int


class Child:
    """One process: its own session and log, ended together with its parent.

    On Linux the kernel sends ``stop_signal`` when the thread that started the child
    is gone, even after ``kill -9``: start children from the main thread.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        identity: Identity | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        grace: float = 15.0,
        keep_open: Sequence[int] = (),
    ) -> None:
        self.name = name
        self.log = log
        self._command = [str(part) for part in command]
        self._env = env
        self._cwd = cwd
        self._identity = identity
        self._stop_signal = stop_signal
        self._grace = grace
        self._keep_open = tuple(keep_open)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def process(self) -> "subprocess.Popen[bytes]":
        """The running or ended process; a child that was never started has none."""
        if self._process is None:
            raise ServiceError(f"{self.name} was never started")
        return self._process

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs or when it never ran."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """Start it; what it prints goes to its log, the log of last time beside."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("wb") as log:
            self._process = self._spawn(log)

    def _spawn(self, log: IO[bytes]) -> "subprocess.Popen[bytes]":
        user = self._identity
        try:
            return subprocess.Popen(  # noqa: S603 - our own fixed commands, no shell
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._env,
                cwd=self._cwd,
                start_new_session=True,  # Ctrl-C reaches the parent, who then decides
                pass_fds=self._keep_open,
                user=user.uid if user else None,
                group=user.gid if user else None,
                extra_groups=[] if user else None,
                preexec_fn=tied_to_this_process(self._stop_signal),  # noqa: PLW1509 - see there
            )
        except OSError as error:
            raise ServiceError(f"{self.name} cannot be started: {error}") from error

    def check(self) -> None:
        """Raise when it has ended although nobody asked it to."""
        if self.exit_code is not None:
            raise ServiceError(
                f"{self.name} ended by itself with exit code {self.exit_code}."
                f" The end of {self.log}:\n{self.tail()}"
            )

    def wait_until(self, ready: Callable[[], bool], *, timeout: float) -> None:
        """Ask ``ready`` until it says yes; an early end or the time-out is an error."""
        deadline = time.monotonic() + timeout
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise ServiceError(
                    f"{self.name} was not ready after {timeout:.0f} s."
                    f" The end of {self.log}:\n{self.tail()}"
                )
            time.sleep(0.05)

    def finish(self, *, timeout: float) -> None:
        """Wait for a command that ends by itself; anything but success is an error."""
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            code = None
        if code != 0:
            how = f"with exit code {code}" if code is not None else f"after {timeout} s"
            raise ServiceError(
                f"{self.name} failed {how}. The end of {self.log}:\n{self.tail()}"
            )

    def stop(self) -> int | None:
        """Ask it to end; after the grace time make it and its children end."""
        if self._process is None:
            return None
        if self._process.poll() is None:
            self._process.send_signal(self._stop_signal)
        try:
            code = self._process.wait(self._grace)
        except subprocess.TimeoutExpired:
            code = None
        if code != 0:
            # It may have left children of its own: they share its session.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        return self._process.wait()

    def tail(self) -> str:
        """Return the last lines of its log."""
        if not self.log.exists():
            return "(nothing was written)"
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-_TAIL_LINES:]) or "(nothing was written)"


@contextmanager
def short_folder(*, parent: str | None = None) -> Iterator[Path]:
    """Give a private temporary folder whose path suits a unix socket and a URL."""
    folder = tempfile.mkdtemp(prefix="sumani-", dir=parent)
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER or quote(folder) != folder:
        Path(folder).rmdir()
        folder = tempfile.mkdtemp(prefix="sumani-", dir="/tmp")
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tied_to_this_process(stop_signal: signal.Signals) -> Callable[[], None]:
    """Make what a child runs before its program: the kernel then ends it with us.

    It makes one system call and takes no lock, so it is safe between fork and exec.
    """
    return partial(_die_with, os.getpid(), stop_signal)


def _die_with(parent: int, stop_signal: signal.Signals) -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died before the tie was made
            os._exit(1)
